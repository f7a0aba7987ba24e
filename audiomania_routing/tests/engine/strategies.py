# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Any facts, any policy: what hypothesis draws from."""

from dataclasses import replace
from datetime import timedelta

from builders import NOW, OTHER_TEAM, TEAM, at
from engine.facts import Away, Customer, Employee, Inquiry, Segment
from engine.marks import Mark, Marks
from engine.policy import DEFAULT_WEIGHTS, Policy
from engine.worktime import union
from hypothesis import strategies as st

THIRD_TEAM = 70
MOMENTS = st.integers(0, 7 * 24 * 60).map(
    lambda minutes: at(0) + timedelta(0, 60 * minutes)
)
LATER = MOMENTS.filter(lambda moment: moment > NOW)
INTERVALS = st.lists(
    st.tuples(MOMENTS, MOMENTS).filter(lambda pair: pair[0] < pair[1]), max_size=6
)
IDS = st.integers(1, 6)
SOME_IDS = st.lists(IDS, unique=True, max_size=3).map(tuple)
SHARES = st.floats(0, 1)
MARKS = st.floats(1, 5)
TEAMS = st.sampled_from([TEAM, OTHER_TEAM, THIRD_TEAM])
LANGUAGES = st.sampled_from(["de", "en"])

CHANGING = {
    "away": st.sampled_from([None, None, *Away]),
    "at_work_until": st.none() | LATER,
    "back_at": st.none() | MOMENTS,
    "hours": INTERVALS.map(union),
    "handled": SHARES,
    "conversed": SHARES,
    "conversed_lately": SHARES,
    "expertise": SHARES,
    "workshare": SHARES,
    "last_active_at": st.none() | MOMENTS,
    "mark": st.none() | st.builds(Mark, MARKS, MOMENTS),
    "marks": st.none() | st.builds(Marks, MARKS, st.integers(0, 99), MARKS),
    "open_inquiries": st.integers(0, 30),
    "unanswered": SHARES,
    "limit": st.none() | st.integers(0, 9),
    "substitute_for": SOME_IDS,
    "excluded": st.sampled_from([False, False, False, True]),
}
EMPLOYEES = st.builds(
    Employee,
    id=IDS,
    team_ids=st.lists(TEAMS, unique=True, max_size=2).map(tuple),
    languages=st.lists(LANGUAGES, unique=True).map(tuple),
    extra=st.dictionaries(st.just("knows_tubes"), SHARES),
    **CHANGING,
)
PEOPLE = st.lists(EMPLOYEES, unique_by=lambda each: each.id, max_size=5)
INQUIRIES = st.builds(
    Inquiry,
    id=st.just(1),
    named=SOME_IDS,
    continues=st.none() | IDS,
    document=st.none() | IDS,
    mentioned=SOME_IDS,
    products=st.lists(
        st.builds(Segment, st.integers(1, 3), st.none() | TEAMS, SHARES), max_size=3
    ).map(tuple),
    language=st.none() | LANGUAGES,
    transferred_to=st.none() | st.none() | IDS,
    transferred_team=st.none() | st.none() | TEAMS,
)
CUSTOMERS = st.builds(
    Customer,
    audience_id=st.none() | st.integers(1, 3),
    audience_team_id=st.none() | TEAMS,
    language=st.none() | LANGUAGES,
    open_with=SOME_IDS,
    guessed=st.booleans(),
)
POLICIES = st.builds(
    Policy,
    weights=st.dictionaries(
        st.sampled_from([*DEFAULT_WEIGHTS, "of_a_removed_addon"]), st.floats(-9, 9)
    ),
    window_for_named=st.booleans(),
    stand_out=st.booleans(),
    threshold=st.floats(-2, 5),
    lead=st.floats(0, 3),
    limit=st.integers(0, 30),
    decisive_lead=st.floats(0, 5),
    bad_mark=st.floats(0, 5),
    hide_badly_rated=st.booleans(),
    marks_half_life=st.integers(1, 10).map(timedelta),
    prior_strength=st.floats(0, 20),
)


@st.composite
def later_staff(draw, staff):
    """The same people in the same teams, of whom anything else has changed."""
    return [
        replace(each, **{name: draw(values) for name, values in CHANGING.items()})
        for each in staff
        if draw(st.integers(0, 9))
    ]
