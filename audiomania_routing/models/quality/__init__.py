# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import measures
from . import marks
from . import followup
from . import targets
from . import figures
