# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_inquiry_day
from . import helpdesk_inquiry_report
from . import helpdesk_inquiry_report_measures
from . import helpdesk_inquiry_report_marks
from . import helpdesk_inquiry_report_open
from . import res_users_figures
from . import helpdesk_inquiry_indexes
from . import helpdesk_dashboard
from . import helpdesk_dashboard_words
from . import helpdesk_dashboard_measures
from . import helpdesk_dashboard_waiting
from . import helpdesk_dashboard_today
from . import helpdesk_dashboard_window
from . import helpdesk_dashboard_marks
from . import helpdesk_dashboard_load
from . import helpdesk_dashboard_digest
from . import digest_digest
from . import digest_digest_recipients
from . import ir_filters
