# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from unittest.mock import patch

from psycopg2.errors import DeadlockDetected, SerializationFailure

from odoo.tests import tagged

from ..conversation.common import ConversationCase


@tagged("post_install", "-at_install")
class TestFetched(ConversationCase):
    """A fetched letter that collides with somebody's work is not lost (rule 19)."""

    def process(self, failures, **context):
        """Process a letter in a transaction of its own, which fails that often."""
        failures = iter(failures)
        kind = self.env.registry["helpdesk.inquiry"]
        start = kind._start_ladders

        def fails(inquiries):
            start(inquiries)
            if failure := next(failures, None):
                raise failure

        with (
            self.enter_registry_test_mode(),
            self.registry.cursor() as cr,
            patch.object(kind, "_start_ladders", fails),
        ):
            gateway = self.env(cr=cr)["mail.thread"].with_context(**context)
            ticket_id = gateway.message_process(model=False, message=self.letter())
        return self.env["helpdesk.ticket"].browse(ticket_id)

    def fetch(self, *failures):
        return self.process(failures, default_fetchmail_server_id=1)

    def count(self):
        return self.env["helpdesk.ticket"].search_count([])

    def test_it_is_tried_again_and_makes_one_conversation(self):
        before = self.count()
        ticket = self.fetch(SerializationFailure(), DeadlockDetected())
        self.assertEqual(len(ticket.inquiry_ids), 1)
        self.assertEqual(self.count(), before + 1)

    def test_it_is_given_up_after_the_fifth_time(self):
        with self.assertRaises(SerializationFailure):
            self.fetch(*[SerializationFailure() for _each in range(5)])

    def test_any_other_fault_is_not_tried_again(self):
        with self.assertRaises(ZeroDivisionError):
            self.fetch(ZeroDivisionError())

    def test_who_hands_over_a_letter_in_a_request_repeats_the_request_himself(self):
        with self.assertRaises(SerializationFailure):
            self.process([SerializationFailure()])
