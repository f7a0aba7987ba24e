# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestIntakeIndexes(TransactionCase):
    """What is asked for each letter, or each time a list is opened, has its index."""

    def explain(self, model, domain, **values):
        query = self.env[model]._search(domain, **values)
        self.env.cr.execute("SET LOCAL enable_seqscan = off")
        self.env.cr.execute("SET LOCAL enable_sort = off")
        code = query.select()
        self.env.cr.execute("EXPLAIN " + code.code, code.params)
        return "\n".join(line for (line,) in self.env.cr.fetchall())

    def test_what_was_set_aside_is_found_without_reading_all_letters(self):
        domain = [("set_aside", "in", [True])]
        plan = self.explain("mail.intake.entry", domain, order="id desc", limit=80)
        self.assertIn("mail_intake_entry_aside_idx", plan)

    def test_a_number_in_a_subject_is_found_without_reading_all_conversations(self):
        plan = self.explain("helpdesk.ticket", [("number", "in", ["HT00001", "2"])])
        self.assertIn("helpdesk_ticket__number_index", plan)
