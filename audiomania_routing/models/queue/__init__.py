# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_ticket_attention
from . import helpdesk_ticket_channel
from . import helpdesk_ticket_live
from . import helpdesk_ticket_page
from . import helpdesk_ticket_search
from . import helpdesk_inquiry_live
from . import ir_websocket
from . import mail_message
from . import res_users
