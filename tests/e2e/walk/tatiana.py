# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Tatiana: how the day goes, why, and what if. Her screen is in Russian."""

from .hands import ROW, fill, search, select_row


def step_1(page):
    page.open("/odoo/inquiries-dashboard")
    page.see(".o_routing_block .o_routing_figure")
    page.see(".o_routing_rows a, .o_routing_rows button", "Hi-Fi")


def step_2(page):
    page.open("/odoo/inquiries-analysis")
    page.see(".o_pivot table")
    page.open("/odoo/targets-by-team")
    for band in ("success", "warning", "danger"):
        page.see(f"{ROW} .badge.text-bg-{band}")


def step_3(page):
    page.open("/odoo/inquiries-all")
    search(page, "coil")
    page.see(ROW, "Moving coil for the T5")


def step_4(page):
    page.open("/odoo/routing-try")
    fill(page, "trial_subject", "Altair F50")
    fill(page, "trial_body", "Is it there in walnut?")
    page.see(".o_field_widget[name=trial_result] *")


def step_5(page):
    page.open("/odoo/routing-policy")
    page.click(f"{ROW} .o_data_cell")
    page.see(".o_form_view .nav-link")


def step_6(page):
    page.open("/odoo/incoming-email")
    page.see(ROW)
    page.open("/odoo/incoming-email-aside")
    select_row(page, "Precedence: list")
    page.see("button[name=action_make_inquiry]")
