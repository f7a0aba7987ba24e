# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A signed-in session that calls Odoo over HTTP as the web client does."""

import requests


class Refused(Exception):
    """What Odoo answered instead: the name of the exception and its sentence."""

    def __init__(self, error):
        super().__init__(error["data"]["message"])
        self.name = error["data"]["name"].rpartition(".")[2]


class Browser:
    def __init__(self, address, database, login, password):
        self.address = address
        self.session = requests.Session()
        values = {"db": database, "login": login, "password": password}
        self.user_id = self.json("/web/session/authenticate", **values)["uid"]

    def json(self, route, **params):
        request = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self.session.post(self.address + route, json=request, timeout=120)
        answer.raise_for_status()
        content = answer.json()
        if "error" in content:
            raise Refused(content["error"])
        return content.get("result")  # a method that gives nothing

    def call(self, model, method, *args, **kwargs):
        route = f"/web/dataset/call_kw/{model}/{method}"
        return self.json(route, model=model, method=method, args=args, kwargs=kwargs)

    def create(self, model, **values):
        """The id of a new record."""
        return self.call(model, "create", [values])[0]

    def search(self, model, domain, *fields):
        return self.call(model, "search_read", domain, list(fields))

    def reply(self, model, record_id, body, partner_ids):
        """Post an answer in the chatter, as the composer's Send does."""
        values = {
            "body": body,
            "message_type": "comment",
            "subtype_xmlid": "mail.mt_comment",
            "partner_ids": partner_ids,
        }
        route = "/mail/message/post"
        return self.json(
            route, thread_model=model, thread_id=record_id, post_data=values
        )
