# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What one does again and again on the screens of the walk."""

ROW = ".o_data_row"
BELL = ".o_menu_systray .o_alert_menu"
ALERT = ".o_alert_menu_list .o_alert_open"
SEARCH = ".o_searchview_input"
DIALOG = ".modal .o_form_view"


def open_alert(page, words):
    """Open the bell, and what an alert with these words is about."""
    page.click(BELL)
    page.click(ALERT, words)
    page.miss(".o_alert_menu_list")
    page.settle()


def open_row(page, words):
    page.click(f"{ROW} .o_data_cell:not(.o_list_record_selector)", words)
    page.see(".o_form_view")
    page.settle()


def select_row(page, words):
    """Tick the line with these words."""
    page.settle()
    page.see(ROW, words)
    page.evaluate(
        f"[...document.querySelectorAll('{ROW}')]"
        f".find((row) => row.textContent.includes({words!r}))"
        ".querySelector('.o_list_record_selector input').click()"
    )
    page.see(f"{ROW}:has(.o_list_record_selector input:checked)", words)


def search(page, words):
    """Look for words as one types them, and press Enter."""
    page.type(SEARCH, words)
    page.settle()
    page.press("Enter")
    page.see(".o_facet_value, .o_searchview_facet", words)
    page.settle()
    # a busy server has not answered yet: what is there was found before
    page.miss(".o_loading_indicator")


def fill(page, name, words):
    """Write into a field of the form or the dialog that is open."""
    field = f"[name={name}] input, [name={name}] textarea"
    page.type(field, words)
    page.evaluate("document.activeElement.blur()")
