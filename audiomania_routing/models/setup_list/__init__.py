# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_inquiry
from . import helpdesk_inquiry_report
from . import helpdesk_ticket
from . import helpdesk_ticket_adoption
from . import ir_http
from . import res_company
from . import routing_setup_step
from . import routing_setup_step_existing
from . import routing_setup_step_mail
from . import routing_setup_step_people
from . import routing_setup_step_roles
