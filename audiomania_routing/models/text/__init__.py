# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import routing_product_phrase
from . import product_template
from . import product_product
from . import ir_sequence
from . import customer_document_numbers
from . import sale_order
from . import account_journal
from . import account_move
from . import res_partner
from . import routing_letter
from . import helpdesk_inquiry_letter
from . import helpdesk_ticket_suggestion
