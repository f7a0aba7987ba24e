# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_customer_affinity
from . import test_customer_audience
from . import test_evidence
from . import test_histories
from . import test_recount
from . import test_sums_collision
