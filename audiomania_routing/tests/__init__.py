# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_js
from . import test_security
from . import test_tours
from .audience import *
from .conversation import *
from .intake import *
from .workplace import *
from .policy import *
from .visibility import *
from .text import *
from .reply import *
from .queue import *
from .quality import *
from .setup_list import *
