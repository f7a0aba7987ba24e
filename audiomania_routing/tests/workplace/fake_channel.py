# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A public channel for tests only: questions that anybody reads, below products."""

from odoo import fields, models

from ...models.workplace.routing_channel_mixin import ChannelRefused

NAME = "test.product.questions"


class Wire:
    """What the channel's server has got, and what it answers."""

    def __init__(self):
        self.sent = []
        self.error = None

    def answer(self, **answer):
        if self.error:
            raise self.error
        self.sent.append(answer)
        return f"answer-{len(self.sent)}"

    def refuse(self, reason):
        self.error = ChannelRefused(reason)

    def break_down(self, reason="The server does not answer"):
        self.error = ConnectionError(reason)

    def mend(self):
        self.error = None


def add_fake_channel(case):
    """Add the model to the registry of a test class, until the class ends."""
    from odoo.orm.model_classes import add_to_registry  # as Odoo's own tests do

    wire = Wire()

    class TestProductQuestions(models.Model):
        _module = None
        _name = NAME
        _inherit = ["routing.channel.mixin"]
        _description = "Questions below products"

        name = fields.Char(required=True)
        company_id = fields.Many2one("res.company")

        def _send_answer(self, message):
            return wire.answer(
                channel=self.name,
                thread=message.routing_thread,
                text=self._get_answer_text(message),
                files=message.attachment_ids.mapped("name"),
                key=message.message_id,
            )

        def _get_thread_url(self, thread):
            return f"https://questions.example/{thread}"

    add_to_registry(case.registry, TestProductQuestions)
    case.registry._setup_models__(case.env.cr, [NAME])
    case.registry.init_models(case.env.cr, [NAME], {"module": "audiomania_routing"})
    case.addClassCleanup(_remove, case)
    return wire


def _remove(case):
    del case.registry.models[NAME]
    case.registry["routing.channel.mixin"]._inherit_children.discard(NAME)
    case.registry["base"]._inherit_children.discard(NAME)
    case.registry._setup_models__(case.env.cr, [])
