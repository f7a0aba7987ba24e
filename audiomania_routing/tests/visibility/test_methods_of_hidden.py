# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.audiomania_alerts.tests.access import get_arguments, is_public

from .common import SECRET, VisibilityCase
from .ways import CONVERSATION, RECORDS

QUIET = (
    "odoo.addons.base.models.ir_rule",
    "odoo.addons.base.models.ir_model",
    "odoo.addons.mail",
    "odoo.models",
    "odoo.sql_db",
    "py.warnings",
)

TO_DO = "mail.mail_activity_data_todo"


@tagged("post_install", "-at_install")
class TestMethodsOfHidden(VisibilityCase):
    """Nothing that a client may call on a hidden conversation, or on what hangs on it,
    tells of it or changes it: every public method there is, those to come as well."""

    def setUp(self):
        super().setUp()
        self.message.body = SECRET
        self.furnish()
        for user in (*self.colleagues, self.clerk, self.anna):
            self.ticket.activity_schedule(TO_DO, user_id=user.id, summary=SECRET)
        self.inquiry.excerpt = SECRET
        self.env.flush_all()

    # What is called

    def get_methods(self, records):
        """Names of all that a client may call by RPC."""
        return [name for name in dir(type(records)) if is_public(records, name)]

    def get_hidden(self, model):
        """What hangs on the conversation: one whole list of it."""
        found = self.env[model].with_context(active_test=False)
        return found.search(RECORDS[model](self.ticket))

    def get_arguments(self, method, records, user):
        """Something fitting for each argument that a call needs."""
        fitting = {
            "domain": [("id", "in", records.ids)],
            "vals": {"priority": "3"},
            "values": {"priority": "3"},
            "vals_list": [{}],
            "specification": {"display_name": {}},
            "fields_spec": {"display_name": {}},
            "field_names": ["display_name"],
            "fields_to_export": ["display_name"],
            "groupby": ["create_uid"],
            "aggregates": ["__count"],
            "field_name": "display_name",
            "fname": "display_name",
            "operation": "read",
            "reason": "A reason",
            "act_type_xmlids": [TO_DO],
            "partner_ids": user.partner_id.ids,
            "res_model": CONVERSATION,
            "model": CONVERSATION,
            "thread_model": CONVERSATION,
            "content": "👍",
            "action": "add",
        }
        return get_arguments(method, {**fitting, "ids": records.ids}, records.ids[0])

    def call(self, user, records, name):
        """What comes out of a call: the answer, or the words of the refusal; and
        whether anything of the conversation is other than before."""
        context = {
            "active_id": self.ticket.id,
            "active_ids": self.ticket.ids,
            "active_model": CONVERSATION,
            "allowed_company_ids": user.company_ids.ids,
        }
        records = self.env(user=user.id, su=False, context=context)[
            records._name
        ].browse(records.ids)
        arguments = self.get_arguments(getattr(type(records), name), records, user)
        self.env.invalidate_all()
        with self.env.cr.savepoint() as savepoint:
            try:
                with self.env.cr.savepoint():
                    answer = str(getattr(records, name)(*arguments))
                    self.env.flush_all()
            except Exception as refusal:
                answer = str(refusal)
            after = self.get_rows()
            savepoint.rollback()
        self.env.cr.precommit.clear()
        self.env.cr.postcommit.clear()
        self.env.invalidate_all(flush=False)
        return answer, after

    # Tests

    @mute_logger(*QUIET)
    def assert_closed(self, model, *users):
        """No method of what hangs on it does anything for these employees."""
        records, before = self.get_hidden(model), self.get_rows()
        self.assertTrue(records, model)
        for user in users:
            for name in self.get_methods(records):
                with self.subTest(user=user.login, model=model, method=name):
                    answer, after = self.call(user, records, name)
                    self.assertNotIn(SECRET, answer)
                    self.assertEqual(after, before)

    def test_of_the_conversation_for_each_group_of_the_host(self):
        self.assert_closed(CONVERSATION, *self.colleagues, self.clerk)

    def test_of_what_hangs_on_it(self):
        for model in RECORDS.keys() - {CONVERSATION}:
            self.assert_closed(model, self.every)

    def test_who_may_read_it_is_answered(self):
        """So that no method is closed only because it was called in a wrong way."""
        records = self.get_hidden(CONVERSATION)
        told, changed, before = set(), set(), self.get_rows()
        with mute_logger(*QUIET):
            for name in self.get_methods(records):
                answer, after = self.call(self.anna, records, name)
                told |= {name} if SECRET in answer else set()
                changed |= {name} if after != before else set()
        self.assertLessEqual(
            {"read", "web_read", "export_data", "search_read", "web_search_read"}
            | {"name_search", "copy_data"},
            told,
        )
        self.assertLessEqual(
            {"action_take", "action_no_action_required", "message_post", "write"}
            | {"activity_feedback", "activity_unlink", "activity_schedule"},
            changed,
        )
