# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_inquiry_day
from . import helpdesk_inquiry_report
from . import helpdesk_inquiry_report_measures
from . import helpdesk_inquiry_report_marks
from . import helpdesk_inquiry_report_open
from . import res_company_clock
from . import res_users_figures
