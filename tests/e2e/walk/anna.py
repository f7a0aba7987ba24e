# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Anna: what concerns you is on top."""

from .hands import ALERT, BELL, ROW, open_alert, open_row

QUEUE = "/odoo/inquiries"
LETTER = "Saturday with my husband"


def step_1(page):
    page.open(QUEUE)
    page.see(ROW, LETTER)
    page.see(f"{ROW} .o_time_left", "min")
    for tab in ("Mine", "My team's"):
        page.see(".o_routing_tab", tab)
    page.see(f"{ROW}.text-danger")
    page.see(f"{ROW}.text-warning", "Two A120 for the control room")


def step_2(page):
    page.see(f"{BELL}.o_alert_unseen")
    page.click(BELL)
    page.see(ALERT, "Reserved for you")
    page.see(ALERT, "Bad mark of Oskar Lind")
    page.miss(f"{BELL}.o_alert_unseen")
    page.click(BELL)


def step_3(page):
    open_row(page, LETTER)
    page.see(".o_routing_band .o_ladder_step", "Anna")
    page.click(".o_routing_band summary", "Why")
    page.see(".o_routing_band details[open] [name=decision_text]", "Anna")


def step_4(page):
    page.see(".o_customer_panel_name", "Марина Волкова")
    page.see(".o_customer_panel_body", "Anna")


def step_5(page):
    page.click(".o_form_statusbar button[name=action_take], button[name=action_take]")
    page.click("button[name=action_reply]:not(:disabled)")
    page.see(".o_reply_question")
    page.type(".o-mail-Composer-input", "Yes, come at eleven, they are warmed up.")
    page.click(".o-mail-Composer-send:enabled")
    page.see(".o_notification", "Answered")


def step_6(page):
    open_alert(page, "Bad mark of Oskar Lind")
    page.see(".o_form_view", "Three hours for one sentence.")
    page.see(".o_form_view", "Борис Савельев")


def step_7(page):
    open_alert(page, "Another product is offered")
    page.see(".o_form_view", "Altair F50 yellow")
    page.click("button[name=action_accept_open_offer]")
    page.miss("button[name=action_accept_open_offer]")
