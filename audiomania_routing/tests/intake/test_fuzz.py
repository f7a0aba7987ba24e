# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

import os
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ..conversation.common import ConversationCase
from .mutations import MUTATIONS, mutated

FOLDER = Path(__file__).resolve().parents[3] / "tests" / "letters"
LETTERS = sorted(path.name for path in FOLDER.glob("*.eml"))
MANY = int(os.environ.get("AUDIOMANIA_FUZZ", "0"))
"""So many letters instead of the same few each time: `AUDIOMANIA_FUZZ=20000`."""

FUZZ = settings(
    max_examples=MANY or 150,
    derandomize=not MANY,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@tagged("post_install", "-at_install")
class TestFuzz(ConversationCase):
    """Whatever happens to a letter on its way, it is accounted for (rule 18).

    Cut, doubled, shuffled and corrupted, each sample letter has exactly one entry with
    one outcome, and nothing is raised. A warning in the log fails the run, too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.alias_domain_id = cls.env["mail.alias.domain"].create(
            {"name": "audiomania.example", "company_ids": [(4, cls.company.id)]}
        )
        cls.department.alias_name = "hifi"
        cls.anna.email = "anna@audiomania.example"
        cls.boris.email = "nina@audiomania.example"

    def receive_apart(self, raw):
        """What one letter adds to the list of entries; then it never was."""
        entries = self.env["mail.intake.entry"]
        with self.env.cr.savepoint() as savepoint:
            last = entries.search([], order="id desc", limit=1).id or 0
            self.env["mail.thread"].message_process(False, raw)
            found = entries.search([("id", ">", last)]).mapped("outcome")
            savepoint.rollback()
        return found

    def assertAccounted(self, raw):
        outcomes = self.receive_apart(raw)
        self.assertEqual(len(outcomes), 1)
        self.assertIn(outcomes[0], self.outcomes)

    @property
    def outcomes(self):
        selection = self.env["mail.intake.entry"]._fields["outcome"].selection
        return dict(selection)

    def test_there_are_letters_to_start_from(self):
        self.assertGreater(len(LETTERS), 120)

    def test_each_sample_as_it_is_has_one_entry_with_an_outcome(self):
        for name in LETTERS:
            with self.subTest(name):
                self.assertAccounted((FOLDER / name).read_bytes())

    @FUZZ
    @given(st.sampled_from(LETTERS), st.lists(MUTATIONS, min_size=1, max_size=4))
    def test_each_spoilt_letter_has_one_entry_with_an_outcome(self, name, mutations):
        self.assertAccounted(mutated((FOLDER / name).read_bytes(), mutations))

    @FUZZ
    @given(st.binary(max_size=2000))
    def test_octets_that_are_no_letter_have_one_entry_with_an_outcome(self, raw):
        self.assertAccounted(raw)
