# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import models


class HelpdeskTicket(models.Model):
    """The customer beside his letter: who he is, and what he has with us.

    Everything is read as the employee who looks, by his own rights and rules.
    """

    _inherit = "helpdesk.ticket"

    def get_customer_panel(self):
        """What stands beside a conversation: one call, however much there is of it.

        It is for employees. Who may not read the conversation (any more: its form may
        just be going) gets nothing.

        :return: "customer" (or False: nobody is known), and "sections", as described at
            :meth:`_customer_panel`
        """
        self.ensure_one()
        if not (self.env.user._is_internal() and self.has_access("read")):
            return {"customer": False, "sections": []}
        customer = self._get_panel_customer()
        sections = self._customer_panel() if customer else []
        return {
            "customer": self._describe_customer(customer) if customer else False,
            "sections": sorted(sections, key=lambda each: each["sequence"]),
        }

    def _customer_panel(self):
        """The sections beside the letter, each a dictionary. Hook: an addon adds its
        own to those of ``super()``.

        - ``name``: technical, the class of its box
        - ``sequence``: where it stands; the sections here have 10, 20 and 30
        - ``title``, ``summary`` (beside the title), ``empty`` (in place of lines)
        - ``lines``: dictionaries with ``text``; and where there is something to say:
          ``detail``, ``badge``, ``tone`` of the badge ("success", "warning", "danger",
          "info", "secondary"), ``is_strong``; and what a click opens: ``model`` and
          ``id``, by the method ``method`` of that record, or else its form
        - ``more``: the same, below the lines

        In a constant number of queries, and only what the employee may read himself.
        """
        self.ensure_one()
        return []

    def _get_panel_customer(self):
        """The customer of the conversation, if the employee may read the contact."""
        customer = self.partner_id or self.inquiry_ids[:1].partner_id
        return customer._filtered_access("read")

    def _get_panel_company(self):
        """Whose orders, marks and conversations are his."""
        # sudo: res.partner: to which company he belongs; what is his is read by rules
        customer = self._get_panel_customer().sudo().commercial_partner_id
        return customer.with_env(self.env)

    # Who he is

    def _describe_customer(self, customer):
        company = self._get_panel_company()._filtered_access("read")
        return {
            "id": customer.id,
            "name": customer.name or customer.display_name,
            "company": company.name if company != customer else "",
            "email": customer.email or "",
            "place": ", ".join(filter(None, [customer.city, customer.country_id.name])),
            "phones": self._get_panel_phones(customer, company),
            "language": self._describe_languages(customer),
            "preferred": self._describe_preferred(customer),
            "audience": self._describe_panel_audience(customer),
        }

    def _get_panel_phones(self, customer, company):
        """His own number before his company's, each once."""
        phones = [{"number": customer.phone, "of": ""}]
        phones.append({"number": company.phone, "of": company.name})
        return [
            phone
            for place, phone in enumerate(phones)
            if phone["number"]
            and phone["number"] not in [one["number"] for one in phones[:place]]
        ]

    def _describe_languages(self, customer):
        """His language, and that of the letter where it is another one."""
        names = dict(self.env["res.lang"].get_installed())
        name = names.get(customer.lang, "")
        # sudo: helpdesk.inquiry: in which language a letter is that he may read
        facts = self.inquiry_ids[:1].sudo().letter_facts or {}
        written = facts.get("language")
        if not written or (customer.lang or "").startswith(written):
            return name
        written = next(
            (names[code] for code in names if code.startswith(written)), written
        )
        if not name:
            return written
        return self.env._(
            "%(language)s, writes in %(written)s", language=name, written=written
        )

    def _describe_preferred(self, customer):
        """The way of contact that he prefers, where a contact says so."""
        field = customer._fields.get("preferred_contact")
        if field is None:
            return ""
        value = customer.preferred_contact
        return dict(field._description_selection(self.env)).get(value, "")

    def _describe_panel_audience(self, customer):
        """To which audience he belongs and why, for who works with conversations."""
        if not self.env.user.has_group("helpdesk_mgmt.group_helpdesk_user_own"):
            return False
        words = customer._get_audience_words()
        # sudo: customer.audience: its name
        decided = self.sudo().audience_id
        if decided and decided.name != words["audience"]:
            words["why"] = self.env._("As decided for the latest letter.")
            words["audience"] = decided.name
            words["is_known"] = True
        return {name: words[name] for name in ("audience", "is_known", "why")}

    def action_show_audience_evidence(self):
        """What he has bought, and why he therefore belongs to an audience."""
        self.ensure_one()
        self.check_access("read")
        customer = self._get_panel_customer()
        customer.ensure_one()
        view = self.env.ref("audiomania_routing.res_partner_view_form_evidence")
        return {
            "type": "ir.actions.act_window",
            "name": customer.display_name,
            "res_model": "res.partner",
            "res_id": customer.id,
            "views": [(view.id, "form")],
            "target": "new",
        }
