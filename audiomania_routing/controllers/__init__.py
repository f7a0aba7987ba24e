# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_ticket
from . import sale_portal
from . import mail_intake
from . import portal_visibility
from . import helpdesk_mark
