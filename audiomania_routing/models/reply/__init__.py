# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import routing_policy
from . import helpdesk_inquiry_promise
from . import helpdesk_ticket_transition
from . import helpdesk_ticket_promise
from . import helpdesk_ticket_promise_clock
