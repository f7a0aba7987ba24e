# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import helpdesk_inquiry_type
from . import helpdesk_inquiry_measures
