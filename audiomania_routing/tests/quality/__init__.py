# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_working_time
from . import test_marks_given
from . import test_averages
from . import test_analysis
from . import test_analysis_rights
from . import test_measures
from . import test_types
from . import test_followup
from . import test_marks_readable
from . import test_followup_collision
from . import test_analysis_letters
from . import test_target
from . import test_target_workers
from . import test_target_sheet
from . import test_marks_in_answers
from . import test_mark_pages
from . import test_manager
from . import test_invitation
from . import test_mark_collision
from . import test_marks_forged
from . import test_dashboard
from . import test_dashboard_marks
from . import test_digest
from . import test_dashboard_tour
