# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import hashlib
import logging
from http import HTTPStatus

import psycopg2

from odoo import SUPERUSER_ID, http
from odoo.http import request

_logger = logging.getLogger(__name__)

LARGEST_LETTER = 100 * 1024 * 1024
"""In bytes. The mail server keeps a larger one; the mail servers' own limits, which
are told to the sender at once, belong below this one (see CONFIGURE)."""

LETTER = "message/rfc822"


class MailIntakeController(http.Controller):
    """Where a mail server's pipe hands over letters, byte for byte (rule 18).

    GET asks whether the secret is right, and hands over nothing.
    """

    @http.route(
        "/mail/intake",
        type="http",
        auth="none",
        methods=["GET", "POST"],
        csrf=False,
        readonly=False,
        save_session=False,
        max_content_length=lambda _controller: LARGEST_LETTER,
    )
    def take_in(self, **_parameters):
        """Answer 200, with the hash of what came, only when the letter is written
        down for good. The pipe takes any other answer for "not now"."""
        try:
            pipe = self._find_pipe()
            if not pipe:
                _logger.info("A mail server's pipe came with a wrong secret")
                return self._answer(HTTPStatus.FORBIDDEN, "The secret is wrong.")
            if request.httprequest.method == "GET":
                return self._confirm(b"")
            return self._take_letter(pipe)
        except psycopg2.Error:
            _logger.info("A letter could not be written down", exc_info=True)
            return self._answer(HTTPStatus.SERVICE_UNAVAILABLE, "Try again later.")

    def _find_pipe(self):
        kind, _space, secret = request.httprequest.headers.get(
            "Authorization", ""
        ).partition(" ")
        if kind.lower() != "bearer":
            return None
        # as the job that fetches mailboxes: whoever holds the secret delivers letters
        env = request.env(user=SUPERUSER_ID, context={})
        return env["fetchmail.server"]._find_pipe(secret.strip())

    def _take_letter(self, pipe):
        if request.httprequest.mimetype != LETTER:
            # Odoo has read it as a form, and not as bytes
            return self._answer(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"Not a {LETTER}.")
        raw = request.httprequest.get_data()
        if not raw:
            return self._answer(HTTPStatus.BAD_REQUEST, "There is no letter.")
        pipe._take_in(raw)
        return self._confirm(raw)

    def _confirm(self, raw):
        return self._answer(HTTPStatus.OK, hashlib.sha256(raw).hexdigest())

    def _answer(self, status, text):
        headers = {"Content-Type": "text/plain; charset=utf-8"}
        return request.make_response(text, headers, status=status)
