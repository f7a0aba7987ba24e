# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..domains import check_domain
from ..placeholders import AlertFault

SHOWN_NAMES = 10


class AlertRule(models.Model):
    """What the rule would say about the latest record that it is about, for whoever
    writes it."""

    _inherit = "alert.rule"

    preview = fields.Text(compute="_compute_preview")

    @api.depends(
        "model_id",
        "record_domain",
        "company_id",
        "title_template",
        "body_template",
        "recipient_paths",
        "recipient_group_ids",
        "recipient_user_ids",
    )
    def _compute_preview(self):
        for rule in self:
            try:
                rule.preview = rule._get_preview()
            except (AlertFault, AccessError, UserError) as error:
                rule.preview = str(error)

    def _get_preview(self):
        sample = self._find_sample()
        if not sample:
            return self.env._("There is no record that this rule is about yet.")
        texts = self._render_sample(sample)
        lang = self.env.lang or "en_US"
        lines = [
            self.env._("About: %(name)s", name=sample.display_name),
            texts["title"][lang],
            texts["body"][lang],
            self.env._("To: %(names)s", names=self._get_sample_recipients(sample)),
        ]
        return "\n".join(filter(None, lines))

    def _find_sample(self):
        """The latest record that the current user reads and the rule is about."""
        if not self.model_id:
            return None
        model = self._get_sample_type()._get_model()
        check_domain(model, self.record_domain)
        return model.search(self._get_record_domain(), order="id DESC", limit=1)

    def _get_sample_type(self):
        """A type with what stands in the form, saved or not."""
        return self.env["alert.type"].new(
            {
                "name": self.name or "/",
                "model_id": self.model_id.id,
                "title_template": self.title_template,
                "body_template": self.body_template,
                "recipient_paths": self.recipient_paths,
                "recipient_group_ids": self.recipient_group_ids.ids,
                "recipient_user_ids": self.recipient_user_ids.ids,
            }
        )

    def _render_sample(self, sample):
        payload = {"values": {}}
        return self._get_sample_type()._render_texts(sample, payload, self.env.user)

    def _get_sample_recipients(self, sample):
        # sudo: res.users: who would be told, by name
        users = self._get_sample_type().sudo()._get_recipients(sample.sudo())
        names = users[:SHOWN_NAMES].mapped("name")
        if len(users) > SHOWN_NAMES:
            names.append("…")
        return ", ".join(names) or self.env._("nobody")

    def _check_rule(self, model):
        """A text that cannot be filled is not saved."""
        result = super()._check_rule(model)
        sample = self._find_sample()
        if sample:
            self._render_sample(sample)
        return result
