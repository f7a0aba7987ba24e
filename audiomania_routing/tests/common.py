# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Builders for tests: each makes what one test needs, with defaults for the rest."""

from datetime import datetime, timedelta

from odoo.tests import TransactionCase, new_test_user

from odoo.addons.mail.tests.common import freeze_all_time

MONDAY_10 = datetime(2025, 3, 3, 10)
"""A Monday in the middle of the morning, UTC."""

SUNDAY = MONDAY_10 - timedelta(days=1)
"""Nobody works: an inquiry that comes in reserves nobody's time."""


class RoutingCase(TransactionCase):
    """A sales department with two teams, their employees, audiences and goods.

    Everybody works 8-12 and 13-17 from Monday to Friday, in UTC.
    """

    now = None
    """Where time stands still in each test; None: it is that of the run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.tz = "UTC"
        cls.calendar = cls.env["resource.calendar"].create(
            {"name": "Office hours", "tz": "UTC"}
        )
        cls.company = cls.env["res.company"].create(
            {"name": "Hi-Fi Shop", "resource_calendar_id": cls.calendar.id}
        )
        cls.calendar.company_id = cls.company
        cls.env.user.company_ids |= cls.company
        cls.env = cls.env(
            context={
                **cls.env.context,
                "allowed_company_ids": cls.company.ids,
                "tracking_disable": True,
            }
        )
        cls.leader = cls.make_user("leader")
        cls.department = cls.make_team("Sales", leader=cls.leader)

    def setUp(self):
        super().setUp()
        if self.now:
            self._freeze(self.now)

    def _freeze(self, moment):
        freezer = freeze_all_time(moment)
        freezer.__enter__()
        self.addCleanup(freezer.__exit__, None, None, None)

    @classmethod
    def make_user(cls, name, groups="helpdesk_mgmt.group_helpdesk_user_own", **values):
        """An employee with an account and a schedule."""
        user = new_test_user(
            cls.env,
            login=f"{name}@hifi.example",
            name=name.title(),
            groups=f"base.group_user,{groups}" if groups else "base.group_user",
            email=f"{name}@hifi.example",
            tz="UTC",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
            **values,
        )
        cls.make_employee(user)
        return user

    @classmethod
    def make_employee(cls, user=None, **values):
        return cls.env["hr.employee"].create(
            {
                "name": user.name if user else "Former",
                "user_id": user.id if user else False,
                "company_id": cls.company.id,
                "resource_calendar_id": cls.calendar.id,
                "tz": "UTC",
                **values,
            }
        )

    @classmethod
    def make_team(cls, name, members=(), leader=None, parent=None, **values):
        return cls.env["helpdesk.ticket.team"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "user_ids": [(6, 0, [member.id for member in members])],
                "user_id": leader.id if leader else False,
                "parent_id": parent.id if parent else False,
                **values,
            }
        )

    @classmethod
    def make_category(cls, name, parent=None):
        return cls.env["product.category"].create(
            {"name": name, "parent_id": parent.id if parent else False}
        )

    @classmethod
    def make_product(cls, category, price=100.0, **values):
        return cls.env["product.product"].create(
            {
                "name": f"A piece of {category.name}",
                "categ_id": category.id,
                "list_price": price,
                "taxes_id": False,
                **values,
            }
        )

    @classmethod
    def make_audience(cls, name, categories=(), team=None, **values):
        return cls.env["customer.audience"].create(
            {
                "name": name,
                "team_id": team.id if team else False,
                "category_ids": [(6, 0, [category.id for category in categories])],
                **values,
            }
        )

    @classmethod
    def make_customer(cls, name="Customer", **values):
        return cls.env["res.partner"].create(
            {
                "name": name,
                "email": f"{name.lower().replace(' ', '.')}@customer.example",
                **values,
            }
        )

    @classmethod
    def make_order(cls, customer, product, salesperson=None, amount=100.0, at=None):
        """A confirmed order with one line of that amount, confirmed at that moment."""
        order = cls.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "company_id": cls.company.id,
                "user_id": salesperson.id if salesperson else False,
                "order_line": [
                    (0, 0, {"product_id": product.id, "price_unit": amount}),
                ],
            }
        )
        order.action_confirm()
        if at:
            order.date_order = at
        return order

    @classmethod
    def take_leave(cls, user, start, end):
        """Away by a leave of his schedule, from and to moments in UTC."""
        resource = user.with_context(active_test=False).employee_ids.resource_id
        return cls.env["resource.calendar.leaves"].create(
            {
                "name": "Leave",
                "resource_id": resource.id,
                "calendar_id": cls.calendar.id,
                "date_from": start,
                "date_to": end,
            }
        )

    @classmethod
    def make_inquiry(cls, customer, emails="", team=None, assignee=None, **values):
        """One message of a customer in a conversation of its own."""
        ticket = cls.env["helpdesk.ticket"].create(
            {
                "name": "A question",
                "description": "<p>When?</p>",
                "company_id": cls.company.id,
                "partner_id": customer.id,
                "team_id": team.id if team else False,
                "user_id": assignee.id if assignee else False,
            }
        )
        return cls.env["helpdesk.inquiry"].create(
            {
                "ticket_id": ticket.id,
                "partner_id": customer.id,
                "recipient_emails": emails,
                **values,
            }
        )
