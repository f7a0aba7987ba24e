# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from ..conversation.common import SECOND, ConversationCase


@tagged("post_install", "-at_install")
class TestFormerAddresses(ConversationCase):
    """A letter to an address that an employee has given up still names him."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.former = cls.env["mail.former.address"]

    def get_named(self, address):
        """Whom a letter of a stranger to this address names, by their keys."""
        owners = self.env["routing.facts"]._get_owners({address})
        return owners[address]

    def get_kept(self, address):
        return self.former.search([("email", "=", address)])

    def assert_names(self, address, user):
        ticket = self.receive(address, sender="stranger@c.example")
        self.assertEqual(ticket.addressee_id, user)

    # How they are kept

    def test_another_e_mail(self):
        self.vera.email = "vera.new@hifi.example"
        self.vera.login = "vera.new"
        self.assert_names("vera@hifi.example", self.vera)
        self.assert_names("vera.new@hifi.example", self.vera)

    def test_another_login(self):
        self.vera.login = "vera.old@hifi.example"
        self.vera.login = "vera@hifi.example"
        self.assert_names("vera.old@hifi.example", self.vera)

    def test_what_is_still_his_is_not_former(self):
        self.vera.login = "verochka"
        self.assertFalse(self.get_kept("vera@hifi.example"))

    def test_another_address_of_his_contact(self):
        self.vera.login = "verochka"
        self.vera.partner_id.email = "vera.new@hifi.example"
        kept = self.get_kept("vera@hifi.example")
        self.assertEqual(kept.user_id, self.vera)
        self.assertEqual(kept.employee_id, self.vera.employee_ids)
        self.assertEqual(kept.name, "Vera")
        self.assertEqual(kept.since, self.now)

    def test_another_work_address_of_who_has_no_account(self):
        employee = self.make_employee(name="Olga", work_email="olga@hifi.example")
        employee.work_email = "olga.new@hifi.example"
        self.assertEqual(self.get_named("olga@hifi.example"), [-employee.id])

    def test_the_work_address_of_an_employee_with_an_account(self):
        self.vera.employee_ids.work_email = "v.petrova@hifi.example"
        self.vera.employee_ids.work_email = "v.sidorova@hifi.example"
        self.assert_names("v.petrova@hifi.example", self.vera)

    def test_who_leaves_is_named_and_passed_over(self):
        self.vera.email = "vera.new@hifi.example"
        self.vera.login = "verochka"
        self.vera.active = False
        ticket = self.receive("vera@hifi.example", sender="stranger@c.example")
        self.assertFalse(ticket.addressee_id)
        self.assertIn("Vera", ticket.decision_text)

    def test_a_deleted_employee_keeps_his_name(self):
        employee = self.make_employee(name="Olga", work_email="olga@hifi.example")
        employee.unlink()
        kept = self.get_kept("olga@hifi.example")
        self.assertEqual(kept.name, "Olga")
        self.assertFalse(kept.employee_id)
        ticket = self.receive("olga@hifi.example", sender="stranger@c.example")
        self.assertIn("Olga", ticket.decision_text)

    @mute_logger("odoo.models.unlink")
    def test_a_deleted_user_keeps_his_name(self):
        user = new_test_user(self.env, "gone@hifi.example", email="gone@hifi.example")
        user.unlink()
        kept = self.get_kept("gone@hifi.example")
        self.assertEqual(kept.name, "gone@hifi.example (base.group_user)")
        self.assertFalse(kept.user_id)

    def test_an_employee_whose_contact_is_merged(self):
        other = self.make_customer("Vera's other", email="vera.other@hifi.example")
        self.vera.login = "verochka"
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.vera.partner_id | other).ids, dst_partner=other)
        self.assertEqual(self.vera.partner_id, other)
        self.assert_names("vera@hifi.example", self.vera)

    def test_a_customer_has_no_former_address(self):
        self.customer.email = "petr.new@customer.example"
        self.assertFalse(self.get_kept("petr@customer.example"))

    def test_the_same_address_is_kept_once(self):
        for _time in range(2):
            self.vera.login = "vera.old@hifi.example"
            self.vera.login = "verochka"
        self.assertEqual(len(self.get_kept("vera.old@hifi.example")), 1)

    # Whose it is

    def test_the_present_owner_goes_before_all_others(self):
        self.vera.write({"email": "vera.new@hifi.example", "login": "verochka"})
        second = self.make_user("second", "helpdesk_mgmt.group_helpdesk_user_own")
        self.vinyl.user_ids += second
        second.email = "vera@hifi.example"
        self.assertEqual(self.get_named("vera@hifi.example"), [second.id])
        self.assert_names("vera@hifi.example", second)

    def test_who_works_here_goes_before_who_left_with_the_address(self):
        self.vera.active = False
        second = self.make_user("second")
        second.email = "vera@hifi.example"
        self.assertEqual(self.get_named("vera@hifi.example"), [second.id])

    def test_of_those_who_had_it_the_last_one_is_named(self):
        self.vera.write({"email": "vera.new@hifi.example", "login": "verochka"})
        self.at(SECOND)
        self.anna.email = "vera@hifi.example"
        self.at(2 * SECOND)
        self.anna.email = "anna@hifi.example"
        self.assertEqual(self.get_named("vera@hifi.example"), [self.anna.id])

    def test_a_near_miss_of_a_former_address_names_him_too(self):
        self.vera.login = "valentina@hifi.example"
        self.vera.login = "verochka"
        self.assert_names("valentia@hifi.example", self.vera)

    # The list

    def test_who_left_before_is_added_by_hand(self):
        form = Form(self.former.with_user(self.manager))
        form.email = "Old.Fedor@HIFI.example"
        form.user_id = self.vera
        address = form.save()
        self.assertEqual(address.email, "old.fedor@hifi.example")
        self.assertEqual(address.name, "Vera")
        self.assert_names("old.fedor@hifi.example", self.vera)

    def test_a_name_is_enough_for_who_never_had_an_account(self):
        self.former.create({"email": "fedor@hifi.example", "name": "Fedor"})
        ticket = self.receive("fedor@hifi.example", sender="stranger@c.example")
        self.assertFalse(ticket.addressee_id)
        self.assertIn("Fedor", ticket.decision_text)

    def test_what_is_no_address_is_refused(self):
        with self.assertRaises(ValidationError):
            self.former.create({"email": "fedor", "name": "Fedor"})

    @mute_logger("odoo.addons.base.models.ir_model")
    def test_employees_may_not_read_the_list(self):
        address = self.former.create({"email": "f@hifi.example", "name": "F"})
        with self.assertRaises(AccessError):
            address.with_user(self.anna).read(["email"])
        with self.assertRaises(AccessError):
            self.former.with_user(self.anna).create({"email": "a@b.c", "name": "A"})
        self.assertTrue(address.with_user(self.manager).read(["email"]))

    def test_an_employee_who_changes_his_own_address_needs_no_right(self):
        self.vera.with_user(self.vera).email = "vera.new@hifi.example"
        self.vera.login = "verochka"
        self.assertTrue(self.get_kept("vera@hifi.example"))
