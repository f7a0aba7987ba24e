# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_target
from . import helpdesk_target_dates
from . import helpdesk_target_applying
from . import helpdesk_ticket_team
from . import res_company
from . import res_users
from . import helpdesk_inquiry_target
from . import helpdesk_inquiry_target_clock
from . import helpdesk_ticket_target
from . import helpdesk_ticket_target_attention
from . import helpdesk_target_result
from . import helpdesk_target_sheet
from . import helpdesk_target_month
