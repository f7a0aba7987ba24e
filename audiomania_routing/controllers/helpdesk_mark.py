# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import secrets
from http import HTTPStatus

from odoo import fields, http
from odoo.http import request
from odoo.tools import get_lang

ROUTE = {
    "type": "http",
    "auth": "public",
    "methods": ["GET", "POST"],
    "website": True,
    "multilang": False,
    "sitemap": False,
    # The signed address is the right to give this mark, whoever opens it: no cookie
    # adds to it, so that nothing can be forged by another page, and it works in mail
    # programs that keep no cookies.
    "csrf": False,
    "save_session": False,
    "max_content_length": 128 * 1024,
}
HEADERS = {
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
SCALE = range(1, 6)
LONGEST_KEY = 64

UNKNOWN, OVER, GONE, COLLEAGUE, OFTEN = "unknown", "over", "gone", "colleague", "often"
STATUSES = {
    UNKNOWN: HTTPStatus.NOT_FOUND,
    OVER: HTTPStatus.GONE,
    GONE: HTTPStatus.GONE,
    COLLEAGUE: HTTPStatus.FORBIDDEN,
    OFTEN: HTTPStatus.TOO_MANY_REQUESTS,
}


class HelpdeskMarkController(http.Controller):
    """Where a customer gives his marks and writes to the manager, without login
    (rule 23): what a link scanner opens shows a page, and only what is sent counts."""

    @http.route("/mark/<string:token>", **ROUTE)
    def give_mark(self, token, **values):
        link = request.env["helpdesk.mark"]._read_token(token)
        if problem := self._find_problem(link):
            return self._tell(problem, link, token)
        if request.httprequest.method == "POST":
            return self._take_mark(link, token, values)
        return self._show_form(link, token, values)

    @http.route("/mark/<string:token>/manager", **ROUTE)
    def write_to_manager(self, token, **values):
        link = request.env["helpdesk.mark"]._read_token(token)
        if not link:
            return self._tell(UNKNOWN, link, token)
        if request.env.user._is_internal():
            return self._tell(COLLEAGUE, link, token)
        if request.httprequest.method == "POST":
            return self._take_words(link, token, values)
        return self._show_words(link, token, values)

    # What is wrong with an address

    def _find_problem(self, link):
        marks = request.env["helpdesk.mark"]
        if not link:
            return UNKNOWN
        if request.env.user._is_internal():
            return COLLEAGUE
        if link.is_over(fields.Date.today()):
            return OVER
        return None if all(marks._get_rated(link)) else GONE

    def _tell(self, problem, link, token):
        """A page that says what is wrong, and what he can do."""
        values = {
            "problem": problem,
            "manager_url": f"/mark/{token}/manager" if link else False,
        }
        template = "audiomania_routing.mark_problem_page"
        return self._render(template, values, link, STATUSES[problem])

    # Marks

    def _take_mark(self, link, token, values):
        quality, speed = (_read_mark(values, name) for name in ("quality", "speed"))
        if not (quality or speed):
            missing = {**values, "is_missing": True}
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return self._show_form(link, token, missing, status)
        marks = request.env["helpdesk.mark"]
        if not marks._give(link, quality, speed, read_text(values, "comment")):
            return self._tell(OFTEN, link, token)
        return self._go_on(f"/mark/{token}?sent=1")

    def _show_form(self, link, token, values, status=HTTPStatus.OK):
        """The marks that he clicked; else those that he gave before."""
        marks = request.env["helpdesk.mark"]
        mark = marks._find(link)
        rated, user = marks._get_rated(link)
        shown = {
            "scale": SCALE,
            "url": f"/mark/{token}",
            "manager_url": f"/mark/{token}/manager",
            "employee": user.name,
            "company": rated.company_id.name,
            "title": rated.company_id.name,
            "subject": rated.name if link.order else rated.ticket_id.name,
            "is_order": bool(link.order),
            "quality": _read_mark(values, "quality") or mark.quality,
            "speed": _read_mark(values, "speed") or mark.speed,
            "comment": read_text(values, "comment") or mark.comment or "",
            "is_given": bool(mark),
            "is_sent": bool(mark and values.get("sent")),
            "is_missing": bool(values.get("is_missing")),
        }
        return self._render("audiomania_routing.mark_page", shown, link, status)

    # The manager

    def _take_words(self, link, token, values):
        text, key = (read_text(values, name) for name in ("text", "key"))
        if not text.strip():
            missing = {**values, "is_missing": True}
            status = HTTPStatus.UNPROCESSABLE_ENTITY
            return self._show_words(link, token, missing, status)
        tickets = request.env["helpdesk.ticket"]
        if not tickets._write_to_manager(link, text, key[:LONGEST_KEY]):
            return self._tell(OFTEN, link, token)
        return self._go_on(f"/mark/{token}/manager?sent=1")

    def _show_words(self, link, token, values, status=HTTPStatus.OK):
        tickets = request.env["helpdesk.ticket"]
        shown = {
            "is_another": tickets._is_read_by_another(link),
            "url": f"/mark/{token}/manager",
            "key": secrets.token_hex(8),
            "is_sent": bool(values.get("sent")),
            "is_missing": bool(values.get("is_missing")),
        }
        template = "audiomania_routing.mark_manager_page"
        return self._render(template, shown, link, status)

    # Pages

    def _render(self, template, values, link, status):
        """In the language of the customer, for him alone, under the company's name."""
        if link:
            # sudo: res.partner: the language of whom the signed address is for
            partner = request.env["res.partner"].sudo().browse(link.partner).exists()
            request.update_context(lang=get_lang(request.env, partner.lang).code)
        # sudo: res.company: its name stands on the tab of a browser
        title = request.env.company.sudo().name
        values = {"title": title, **values}
        response = request.render(template, values, status=status)
        response.headers.update(HEADERS)
        return response

    def _go_on(self, url):
        """What was sent is not sent again when the page is loaded again."""
        response = request.redirect(url, code=HTTPStatus.SEE_OTHER)
        response.headers.update(HEADERS)
        return response


def _read_mark(values, name):
    """A mark from 1 to 5; 0 for whatever else was sent."""
    text = str(values.get(name) or "")
    return int(text) if text in map(str, SCALE) else 0


def read_text(values, name):
    """The words that were sent, as the database keeps them; none if it is a file."""
    text = values.get(name)
    return text.replace("\0", "") if isinstance(text, str) else ""
