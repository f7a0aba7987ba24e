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
