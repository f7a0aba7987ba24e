# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A replay says of a history whose structure is known what is known before."""

import json
from math import sqrt

import pytest
from backtest import replay as counted
from backtest import synthetic
from backtest.__main__ import main
from backtest.history import History, in_order, read
from backtest.replay import CEILING, ENGINE, LAST, OF_ALL, OF_CUSTOMER, replay
from engine.policy import Policy

SURE = 3.3
"""So many standard errors are exceeded once in a thousand histories."""


def first(history, answer=ENGINE):
    result = replay(history)
    return result.share(result.first, answer)


@pytest.mark.parametrize("staff", [2, 5, 10])
def test_a_random_history_gives_what_chance_gives(staff):
    result = replay(synthetic.chance(seed=staff, staff=staff))
    expected, of_three = 1 / staff, min(1.0, 3 / staff)
    for answer in (ENGINE, OF_ALL):
        for counts, share in ((result.first, expected), (result.among, of_three)):
            error = SURE * sqrt(share * (1 - share) / result.asked) + 0.005
            assert abs(result.share(counts, answer) - share) < error


def test_where_the_last_always_takes_it_only_first_letters_are_missed():
    history = synthetic.loyal(seed=1)
    assert first(history) > 0.98
    assert first(history, LAST) == first(history, CEILING) == 0.98


def test_the_category_tells_where_nobody_knows_the_customer():
    history = synthetic.specialists(seed=1)
    assert first(history) > 0.98
    assert first(history, CEILING) == 0.0


def test_who_has_not_been_seen_lately_is_not_named():
    result = replay(synthetic.shifts(seed=1))
    assert result.share(result.among, ENGINE) > 0.85
    assert result.share(result.among, OF_ALL) < 0.6


def test_absences_tell_who_cannot_be_the_one():
    history = synthetic.with_absences(seed=1)
    assert first(history) > first(history, OF_CUSTOMER) + 0.03
    result = replay(history)
    assert result.alone_right > 0.99 * result.alone > 0.7 * result.asked


def test_the_same_history_gives_the_same_figures():
    assert replay(synthetic.chance(seed=3, cases=300)) == replay(
        synthetic.chance(seed=3, cases=300)
    )


def test_nothing_of_the_future_is_known(monkeypatch):
    """Whatever happens after a moment changes no answer before it."""
    history = synthetic.chance(seed=4, cases=200)
    named = []
    decide = counted.decide

    def noting(*facts):
        decision = decide(*facts)
        named.append(list(decision.ranking.ids))
        return decision

    monkeypatch.setattr(counted, "decide", noting)
    replay(history)
    whole, named[:] = list(named), []
    half = len(history.events) // 2
    replay(History(history.events[:half]))
    assert named == whole[: len(named)]
    assert len(named) == 100


def asked_of(written, *rows):
    result = replay(read(written(*rows)))
    return result.asked, result.left_out


def test_the_first_who_took_it_took_it(written):
    folder = written(
        "2025-03-01,0,ann,eve,taken,,",
        "2025-03-02,1,ann,,opened,,",
        "2025-03-03,1,ann,eve,taken,,",
        "2025-03-04,1,ann,bob,taken,,",
    )
    assert replay(read(folder)).first[LAST] == 1


def test_where_nobody_took_it_who_resolved_it_did(written):
    opened = "2025-03-02,1,ann,,opened,,"
    assert asked_of(written, opened, "2025-03-03,1,ann,eve,resolved,,") == (1, 0)


def test_what_nobody_took_or_had_before_it_opened_is_left_out(written):
    opened = "2025-03-02,1,ann,,opened,,"
    assert asked_of(written, opened, "2025-03-03,1,ann,,taken,,") == (0, 1)
    assert asked_of(written, opened, "2025-03-01,1,ann,eve,taken,,") == (0, 1)


def test_a_case_that_opens_twice_is_asked_about_once(written):
    opened = "2025-03-02,1,ann,,opened,,"
    taken = "2025-03-03,1,ann,eve,taken,,"
    assert asked_of(written, opened, taken, "2025-03-04,1,ann,,opened,,") == (1, 0)


def write(history, folder):
    """The history as it is written down."""
    rows = ["time,case,customer,employee,kind,category,amount"]
    for each in history.events:
        kept = (each.case, each.customer, each.employee, each.kind, each.category)
        rows.append(",".join((each.time.isoformat(), *kept, "")))
    (folder / "events.csv").write_text("\n".join(rows) + "\n")


def test_the_command_prints_the_table_and_writes_the_figures(tmp_path, capsys):
    history = synthetic.loyal(seed=1, cases=200)
    write(History(in_order(reversed(history.events))), tmp_path)
    figures = tmp_path / "figures.json"
    assert main([str(tmp_path), "--json", str(figures)]) == 0
    printed = capsys.readouterr().out
    assert "200 cases asked about, 0 left out" in printed
    kept = json.loads(figures.read_text())
    for answer in (ENGINE, OF_ALL, OF_CUSTOMER, LAST, CEILING):
        assert f"{answer} " in printed
        assert f"{100 * kept['first'][answer]:.1f} %" in printed


def test_a_history_without_answers_says_so(written, capsys):
    assert main([str(written("2025-03-02,1,ann,,opened,,"))]) == 0
    assert "No case opens of which" in capsys.readouterr().out


def test_what_cannot_be_read_is_one_sentence_and_no_traceback(written, capsys):
    assert main([str(written("then,1,ann,,opened,,"))]) == 1
    printed = capsys.readouterr()
    assert not printed.out
    assert "events.csv, line 2: time 'then' is not a time" in printed.err


def weighing(tmp_path, text):
    path = tmp_path / "weights.json"
    path.write_text(text)
    return str(path)


def test_other_weights_give_other_answers(tmp_path, capsys):
    write(synthetic.specialists(seed=1, cases=300), tmp_path)
    figures = tmp_path / "figures.json"
    blind = weighing(tmp_path, '{"expertise": 0, "workshare": 0, "active_lately": 0}')
    assert main([str(tmp_path), "--weights", blind, "--json", str(figures)]) == 0
    assert json.loads(figures.read_text())["first"][ENGINE] < 0.3


def test_a_whole_policy_may_be_given(tmp_path, capsys):
    write(synthetic.loyal(seed=1, cases=100), tmp_path)
    policy = weighing(tmp_path, json.dumps(Policy(stand_out=False).to_json()))
    assert main([str(tmp_path), "--weights", policy]) == 0
    assert "asks one alone" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"charm": 1}', "'charm' is no criterion"),
        ('{"limit": 7, "charm": 1}', "'charm' is no part of a policy"),
        ('{"expertise": "much"}', "expertise is 'much', which is not a number"),
        ('{"weights": 7}', "weights is an object"),
        ("[1]", "is not a JSON object"),
        ("{", "cannot be read as JSON"),
    ],
)
def test_weights_that_cannot_be_meant_are_refused(
    written, tmp_path, capsys, text, said
):
    folder = written("2025-03-02,1,ann,,opened,,")
    assert main([str(folder), "--weights", weighing(tmp_path, text)]) == 1
    assert said in capsys.readouterr().err
