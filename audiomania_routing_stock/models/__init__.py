# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import customer_affinity
from . import stock_move
from . import stock_move_line
from . import stock_picking
from . import stock_picking_numbers
from . import helpdesk_ticket_team
from . import sale_order
