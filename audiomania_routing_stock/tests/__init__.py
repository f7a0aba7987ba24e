# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_deliveries
from . import test_returns
from . import test_security
from . import test_named_deliveries
from . import test_delivered_marks
