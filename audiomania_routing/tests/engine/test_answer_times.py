# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Until when who has taken a conversation answers (rule 11)."""

from datetime import timedelta

from builders import HOURS, at
from engine.answer import AnswerTimes, answer_times
from engine.policy import Policy

HOUR = timedelta(hours=1)


def test_only_working_time_counts():
    times = answer_times(at(11), HOURS, Policy())
    assert times == AnswerTimes(at(12), at(14), at(16))


def test_each_time_is_the_policy_s():
    policy = Policy(answer_within=3 * HOUR, remind_before=HOUR, supervisors_after=HOUR)
    times = answer_times(at(13), HOURS, policy)
    assert times == AnswerTimes(at(15), at(16), at(17))


def test_without_a_term_nothing_follows():
    policy = Policy(answer_within=timedelta(0))
    assert answer_times(at(10), HOURS, policy) == AnswerTimes()


def test_nobody_is_reminded_of_what_he_has_just_taken():
    for before in (timedelta(0), 2 * HOUR, 3 * HOUR):
        times = answer_times(at(9), HOURS, Policy(remind_before=before))
        assert times == AnswerTimes(None, at(11), at(14))


def test_of_whom_no_working_time_is_known_plain_time_counts():
    times = answer_times(at(20), (), Policy())
    assert times == AnswerTimes(at(21), at(22), at(22) + 2 * HOUR)


def test_supervisors_are_told_at_the_term_where_the_policy_has_it_so():
    times = answer_times(at(9), HOURS, Policy(supervisors_after=timedelta(0)))
    assert times.supervisors_at == times.due_at == at(11)
