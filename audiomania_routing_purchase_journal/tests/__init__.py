# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_letters_and_requests
from . import test_security
