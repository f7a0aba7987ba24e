# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The buyers' journal: requests in every state, and a quotation to press Buy on."""

from dataclasses import dataclass

from odoo import Command

from .world import rows

# Which buyer is in charge of which vendors
BUYERS = {"ulyana": ("nordvik", "altair", "kvarta"), "yury": ("lumen", "orfeo")}


@dataclass(frozen=True)
class Ask:
    """A quotation whose goods are short, what was asked, and what came of it."""

    seller: str
    customer: str
    lines: tuple
    words: str = ""
    steps: tuple = ()
    confirmed: bool = False


ASKS = (
    # Nothing asked yet: Buy is ready to press
    Ask(
        "anna",
        "m.volkova@posta.example",
        (("Altair F50 green", 1), ("Nordvik A200 Reference", 1), ("Silverline S1", 1)),
    ),
    Ask(
        "pavel",
        "j.whitfield@letterbox.example",
        (("Kvarta T9", 1), ("Sonograf C40", 1)),
    ),
    # Asked, nobody has taken it
    Ask(
        "boris",
        "p.hallam@letterbox.example",
        (("Altair B20 black", 1),),
        words="The customer flies on the 12th, is there one before?",
        steps=(),
    ),
    Ask(
        "nina",
        "d.krylov@yashchik.example",
        (("Orfeo Pads H9", 2), ("Orfeo H7 white", 1)),
        words="Нужны вместе, клиент заберёт сам.",
    ),
    # In work, with words of the buyer
    Ask(
        "rita",
        "p.zaytsev@yashchik.example",
        (("Sonograf Stylus 20", 2),),
        words="Две иглы, одна про запас.",
        steps=(
            ("takes", "yury"),
            ("says", "yury", "The vendor answers tomorrow: he may have them in Kazan."),
        ),
    ),
    # The buyer waits for the salesperson's word: on another product, on a question
    Ask(
        "anna",
        "studio@northlight.example",
        (("Altair F50 green", 1),),
        words="They want green ones, and would wait for a week.",
        steps=(
            ("takes", "ulyana"),
            (
                "offers",
                "ulyana",
                "Altair F50 yellow",
                "No green ones before next month; yellow ones are here today.",
            ),
        ),
    ),
    Ask(
        "vera",
        "i.sokolov@posta.example",
        (("Altair F50 green", 1),),
        words="Клиент хочет именно зелёные.",
        steps=(
            ("takes", "ulyana"),
            (
                "asks",
                "ulyana",
                "Зелёные будут через месяц. Ждёт ли клиент, или предложить орех?",
            ),
        ),
    ),
    # Ordered; on a draft purchase order; received; given up
    Ask(
        "igor",
        "info@sevzvezda.example",
        (("Lumen Bar Hotel", 20),),
        words="Для второго корпуса гостиницы.",
        steps=(("takes", "yury"), ("orders", "yury"), ("confirms", "yury")),
        confirmed=True,
    ),
    Ask(
        "elena",
        "office@gorizont-studio.example",
        (("Lumen P80 Short", 1), ("Lumen R11", 1)),
        words="For the small hall, before 10 December.",
        steps=(("takes", "yury"), ("orders", "yury")),
    ),
    Ask(
        "anna",
        "snab@filarmonia-kluch.example",
        (("Nordvik P90", 3),),
        words="Филармония ждёт до конца месяца.",
        steps=(
            ("takes", "ulyana"),
            ("orders", "ulyana"),
            ("confirms", "ulyana"),
            ("receives", "ulyana"),
        ),
        confirmed=True,
    ),
    # One of two has come; refused
    Ask(
        "dmitry",
        "info@sevzvezda.example",
        (("Lumen R11", 4),),
        words="Первые два нужны к выходным.",
        steps=(
            ("takes", "yury"),
            ("orders", "yury"),
            ("confirms", "yury"),
            ("receives half", "yury"),
        ),
        confirmed=True,
    ),
    Ask(
        "maxim",
        "sabine.krueger@briefkasten.example",
        (("Orfeo H7 white", 3),),
        words="A present for three children.",
        steps=(("refuses", "yury", "too_late", "Five weeks by ship."),),
    ),
    Ask(
        "grigory",
        "oskar.lind@letterbox.example",
        (("Nordvik AV5", 1),),
        words="Only if it comes this year.",
        steps=(
            ("says", "ulyana", "Not before February, the vendor says."),
            ("gives up", "grigory"),
        ),
    ),
    # The vendor gave his word on the day
    Ask(
        "rita",
        "t.maslov@yashchik.example",
        (("Kvarta T9", 1),),
        words="Подарок к юбилею, до конца месяца.",
        steps=(
            ("takes", "ulyana"),
            ("orders", "ulyana"),
            ("confirms", "ulyana"),
            ("acknowledges", "ulyana"),
        ),
        confirmed=True,
    ),
)


