# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from . import test_promise
from . import test_promise_moves
from . import test_questions_of_inquiry
from . import test_reply_facts
from . import test_send_later
from . import test_reply_tours
