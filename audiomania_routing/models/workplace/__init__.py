# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_ticket_channel
from . import mail_address_book_public
from . import mail_thread_public
from . import helpdesk_inquiry_public
from . import helpdesk_ticket_public
from . import routing_channel_mixin
from . import helpdesk_inquiry_channel
from . import routing_channel_answer
from . import mail_message_thread
from . import helpdesk_ticket_by_channel
from . import helpdesk_ticket_team_waiting
from . import helpdesk_ticket_waiting
from . import helpdesk_inquiry_waiting
from . import helpdesk_ticket_closing
from . import helpdesk_ticket_transition
from . import helpdesk_ticket_no_action
from . import helpdesk_thanks_word
from . import helpdesk_inquiry_thanks
from . import helpdesk_ticket_portal
from . import helpdesk_inquiry_spoken
from . import helpdesk_ticket_spoken
from . import mail_thread_receipt
from . import helpdesk_ticket_team_receipt
from . import helpdesk_ticket_receipt
