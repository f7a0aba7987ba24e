# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_ticket
from . import mail_thread
from . import res_company
from . import res_config_settings
