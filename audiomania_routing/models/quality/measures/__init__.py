# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_inquiry_type
from . import helpdesk_inquiry_type_rule
from . import helpdesk_inquiry_measures
from . import helpdesk_inquiry_steps
from . import helpdesk_inquiry_known
from . import helpdesk_inquiry_typed
from . import helpdesk_ticket_steps
from . import helpdesk_ticket_type
from . import resource_calendar
from . import resource_calendar_leaves
from . import res_company
from . import helpdesk_ticket_team_hours
