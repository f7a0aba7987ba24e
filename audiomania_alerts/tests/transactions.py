# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""For tests of what happens between transactions that really commit."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase
from odoo.tests.common import DummyRLock, get_db_name


class TransactionsCase(BaseCase):
    """Real transactions, each with a cursor of its own: ``clean`` removes at the end
    what they leave."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # The thread that runs the tests holds this lock all the time.
        self.startPatcher(patch.object(Registry, "_lock", DummyRLock()))
        self.addCleanup(self.clean)

    @contextmanager
    def transaction(self):
        """An environment whose changes are committed at the end of the block."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, SUPERUSER_ID, {})

    def clean(self):
        """Remove what this test has committed."""
        raise NotImplementedError
