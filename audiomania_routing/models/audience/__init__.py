# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import customer_audience
from . import customer_audience_source
from . import customer_affinity
from . import customer_affinity_recount
from . import customer_affinity_sql
from . import base_partner_merge
from . import product_category
from . import product_product
from . import product_tag
from . import product_template
from . import res_company
from . import res_partner
from . import res_partner_evidence
from . import sale_order
from . import sale_order_line
