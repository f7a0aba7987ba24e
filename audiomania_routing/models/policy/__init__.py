# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import routing_facts
from . import routing_facts_document
from . import routing_presence
from . import resource_calendar
from . import resource_calendar_attendance
from . import routing_explanation
from . import helpdesk_inquiry_letter
from . import routing_facts_policy
from . import routing_criterion
from . import routing_policy
from . import routing_policy_criterion
from . import routing_policy_change
from . import helpdesk_ticket_policy
from . import res_users_policy
from . import routing_facts_transfer
