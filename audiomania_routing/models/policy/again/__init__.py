# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Open inquiries are decided again when what they rest on changes.

Whoever changes something notes it (``routing.again``); at the end of his transaction
the conversations that rest on it are decided again, never backwards. What nobody can
answer is told to the supervisors; what nobody sees is opened at once.
"""

from . import routing_again_source
from . import helpdesk_ticket_team_desk
from . import routing_facts_again
from . import helpdesk_ticket_nobody
from . import helpdesk_ticket_again
from . import helpdesk_ticket_history
from . import helpdesk_ticket_watch
from . import routing_again
from . import routing_again_note
from . import base_partner_merge
from . import customer_affinity
from . import customer_audience
from . import helpdesk_ticket_customer
from . import helpdesk_ticket_team
from . import res_company
from . import res_groups
from . import res_partner
from . import res_users
from . import resource_calendar
from . import resource_calendar_attendance
from . import resource_calendar_leaves
from . import resource_resource
