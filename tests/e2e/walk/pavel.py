# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pavel: what does not concern you is not there."""

from .hands import DIALOG, ROW, open_row, search

QUEUE = "/odoo/inquiries"
OTHERS = "Saturday with my husband"


def step_1(page):
    page.open(QUEUE)
    page.click(".o_routing_tab", "Mine")
    page.settle()
    open_row(page, "Moving coil for the T5")
    page.click(".o_routing_band summary", "Why")
    page.see(".o_routing_band details[open]", "Pavel")


def step_2(page):
    page.open(QUEUE)
    page.see(ROW)
    search(page, "husband")
    page.miss(ROW, OTHERS)


def step_3(page):
    page.open("/odoo/contacts")
    search(page, "Филармония")
    open_row(page, "Филармония")
    page.see(".o_form_view .alert", "Anna")
    assert not page.has(".o_form_view", "Усилители")


def step_4(page):
    page.open("/odoo/sales")
    search(page, "Whitfield")
    open_row(page, "Quotation")
    page.click(".o_form_statusbar button[name=action_buy]")
    page.see(DIALOG, "Sonograf C40")
    page.click(f"{DIALOG} {ROW} td[name=comment]")
    page.type(f"{DIALOG} td[name=comment] :is(textarea, input)", "For Friday?")
    page.click(".modal button[name=action_ask]")
    page.see(".o_request_mark[data-state=asked]")
