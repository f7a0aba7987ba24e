# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import re
from datetime import timedelta

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common_marks import MarkCase

KEY = re.compile(r'name="key" value="(\w+)"')
SECRET = "Do you have it in green?"


@tagged("post_install", "-at_install")
class TestMarkPages(MarkCase, HttpCase):
    """A page without login: what is opened is shown, what is sent counts (rule 23)."""

    def setUp(self):
        super().setUp()
        self.message = self.answer()
        self.link = self.ticket._get_mark_link(self.message)
        self.url = self.get_url()

    def get_url(self, days=60, **values):
        link = type(self.link)(**{**vars(self.link), **values})
        return f"/mark/{self.marks._make_token(link, days)}"

    def post(self, url=None, **values):
        response = self.url_open(url or self.url, data=values or {"nothing": "1"})
        self.env.invalidate_all()
        return response

    def get_mark(self):
        self.env.invalidate_all()
        return self.marks.search([("message_id", "=", self.message.id)])

    def test_what_is_opened_rates_nothing(self):
        """Link scanners open every address in a letter, some by HEAD."""
        for number in range(1, 6):
            for name in ("quality", "speed"):
                url = f"{self.url}?{name}={number}"
                self.assertEqual(self.url_open(url).status_code, 200)
                self.assertEqual(self.url_open(url, method="HEAD").status_code, 200)
        self.assertFalse(self.get_mark())

    def test_the_page_shows_the_mark_that_was_clicked(self):
        page = self.url_open(f"{self.url}?quality=4")
        self.assertRegex(page.text, r'(?s)name="quality"\s+value="4"[^>]*checked')
        self.assertEqual(page.text.count('checked="checked"'), 1)
        self.assertIn("Anna", page.text)
        self.assertIn(f"<title>{self.company.name}</title>", page.text)

    def test_the_page_tells_nothing_of_what_was_said(self):
        page = self.url_open(self.url)
        self.assertNotIn(SECRET, page.text)
        self.assertNotIn("Yes, in green", page.text)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        self.assertEqual(page.headers["Referrer-Policy"], "no-referrer")

    def test_what_is_sent_counts_and_is_changed_later(self):
        page = self.post(quality="4", speed="5", comment="Fine <b>")
        self.assertEqual(page.status_code, 200)
        self.assertIn("Thank you", page.text)
        mark = self.get_mark()
        self.assertEqual((mark.quality, mark.speed), (4, 5))
        self.assertNotIn("Fine <b>", page.text)
        self.post(quality="2", speed="5")
        self.assertEqual(self.get_mark(), mark)
        self.assertEqual((mark.quality, mark.change_count), (2, 1))
        self.assertEqual(len(mark.rating_ids), 1)

    def test_nothing_chosen_is_said(self):
        for values in ({"comment": "Hm"}, {"quality": "6"}, {"quality": "4 or 1=1"}):
            page = self.post(**values)
            self.assertEqual(page.status_code, 422)
            self.assertIn("choose a mark", page.text)
        self.assertFalse(self.get_mark())

    @mute_logger("odoo.http")
    def test_a_forged_or_broken_address_gets_a_clear_page(self):
        forged = self.url.replace(f"-{self.link.user}-", f"-{self.boris.id}-", 1)
        for url in (forged, self.url[:-2], "/mark/nonsense", "/mark/1-2-3-4-5-6-7"):
            for page in (self.url_open(url), self.post(url, quality="1")):
                self.assertEqual(page.status_code, 404)
                self.assertIn("not complete", page.text)
        self.assertEqual(self.url_open(f"{forged}/manager").status_code, 404)
        self.assertFalse(self.get_mark())

    def test_an_expired_one_leaves_the_way_to_the_manager(self):
        url = self.get_url(days=-1)
        for page in (self.url_open(url), self.post(url, quality="1")):
            self.assertEqual(page.status_code, 410)
            self.assertIn("/manager", page.text)
        self.assertFalse(self.get_mark())
        self.assertEqual(self.url_open(f"{url}/manager").status_code, 200)

    def test_on_its_last_day_it_holds(self):
        self.assertEqual(self.url_open(self.get_url(days=0)).status_code, 200)

    def test_of_what_is_gone_the_manager_is_left(self):
        self.ticket.unlink()
        page = self.post(quality="1")
        self.assertEqual(page.status_code, 410)
        page = self.post(f"{self.url}/manager", text="He was rude", key="a")
        self.assertEqual(page.status_code, 200)
        about = self.env["helpdesk.ticket"].search(
            [("about_user_id", "=", self.anna.id)]
        )
        self.assertEqual(about.partner_id, self.customer)

    def test_an_employee_who_is_signed_in_gives_no_mark(self):
        self.boris.password = "boris-has-a-password"
        self.authenticate(self.boris.login, "boris-has-a-password")
        for page in (self.url_open(self.url), self.post(quality="5")):
            self.assertEqual(page.status_code, 403)
        self.assertFalse(self.get_mark())

    def test_a_mind_that_changes_too_often_is_told(self):
        self.post(quality="5")
        self.get_mark().change_count = 20
        self.assertEqual(self.post(quality="1").status_code, 429)
        self.assertEqual(self.get_mark().quality, 5)

    def test_words_to_the_manager_are_an_inquiry_once_for_each_form(self):
        url = f"{self.url}/manager"
        key = KEY.search(self.url_open(url).text)[1]
        for _click in range(2):
            page = self.post(url, text="He was rude", key=key)
            self.assertIn("the manager has your message", page.text)
        about = self.env["helpdesk.ticket"].search(
            [("about_ticket_id", "=", self.ticket.id)]
        )
        self.assertEqual(len(about), 1)
        self.assertEqual(about.inquiry_ids.state, "pending")
        self.assertEqual(about.inquiry_ids.partner_id, self.customer)
        self.assertIn("He was rude", about.inquiry_ids.message_id.body)

    def test_what_no_form_sends_is_no_fault(self):
        self.assertEqual(self.post(quality="3", comment="a\0b").status_code, 200)
        self.assertEqual(self.get_mark().comment, "ab")
        file = {"comment": ("a.txt", b"a file"), "quality": (None, "4")}
        self.assertEqual(self.url_open(self.url, files=file).status_code, 200)
        self.assertFalse(self.get_mark().comment)
        url = f"{self.url}/manager"
        page = self.post(url, text="a\0b", key="a\0b")
        self.assertEqual(page.status_code, 200)
        file = {"text": ("a.txt", b"a file")}
        self.assertEqual(self.url_open(url, files=file).status_code, 422)

    def test_words_to_the_manager_are_limited(self):
        url = f"{self.url}/manager"
        self.assertEqual(self.post(url, text=" ", key="0").status_code, 422)
        for key in "123":
            self.assertEqual(self.post(url, text="Hello?", key=key).status_code, 200)
        self.assertEqual(self.post(url, text="Hello?", key="4").status_code, 429)
        self.at(timedelta(days=2))
        self.assertEqual(self.post(url, text="Hello?", key="4").status_code, 200)
