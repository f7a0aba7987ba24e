# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import conversation_part
from . import helpdesk_conversation_line
from . import helpdesk_inquiry
from . import helpdesk_ticket
from . import helpdesk_ticket_excluded
from . import helpdesk_ticket_portal
from . import ir_attachment
from . import ir_binary
from . import mail_activity
from . import mail_followers
from . import mail_message
from . import mail_notification
from . import mail_scheduled_message
from . import mail_tracking_value
from . import rating_rating
from . import res_partner_conversations
from . import res_partner_inbox
from . import res_users
from . import routing_policy
from . import sale_order
