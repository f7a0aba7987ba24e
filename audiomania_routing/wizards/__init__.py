# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import customer_audience_proposal
from . import customer_audience_proposal_line
from . import helpdesk_mark_revise
from . import helpdesk_quality_followup_close
from . import helpdesk_quality_followup_note
from . import helpdesk_ticket_call
from . import helpdesk_ticket_merge_into
from . import helpdesk_ticket_spoken
from . import helpdesk_ticket_split_off
from . import helpdesk_ticket_split_off_line
from . import helpdesk_ticket_transfer
