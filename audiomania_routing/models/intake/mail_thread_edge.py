# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from xmlrpc.client import Binary

from odoo import api, models

from .course import CONTINUED, DUPLICATE, LOOP, NEW, REFUSED, Cause, Reason, get_course


class MailThread(models.AbstractModel):
    """Where a letter enters the gateway, and where its outcome is known."""

    _inherit = "mail.thread"

    @api.model
    def _get_course(self):
        """The course of the letter that is being processed, or None."""
        return get_course(self.env)

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Account for the letter first, then process it (rule 18).

        Nothing that is wrong with a letter is raised: it has an entry that says so.
        """
        options = {
            "custom_values": custom_values,
            "save_original": save_original,
            "strip_attachments": strip_attachments,
            "thread_id": thread_id,
        }
        course = self._get_course()
        if course is None:
            entries = self.env["mail.intake.entry"]
            return entries._receive(_to_bytes(message), model=model, **options)
        result = super().message_process(model, message, **options)
        self._conclude(course)
        return result

    @api.model
    def _conclude(self, course):
        """Say what became of a letter of which nobody has said it."""
        if course.message:
            key = (course.message.model, course.message.res_id)
            outcome = CONTINUED if key in course.joined else NEW
            course.become(outcome, course.get_record())
        elif course.seen_before:
            course.become(DUPLICATE, reason=Reason(Cause.KNOWN))
        else:
            course.become(REFUSED, reason=Reason(Cause.ADDRESS))

    @api.model
    def _message_route_process(self, message, message_dict, routes):
        """Remember which documents were there before the letter."""
        if course := self._get_course():
            course.joined = {(model, thread_id) for model, thread_id, *_ in routes}
        return super()._message_route_process(message, message_dict, routes)

    def _message_post_after_hook(self, message, msg_values):
        result = super()._message_post_after_hook(message, msg_values)
        if course := self._get_course():
            course.note(message)
        return result

    @api.model
    def _detect_loop_headers(self, msg_dict):
        is_loop = super()._detect_loop_headers(msg_dict)
        if is_loop and (course := self._get_course()):
            course.become(LOOP, reason=Reason(Cause.NOTICE))
        return is_loop

    @api.model
    def _detect_loop_sender(self, message, message_dict, routes):
        is_loop = super()._detect_loop_sender(message, message_dict, routes)
        if is_loop and (course := self._get_course()):
            course.become(LOOP, reason=Reason(Cause.MACHINES))
        return is_loop


def _to_bytes(message):
    """The letter as it came, whichever way the caller has packed it."""
    if isinstance(message, Binary):
        return bytes(message.data)
    if isinstance(message, str):
        return message.encode("utf-8", "surrogateescape")
    return message
