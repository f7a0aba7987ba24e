# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""P11: words in the texts of conversations, beside stock's search in messages.

1,000,000 messages of 40 words, three to a conversation; every tenth has a common word,
forty have a rare one. The reader is an employee of one team of nine, and what waits for
others is hidden from him. The screen is the first page of all that he may see and that
has the word; it has a second for that. Beside stock: its own list, narrowed by
`message_ids.body`, the only way it has.
"""

import bench_queue
from bench_queue import Screen
from common import OURS, STOCK, environment, in_turn, kept, row, start, write

from odoo.fields import Domain
from odoo.modules.registry import Registry

STORED, STORED_SMALL = 1_000_000, 50_000
CONVERSATIONS = 3
"""One conversation to so many messages."""
SECOND, GROWTH_GOAL = 1000, 12.0
"""Ten times as many messages have ten times as many finds, which have to be sorted."""
RARE, COMMON = "serendipity", "turntable"
FINDS = 40
"""So many messages have the rare word, in a history of any length."""

MESSAGES = """
    INSERT INTO mail_message (model, res_id, message_type, subtype_id, author_id, date,
        create_date, subject, body, is_internal)
    SELECT 'helpdesk.ticket', ticket.id, 'email', %(subtype)s, ticket.partner_id,
        ticket.create_date, ticket.create_date, 'A question',
        '<p>' || CASE WHEN number %% 10 = 0 THEN %(common)s ELSE 'cable' END
        || CASE WHEN number %% %(apart)s = 0 THEN ' ' || %(rare)s ELSE '' END
        || (SELECT string_agg(
                ' word' || (number::bigint * 7919 + place * 104729) %% 5003, '')
              FROM generate_series(1, 38) AS place) || '</p>', FALSE
      FROM generate_series(1, %(stored)s) AS number
      JOIN (SELECT id, partner_id, create_date, row_number() OVER (ORDER BY id) AS rank
              FROM helpdesk_ticket) AS ticket ON rank = 1 + number / %(each)s
"""


def fill(database, stored):
    """So many messages in conversations; the id of an employee."""
    reader = bench_queue.fill(database, stored // CONVERSATIONS + 1)
    with environment(database) as env:
        env.cr.execute(
            MESSAGES,
            {
                "subtype": env.ref("mail.mt_comment").id,
                "common": COMMON,
                "rare": RARE,
                "apart": stored // FINDS,
                "each": CONVERSATIONS,
                "stored": stored,
            },
        )
    with Registry(database).cursor() as cr:
        cr._cnx.autocommit = True
        cr.execute("VACUUM ANALYZE mail_message")
    return reader


def have(template, stored):
    """The kept database with so many messages, and an employee of it."""
    name = f"{template}_search_{stored}"
    return name, kept(template, name, lambda database: fill(database, stored))


class Search(Screen):
    """A list in which an employee looks for a word."""

    def narrowed(self, field, word):
        """A function that shows the page of what has the word."""
        domain = list(Domain(self.domain) & Domain(field, "ilike", word))

        def work(_round):
            with self.reader() as env:
                page = env["helpdesk.ticket"].web_search_read(
                    domain, {"name": {}, "partner_id": {}}, limit=bench_queue.PAGE,
                    order=self.order, count_limit=10001,
                )  # fmt: skip
                assert page["records"], (field, word)

        return work


def main():
    options = start()
    stored = STORED_SMALL if options.small else STORED
    readable = "audiomania_routing.helpdesk_ticket_action_readable"
    many = Search(*have(OURS, stored), readable)
    few = Search(*have(OURS, stored // 10), readable)
    stock = Search(*have(STOCK, stored), "helpdesk_mgmt.helpdesk_ticket_action")
    rows = []
    for kind, word in (("rare", RARE), ("common", COMMON)):
        work = f"a {kind} word in {stored:,} messages"
        ours, of_few, of_stock = in_turn(
            5 if options.small else 15,
            many.narrowed("found_by_text", word),
            few.narrowed("found_by_text", word),
            stock.narrowed("message_ids.body", word),
        )
        rows += [
            row("P11", work, ours, SECOND, 1.0, "(a second)"),
            row("P11", work, ours, of_stock, 1.0),
            row("P11", work, ours, of_few, GROWTH_GOAL, f"(ours, {stored // 10:,})"),
        ]
    write(options.output, rows)


if __name__ == "__main__":
    main()
