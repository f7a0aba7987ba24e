# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import res_company
from . import res_config_settings
from . import helpdesk_mark
from . import rating_rating
from . import mail_thread
from . import helpdesk_inquiry
from . import helpdesk_ticket_team
from . import helpdesk_ticket
from . import helpdesk_ticket_footer
from . import helpdesk_ticket_invitation
from . import helpdesk_inquiry_invitation
from . import helpdesk_ticket_portal
from . import helpdesk_ticket_rating
from . import helpdesk_ticket_manager
from . import helpdesk_conversation_line
from . import res_users
from . import customer_document_mixin
from . import sale_order
