# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who may not see a conversation reads nothing of it, by no way (rule 14).

Each way is tried as a colleague of each of the host's three groups whose turn comes
later, and as a clerk outside of the help desk, who are all in copy, follow it, were
told of it and have an activity on it; and as one who may see it, so that no way is
closed only because it was tried wrongly.

================================================  ======================================
what could tell                                   what tries it
================================================  ======================================
search, search_count, web_search_read,            ways.py (every kind of record that
name_search, groups (read_group, with counts),    hangs on a conversation, by each way
read by id, web_read, export                      of reading), test_leaks
whatever else a client may call by RPC, on the    test_methods_of_hidden (every public
conversation and on what hangs on it; copy,       method there is),
message_post, all actions                         test_actions_of_hidden
ordering, filtering and grouping by a field of    test_names
it; its name in links, in onchange, in what
hangs on it, in the history of another one, in
the refusal itself, in debug mode
mail.message: recipient in copy, follower,        ways.py ("chatter", "texts of its
notified, starred, author of an earlier one       messages"), test_leaks; test_security
attachments by id                                 ways.py, test_security
attachments and pages by address, portal and      test_links
its customer's link, with and without token
the routes of the web client and the chatter:     test_routes_of_hidden
inbox, starred, history, search, subscribers,
recipients, reactions, export, links in mails
activities: one's own, in the toolbar, the        ways.py, test_actions_of_hidden
activity view
tracking values                                   with their message (ways.py);
                                                  test_names
marks                                             ways.py, test_marks
discuss inbox and its number, starred             ways.py, test_routes_of_hidden
notification e-mails, inbox, messages of the      test_notices
bus, to followers and to who is mentioned
the bus: who looks at it, moments                 conversation/test_news,
                                                  conversation/test_clock
alerts                                            ways.py ("alerts"), audiomania_alerts
global search, command palette                    ways.py ("by its subject"),
                                                  test_routes_of_hidden (discuss/search)
buttons and counters of customer and order, the   test_lines
line without content
the dashboard of teams                            ways.py ("numbers on the team")
followers, scheduled messages                     ways.py, test_actions_of_hidden
dialogs, templates, links for others              test_dialogs_of_hidden
reports: graphs and pivots are groups; nothing    the first line; printing would be a
of a conversation is printed                      method or a route
any other kind of record, of addons to come, too  test_leaks (TestWhatHangsOnIt)
by way of a record beside it (customer, team,     ways.py ("by a field of it from ...")
inquiry)
members, leaders, departments that change         conversation/test_membership,
                                                  test_teams_at_once
whom the customer rated badly (a switch)          test_excluded
who may not be locked out: customers, portal,     test_leaks (TestCustomersKeep,
tickets of before the installation                TestWithoutLadder), test_links
all of it in any order, against a model           test_state_machine, model.py
================================================  ======================================
"""

from . import test_leaks
from . import test_lines
from . import test_names
from . import test_actions_of_hidden
from . import test_dialogs_of_hidden
from . import test_methods_of_hidden
from . import test_routes_of_hidden
from . import test_paths_to_hidden
from . import test_links
from . import test_marks
from . import test_notices
from . import test_state_machine
from . import test_excluded
from . import test_teams_at_once
