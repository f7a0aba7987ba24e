# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import fetchmail_server
from . import helpdesk_ticket
from . import mail_alias_domain
from . import mail_intake_entry
from . import mail_intake_entry_protocol
from . import mail_thread_address
from . import mail_thread_route
from . import mail_thread_judge
from . import mail_thread_parse
from . import res_company
from . import res_config_settings

# Outermost: they see the letter first and know its outcome last.
from . import mail_thread_edge
