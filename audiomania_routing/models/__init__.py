# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import routing_memory_mixin
from . import audience
from . import conversation
from . import intake
from . import policy
from . import visibility
from . import text
from . import workplace
from . import reply
from . import queue
from . import quality
from . import setup_list
