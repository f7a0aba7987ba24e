# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_alerts
from . import test_clock
from . import test_clock_time
from . import test_clock_workers
from . import test_closing
from . import test_closing_from_portal
from . import test_collision
from . import test_inquiry
from . import test_ladder
from . import test_membership
from . import test_queue
from . import test_reply
from . import test_take
from . import test_work_out
from . import test_transfer
from . import test_guard
from . import test_news
from . import test_merge
from . import test_split
from . import test_answer_term
from . import test_kept
from . import test_customer_panel
from . import test_next