def assign_vendors(world):
    """Each vendor has a buyer in charge; some have none, and concern every buyer."""
    for login, vendors in BUYERS.items():
        for key in vendors:
            world.vendors[key].buyer_id = world.users[login]


def make_requests(world):
    for ask in ASKS:
        _play(world, ask)


def _play(world, ask):
    seller = world.users[ask.seller]
    order = _quotation(world, ask).with_user(seller)
    if not ask.words:
        return
    requests = _press_buy(order, ask.words)
    if ask.confirmed:
        order.action_confirm()
    for action, login, *words in ask.steps:
        with_rights = requests.with_user(world.users[login])
        ACTIONS[action](world, with_rights, *words)


def _quotation(world, ask):
    orders = world.model("sale.order").with_user(world.users[ask.seller])
    return orders.create(
        {
            "partner_id": world.customers[ask.customer].id,
            "user_id": world.users[ask.seller].id,
            "order_line": [
                Command.create(
                    {
                        "product_id": world.products[model].id,
                        "product_uom_qty": quantity,
                    }
                )
                for model, quantity in ask.lines
            ],
        }
    )


def _press_buy(order, words):
    """As the dialog does: what is short, with a word on the first position."""
    action = order.action_buy()
    dialog = order.env[action["res_model"]].with_context(**action["context"]).create({})
    dialog.line_ids[:1].comment = words
    dialog.action_ask()
    return order.order_line.purchase_request_ids


def _offer(world, requests, model, words):
    """As the dialog does: another product, which is in stock."""
    product = world.products[model]
    requests._offer(
        {
            "product_id": product.id,
            "product_qty": requests.product_qty,
            "product_uom_id": requests.product_uom_id.id,
            "date_expected": world.now.date(),
            "from_stock": True,
            "note": words,
        }
    )


def _refuse(world, requests, reason, words):
    reasons = f"audiomania_purchase_journal.refusal_reason_{reason}"
    requests._refuse(world.ref(reasons), words)


def _confirm(_world, requests):
    requests.purchase_line_ids.order_id.button_confirm()


def _acknowledge(_world, requests):
    requests.purchase_line_ids.order_id.action_acknowledge()


def _receive(_world, requests, share=1):
    pickings = requests.purchase_line_ids.order_id.picking_ids
    for move in pickings.move_ids:
        move.quantity = move.product_uom_qty * share
        move.picked = True
    pickings.with_context(skip_backorder=True).button_validate()


ACTIONS = {
    "takes": lambda _world, requests: requests.action_take(),
    "says": lambda _world, requests, words: requests._comment(words),
    "asks": lambda _world, requests, words: requests._ask_question(words),
    "offers": _offer,
    "refuses": _refuse,
    "orders": lambda _world, requests: requests.action_order(),
    "confirms": _confirm,
    "acknowledges": _acknowledge,
    "receives": _receive,
    "receives half": lambda world, requests: _receive(world, requests, share=0.5),
    "gives up": lambda _world, requests: requests.action_cancel(),
}


def buy_last_year(world):
    """Purchases of the past: the journal shows who sold it last and for how much."""
    assign_vendors(world)
    orders = world.model("purchase.order")
    for key, vendor in world.vendors.items():
        models = [row["model"] for row in rows("products") if row["vendor"] == key]
        orders |= orders.create(_prepare_purchase(world, vendor, models))
    orders.button_confirm()
    pickings = orders.picking_ids
    pickings.move_ids.write({"picked": True})
    pickings.button_validate()
    for order in orders:
        order.date_approve = order.date_order


def _prepare_purchase(world, vendor, models):
    chosen = world.random.sample(models, min(4, len(models)))
    return {
        "partner_id": vendor.id,
        "user_id": world.users["ulyana"].id,
        "date_order": world.ago(days=world.random.randint(30, 200)),
        "order_line": [
            Command.create({"product_id": world.products[model].id, "product_qty": 2})
            for model in chosen
        ],
    }
