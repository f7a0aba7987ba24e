# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Yury: what is to be bought, by vendor."""

from .hands import ROW, fill, select_row

JOURNAL = "/odoo/purchase-journal"


def step_1(page):
    page.open(JOURNAL)
    page.see(ROW, "Sonograf C40")
    page.see(ROW, "Orfeo Pads H9")


def step_2(page):
    select_row(page, "Orfeo Pads H9")
    select_row(page, "Orfeo H7 white")
    page.click(".o_control_panel button[name=action_order]")
    page.see(f".o_form_view {ROW}", "Orfeo Pads H9")
    page.see(f".o_form_view {ROW}", "Orfeo H7 white")


def step_3(page):
    page.open(JOURNAL)
    select_row(page, "Sonograf C40")
    page.click(".o_control_panel button[name=action_comment]")
    fill(page, "body", "There is one with a scratch at half the price.")
    page.click(".modal [name=needs_decision] input")
    page.click(".modal button[name=action_post]")
    page.miss(".modal")
