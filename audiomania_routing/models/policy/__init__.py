# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import routing_facts
from . import routing_facts_document
from . import routing_presence
from . import resource_calendar
from . import resource_calendar_attendance
from . import routing_explanation
from . import routing_facts_policy
from . import routing_criterion
from . import routing_policy
from . import routing_policy_criterion
from . import routing_policy_change
from . import helpdesk_ticket_policy
from . import res_users_policy
from . import routing_facts_transfer
from . import routing_readable_marks
from . import routing_figures
from . import helpdesk_inquiry_figures
from . import routing_trial_mixin
from . import routing_trial
from . import helpdesk_ticket_trial
from . import mail_mail_trial
from . import routing_policy_trial
from . import routing_facts_letter
from . import routing_policy_affinity
