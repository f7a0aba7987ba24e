# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import routing_policy
from . import helpdesk_inquiry_promise
from . import helpdesk_ticket_transition
from . import helpdesk_ticket_promise
from . import helpdesk_ticket_promise_clock
from . import helpdesk_inquiry_question
from . import helpdesk_ticket_questions
from . import helpdesk_ticket_reply_facts
from . import res_partner
from . import res_company
from . import res_config_settings
from . import mail_compose_message
from . import mail_scheduled_message
