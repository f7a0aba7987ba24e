# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import SECRET, VisibilityCase
from .ways import CONVERSATION

QUIET = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.mail.models.mail_render_mixin",
)


@tagged("post_install", "-at_install")
class TestDialogsOfHidden(VisibilityCase):
    """No dialog, no template and no link for others tells of a conversation that one
    may not read, or changes it; dialogs name records in fields of their own."""

    def setUp(self):
        super().setUp()
        self.message.body = SECRET
        self.furnish()
        self.open = self.make_conversation(
            name="An open one", team_visible_from=self.now, exclusive_until=False
        )
        self.template = self.env["mail.template"].create(
            {
                "name": "What it says",
                "model_id": self.env["ir.model"]._get_id(CONVERSATION),
                "subject": "{{ object.name }}",
                "body_html": "<t t-out='object.name'/>",
                "partner_to": "{{ object.user_id.partner_id.id }}",
            }
        )
        self.env.flush_all()

    def get_attempts(self, env):
        """{dialog: what an employee does with it}"""
        ticket, partner = self.ticket.id, env.user.partner_id
        of_it = {"res_model": CONVERSATION, "res_id": ticket}
        many = {"res_model": CONVERSATION, "res_ids": str([ticket])}
        composing = {
            "default_model": CONVERSATION,
            "default_res_ids": str([ticket]),
            "default_partner_ids": partner.ids,
        }
        asked = {"active_model": CONVERSATION, "active_id": ticket}

        def compose(**values):
            composer = env["mail.compose.message"].with_context(**composing)
            return composer.create({"body": "Hello", **values})

        def share():
            dialog = env["portal.share"].with_context(**asked)
            return dialog.create({**of_it, "partner_ids": [(6, 0, partner.ids)]})

        def send(records, method="action_send_mail"):
            told = show(records)
            getattr(records, method)()
            return told

        template = env["mail.template"].browse(self.template.id)
        kind = env.ref("mail.mail_activity_data_todo").id
        follow = {**many, "partner_ids": [(6, 0, partner.ids)]}
        return {
            "composer": lambda: send(compose()),
            "composer with a template": lambda: send(compose(template_id=template.id)),
            "letters to many": lambda: send(compose(composition_mode="mass_mail")),
            "preview of a template": lambda: show(
                env["mail.template.preview"].create(
                    {
                        "mail_template_id": template.id,
                        "resource_ref": f"{CONVERSATION},{ticket}",
                    }
                )
            ),
            "letter of a template": lambda: show(
                env["mail.mail"].sudo().browse(template.send_mail(ticket))
            ),
            "activities": lambda: send(
                env["mail.activity.schedule"].create(
                    {**many, "activity_type_id": kind, "activity_user_id": env.uid}
                ),
                "action_schedule_activities",
            ),
            "followers": lambda: send(
                env["mail.followers.edit"].create({**follow, "notify": True}),
                "edit_followers",
            ),
            "link for others": lambda: send(share(), "action_send_mail"),
            "merge": lambda: send(
                env["helpdesk.ticket.merge.into"].create(
                    {"ticket_ids": [(6, 0, [ticket])], "survivor_id": ticket}
                ),
                "action_confirm",
            ),
            "split": lambda: send(
                env["helpdesk.ticket.split.off"].create(
                    {
                        "ticket_id": ticket,
                        "reason": "?",
                        "line_ids": [(0, 0, {"inquiry_id": self.inquiry.id})],
                    }
                ),
                "action_confirm",
            ),
            "transfer": lambda: send(
                env["helpdesk.ticket.transfer"].create(
                    {
                        "ticket_id": ticket,
                        "cause": "overloaded",
                        "to_user_id": self.boris.id,
                    }
                ),
                "action_confirm",
            ),
            "duplicate": lambda: show(
                env["helpdesk.ticket.duplicate.wizard"].create(
                    {"ticket_id": self.open.id, "duplicate_of_id": ticket}
                )
            ),
        }

    @mute_logger(*QUIET)
    def attempt(self, user, name):
        """What comes out, or the words of the refusal; and what it left behind."""
        env = self.env(
            user=user.id, su=False, context={"allowed_company_ids": self.company.ids}
        )
        self.env.invalidate_all()
        with self.env.cr.savepoint() as savepoint, self.mock_mail_gateway():
            try:
                with self.env.cr.savepoint():
                    answer = self.get_attempts(env)[name]()
                    self.env.flush_all()
            except UserError as refusal:
                answer = str(refusal)
            after = self.get_rows()
            savepoint.rollback()
        self.env.invalidate_all(flush=False)
        return answer, after

    def test_they_tell_nothing_and_change_nothing(self):
        before = self.get_rows()
        for user in (*self.colleagues, self.clerk):
            for name in self.get_attempts(self.env):
                with self.subTest(user=user.login, dialog=name):
                    answer, after = self.attempt(user, name)
                    self.assertNotIn(SECRET, answer)
                    self.assertEqual(after, before)

    def fill_in(self, user, dialog, values, *shown):
        """What a dialog of that employee shows of what he fills in, not saved yet."""
        spec = {name: {"fields": {"display_name": {}}} for name in [*values, *shown]}
        env = self.env(user=user.id, su=False)
        self.env.invalidate_all()
        try:
            return str(env[f"helpdesk.{dialog}"].onchange(values, list(values), spec))
        except UserError as refusal:
            return str(refusal)

    @mute_logger(*QUIET)
    def test_before_they_are_saved_they_tell_no_more(self):
        call = {"ticket_id": self.ticket.id}
        merge = {"ticket_ids": [(6, 0, [self.ticket.id, self.open.id])]}
        for dialog, values, name, told in (
            ("ticket.call", call, "partner_id", self.ticket.partner_id.name),
            ("ticket.merge.into", merge, "survivor_id", "'survivor_id': {'id'"),
        ):
            for user in (self.own, self.anna):
                with self.subTest(dialog=dialog, user=user.login):
                    shown = self.fill_in(user, dialog, values, name)
                    self.assertEqual(told in shown, user == self.anna, shown)

    def test_who_may_read_it_uses_them(self):
        """So that no dialog is closed only because it was filled in in a wrong way."""
        before, works = self.get_rows(), set()
        for name in self.get_attempts(self.env):
            # The host keeps marking duplicates from "Personal".
            user = self.manager if name == "duplicate" else self.anna
            answer, after = self.attempt(user, name)
            if SECRET in answer or after != before:
                works.add(name)
        self.assertLessEqual(
            {"composer", "composer with a template", "preview of a template"}
            | {"letter of a template", "letters to many", "activities", "followers"}
            | {"merge", "transfer", "duplicate"},
            works,
        )


def show(records):
    """All that stands on the dialog, with the names of what it names."""
    names = {
        name: {"fields": {"display_name": {}}} if field.relational else {}
        for name, field in records._fields.items()
        if field.type not in ("one2many_reference", "reference", "many2one_reference")
    }
    return str(records.web_read(names))
