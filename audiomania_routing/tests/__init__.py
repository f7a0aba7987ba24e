# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_js
from . import test_security
from . import test_tours
from .audience import test_customer_affinity
from .audience import test_customer_audience
from .conversation import test_alerts
from .conversation import test_closing
from .conversation import test_closing_from_portal
from .conversation import test_collision
from .conversation import test_inquiry
from .conversation import test_ladder
from .conversation import test_membership
from .conversation import test_queue
from .conversation import test_reply
from .conversation import test_take
from .conversation import test_work_out
from .intake import test_addresses
from .intake import test_automatic
from .intake import test_fetching
from .intake import test_protocol
from .intake import test_by_hand
from .intake import test_documents
from .intake import test_gateway
from .intake import test_portal
from .policy import test_routing_explanation
from .policy import test_routing_facts
