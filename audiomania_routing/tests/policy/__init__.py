# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_routing_explanation
from . import test_history_facts
from . import test_load_facts
from . import test_mark_facts
from . import test_staff_facts
from . import test_unanswered_facts
from . import test_routing_facts
from . import test_routing_policy
from . import test_routing_trial
from . import test_again
from . import test_again_job
from . import test_watch
from . import test_seen_by_somebody
from . import test_facts_edges
