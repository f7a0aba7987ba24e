# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_template_limits
from . import test_public
from . import test_waiting_customer
from . import test_closing_ways
from . import test_no_action
from . import test_spoken
from . import test_receipt
from . import test_settings
from . import test_workplace_tours
from . import test_channel
from . import test_forged_context
