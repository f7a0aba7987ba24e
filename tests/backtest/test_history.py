# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A history is read whole, or it is said in which line it cannot be read."""

from datetime import datetime

import pytest
from backtest.history import Event, Unreadable, read

OPENED = "2025-03-03T09:00:00,1,ann,,opened,tubes,"


def refused(folder):
    with pytest.raises(Unreadable) as problem:
        read(folder)
    return str(problem.value)


def test_a_row_becomes_an_event_and_an_empty_amount_is_not_known(written):
    [event] = read(written(OPENED)).events
    assert event == Event(
        datetime(2025, 3, 3, 9), "1", "ann", "", "opened", "tubes", None
    )


def test_rows_out_of_order_are_sorted(written):
    late = "2025-03-04,2,ann,,opened,,"
    events = read(written(late, OPENED)).events
    assert [event.case for event in events] == ["1", "2"]


def test_of_one_moment_what_opens_comes_first(written):
    taken = "2025-03-03T09:00:00,0,ann,eve,taken,,"
    events = read(written(taken, OPENED)).events
    assert [event.kind for event in events] == ["opened", "taken"]


@pytest.mark.parametrize(
    "written_as",
    ["2025-03-03T12:00:00+03:00", "2025-03-03T09:00:00Z", "2025-03-03 09:00"],
)
def test_moments_are_in_utc(written, written_as):
    [event] = read(written(f"{written_as},1,ann,,opened,,")).events
    assert event.time == datetime(2025, 3, 3, 9)


def test_columns_may_stand_in_any_order_beside_others(written):
    head = "note,kind,case,time,customer,employee,category,amount"
    [event] = read(written("x,order,,2025-03-03,ann,eve,,12.5", head=head)).events
    assert (event.kind, event.employee, event.amount) == ("order", "eve", 12.5)


def test_a_byte_order_mark_and_empty_lines_are_passed_over(written):
    folder = written("", OPENED)
    text = (folder / "events.csv").read_text()
    (folder / "events.csv").write_text(text, encoding="utf-8-sig")
    assert len(read(folder).events) == 1


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "2025-03-03,1,ann,,mailed,,",
            "line 3: kind 'mailed' is none of opened, taken",
        ),
        ("yesterday,1,ann,,opened,,", "line 3: time 'yesterday' is not a time"),
        (",1,ann,,opened,,", "line 3: time '' is not a time"),
        ("2025-03-03,1,ann,eve,order,,much", "line 3: amount 'much' is not a number"),
        ("2025-03-03,1,ann,eve,order,,inf", "line 3: amount 'inf' is not a number"),
        ("2025-03-03,1,ann,eve,rating,,6", "line 3: a mark is from 1 to 5, not 6"),
        ("2025-03-03,1,ann", "line 3: 3 values for 7 columns"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(written, row, said):
    assert f"events.csv, {said}" in refused(written(OPENED, row))


def test_columns_that_are_missing_are_named(written):
    said = refused(written(head="time,case,customer,kind,amount"))
    assert "line 1: these columns are missing: employee, category" in said


def test_a_folder_without_events_is_refused(tmp_path):
    assert "no events.csv" in refused(tmp_path)
    assert "not a folder" in refused(tmp_path / "none")


def test_what_is_not_utf_8_is_refused(written):
    folder = written(OPENED)
    (folder / "events.csv").write_bytes("événement".encode("latin-1"))
    assert "not written in UTF-8" in refused(folder)


def test_absences_are_read_and_a_day_lasts_to_its_end(written):
    absences = ["eve,2025-03-03,2025-03-04", "bob,2025-03-03T09:00,2025-03-03T12:00"]
    assert read(written(OPENED, absences=absences)).absences == {
        "eve": [(datetime(2025, 3, 3), datetime(2025, 3, 5))],
        "bob": [(datetime(2025, 3, 3, 9), datetime(2025, 3, 3, 12))],
    }


@pytest.mark.parametrize("row", [",2025-03-03,2025-03-04", "eve,2025-03-05,2025-03-03"])
def test_an_absence_of_nobody_or_that_ends_before_it_begins_is_refused(written, row):
    said = refused(written(OPENED, absences=[row]))
    assert "absences.csv, line 2: an absence has an employee" in said


def test_without_absences_nothing_is_known_of_them(written):
    assert read(written(OPENED)).absences is None
