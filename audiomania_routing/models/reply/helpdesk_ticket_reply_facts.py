# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import json
from datetime import datetime, time, timedelta

from odoo import fields, models
from odoo.tools import format_date, format_time

from ...engine.promise import next_days
from ...names import PENDING

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(days=7)
MORNING = 2 * HOUR
"""So long after his day begins it is still morning."""
MOST_DAYS = 4
OFFICE = (time(9), time(18))


class HelpdeskTicket(models.Model):
    """What one who writes a reply is shown beside it, and what he is asked once."""

    _inherit = "helpdesk.ticket"

    def get_reply_facts(self):
        """All that stands beside the composer, in one call.

        :return: ``public``: who else reads it, a sentence or False; ``questions``:
            those of the letters that wait; ``contact``: by which way the customer would
            rather hear, or False; ``promise``: for when an answer can be promised, or
            False; ``hold``: for so many seconds a reply can be undone;
            ``placeholders``: what stands for what in answers of frequent use
        """
        self.ensure_one()
        self._check_reading_employee()
        company = self.company_id or self.env.company
        return {
            "public": self.public_text or False,
            "questions": self._export_questions(),
            "contact": self._describe_preferred_contact(),
            "promise": self._export_promise(),
            # sudo: res.company: a number
            "hold": company.sudo().reply_hold_seconds,
            "placeholders": self._get_reply_placeholders(),
        }

    def get_reply_doubts(self, seen=None):
        """What he is asked before his reply leaves, all of it at once.

        :param seen: a ``seen_token``
        :return: ``public``, a sentence or False; ``questions``: the texts of those that
            are not ticked; ``lines``: what has happened meanwhile; ``seen``: the token
            of now
        """
        self.ensure_one()
        self._check_reading_employee()
        news = self.get_news(seen) if seen else {"lines": [], "seen": False}
        return {
            "public": self.public_text or False,
            "questions": self._get_open_questions().mapped("text"),
            **news,
        }

    # By which way

    def _describe_preferred_contact(self):
        """A sentence where he would rather hear by another way than by e-mail."""
        partner = self.partner_id
        wanted = partner.preferred_contact
        if not wanted or wanted == "email":
            return False
        labels = dict(
            partner._fields["preferred_contact"]._description_selection(self.env)
        )
        values = {"name": partner.name, "way": labels[wanted]}
        sentence = self.env._(
            "%(name)s would rather hear from us another way: %(way)s.", **values
        )
        phone = partner.phone or "" if wanted in ("phone", "messenger") else ""
        return {"sentence": sentence, "phone": phone}

    # For when

    def _export_promise(self):
        """When it may be promised and for what it may wait, as the composer offers."""
        days = self._get_rules().promise_days
        if self.inquiry_state != PENDING or not days:
            return False
        now = fields.Datetime.now().replace(microsecond=0)
        last = now + timedelta(days=days)
        choices = [
            {"at": fields.Datetime.to_string(at), "label": label}
            for at, label in self._list_promise_choices(now)
            if now < at <= last
        ]
        waits = [
            {"ref": f"{record._name},{record.id}", "label": sentence}
            for record, sentence in self._promise_waits()
        ]
        promised = self.promised_for
        return {
            "choices": choices,
            "waits": waits,
            "last": fields.Datetime.to_string(last),
            "current": self._format_moment(promised) if promised else False,
        }

    def _list_promise_choices(self, now):
        """(moment, words): this evening, the next morning, the ends of the days."""
        days = self._get_promise_days(now)
        today = fields.Datetime.context_timestamp(self, now).date()
        found = []
        for start, end in days:
            local = fields.Datetime.context_timestamp(self, start).date()
            if local <= today:
                if end - now >= HOUR:
                    label = self.env._("Today by %(time)s", time=self._say_time(end))
                    found.append((end, label))
                continue
            name = self._say_day(local, today)
            if len(found) < 2:
                label = self.env._("%(day)s in the morning", day=name)
                found.append((min(start + MORNING, end), label))
            if len(found) > MOST_DAYS:
                break
            found.append((end, name))
        return found

    def _say_time(self, moment):
        return format_time(self.env, moment, tz=self.env.user.tz, time_format="HH:mm")

    def _say_day(self, day, today):
        if day == today + DAY:
            return self.env._("Tomorrow")
        return format_date(self.env, day, date_format="EEEE, d MMMM").capitalize()

    def _get_promise_days(self, now):
        """His working days to come; of whom no schedule is known those of an office."""
        hours = self.env["routing.facts"]._get_working_time(self.env.user, now)
        local = fields.Datetime.context_timestamp(self, now)
        known = next_days(hours, now, local.utcoffset())
        if any(end - start > DAY for start, end in known):
            offset = local.utcoffset()
            dates = [local.date() + number * DAY for number in range(7)]
            known = [
                tuple(datetime.combine(date, at) - offset for at in OFFICE)
                for date in dates
                if date.weekday() < 5
            ]
        return [day for day in known if day[0] < now + 2 * WEEK and day[1] > now]

    # Answers of frequent use

    def _get_reply_placeholders(self):
        """{word in braces: what stands for it here}."""
        return {
            "{customer}": self.sender or "",
            "{order}": self._get_order_number(),
            "{number}": self.number or "",
            "{subject}": self.name or "",
            "{me}": self.env.user.name,
            "{company}": (self.company_id or self.env.company).name,
        }

    def _get_order_number(self):
        """That of the document it is about, else of an order that the letter names;
        only of what the writer may read."""
        if self.document_name:
            return self.document_name
        documents = [
            document
            for inquiry in self._get_pending()
            for document in inquiry._get_named_documents()
            if document.has_access("read")
        ]
        orders = [one for one in documents if one._name == "sale.order"]
        return next((one.display_name for one in orders or documents), "")

    # A promise that comes with a reply

    def _read_promise(self):
        """What the context of a reply says of a promise, or nothing.

        It comes from outside: whatever is no promise is none; and it waits only for
        what was offered to this employee.
        """
        promise = self.env.context.get("routing_promise")
        if isinstance(promise, str):
            promise = _load(promise)
        if not isinstance(promise, dict):
            return {}
        until, ref = promise.get("until"), promise.get("waits_ref")
        waits = {
            f"{record._name},{record.id}": sentence
            for record, sentence in (self._promise_waits() if ref else [])
        }
        words = promise.get("waits_for")
        return {
            "until": until if isinstance(until, str) else None,
            "waits_ref": ref if ref in waits else None,
            "waits_for": waits.get(ref) or (str(words)[:200] if words else None),
        }


def _load(text):
    try:
        return json.loads(text)
    except ValueError:
        return None
