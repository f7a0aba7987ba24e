# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_inquiry_marks
from . import helpdesk_mark_change
from . import rating_rating_averages
from . import rating_rating_trace
from . import rating_rating_followup
from . import rating_rating_readable
from . import rating_rating_kept
from . import helpdesk_quality_followup
from . import helpdesk_quality_contact
from . import helpdesk_quality_followup_heard
from . import helpdesk_quality_followup_clock
from . import helpdesk_ticket_team_followup
from . import helpdesk_ticket_followup
from . import sale_order_marks
from . import res_users_marks
from . import hr_employee_marks
