# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models

from ..placeholders import AlertFault


class AlertType(models.Model):
    """The type of a rule shows what the author of the rule may read, no more."""

    _inherit = "alert.type"

    rule_ids = fields.One2many(
        "alert.rule", "type_id", groups="audiomania_alerts.group_alert_administrator"
    )
    author_id = fields.Many2one(
        "res.users",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="Who wrote the rule last. It sees the records that he may read, and its "
        "text is filled with what he may read.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._without_author(vals) for vals in vals_list])

    def write(self, vals):
        """Whoever changes what a rule says is its author from then on."""
        result = super().write(self._without_author(vals))
        self._take_authorship()
        return result

    def update_field_translations(self, field_name, translations, source_lang=""):
        result = super().update_field_translations(
            field_name, translations, source_lang
        )
        self._take_authorship()
        return result

    @api.model
    def _without_author(self, vals):
        if self.env.su:
            return vals
        return {name: value for name, value in vals.items() if name != "author_id"}

    def _take_authorship(self):
        if self.env.su:
            return
        # sudo: alert.type: the author is written here only
        authored = self.sudo().filtered("author_id")
        if authored:
            authored.write({"author_id": self.env.uid})
            self.browse(authored.ids).rule_ids._check()

    def _as_author(self, records):
        """Records as the author reads them, in all of his companies."""
        author = self.author_id
        if not author.active and not author._is_superuser():
            raise AlertFault(
                self.env._(
                    "The author of the rule, %(name)s, is archived: somebody else must "
                    "save it.",
                    name=author.name,
                )
            )
        return records.with_user(author).with_context(
            allowed_company_ids=author.company_ids.ids
        )

    def _render_texts(self, record, payload, recipients):
        if self.author_id:
            self = self._as_author(self)
        return super()._render_texts(record, payload, recipients)
