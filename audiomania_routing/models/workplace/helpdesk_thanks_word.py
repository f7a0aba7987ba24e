# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import ormcache

from ...letter.thanks import Words, split_words

THANKS = "thanks"
POLITE = "polite"


class HelpdeskThanksWord(models.Model):
    """The words by which a letter is known that only thanks; managers edit them."""

    _name = "helpdesk.thanks.word"
    _inherit = ["routing.memory.mixin"]
    _description = "Word of thanks"
    _order = "lang, kind desc, name, id"

    name = fields.Char(
        string="Words",
        required=True,
        help="A word or a few, as customers write them. Capitals do not count.",
    )
    lang = fields.Char(
        string="Language",
        required=True,
        help="Code of the language, as ru or en: words of one language are read "
        "together.",
    )
    kind = fields.Selection(
        selection=[(THANKS, "Thanks"), (POLITE, "May stand beside")],
        required=True,
        default=THANKS,
        help="A letter only thanks when it has words of thanks, and beside them "
        "nothing but words that may stand there, and names.",
    )
    active = fields.Boolean(default=True)

    _once = models.Constraint(
        "UNIQUE (lang, name)", "These words are in the list of this language already."
    )

    @api.constrains("name")
    def _check_name(self):
        if not all(split_words(word.name) for word in self):
            raise ValidationError(self.env._("Write a word."))

    @api.model
    @ormcache()
    def _get_words(self):
        """The words of each language, kept in memory: asked for each letter."""
        # sudo: helpdesk.thanks.word: whoever's letter it is
        found = self.sudo().with_context(active_test=True).search([])
        return tuple(
            Words.make(
                [one.name for one in words if one.kind == THANKS],
                [one.name for one in words if one.kind == POLITE],
            )
            for _lang, words in sorted(found.grouped("lang").items())
        )
