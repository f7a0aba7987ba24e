# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_inquiry
from . import helpdesk_ticket
from . import helpdesk_ticket_actions
from . import helpdesk_ticket_address
from . import helpdesk_ticket_alerts
from . import helpdesk_ticket_clock
from . import helpdesk_ticket_document
from . import helpdesk_ticket_reply
from . import helpdesk_ticket_stage
from . import helpdesk_ticket_team
from . import ir_websocket
from . import res_users
from . import helpdesk_inquiry_transfer
from . import helpdesk_ticket_transition
from . import helpdesk_ticket_transfer
from . import helpdesk_ticket_guard
from . import helpdesk_ticket_merge
from . import helpdesk_ticket_duplicate
from . import helpdesk_ticket_split
from . import helpdesk_ticket_news
from . import helpdesk_ticket_presence
from . import ir_websocket_presence
from . import mail_compose_message
from . import res_partner
from . import helpdesk_ticket_answer
