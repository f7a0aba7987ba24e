# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What `setup/neighbours` makes of two logs and of what was explained."""

import pytest

from kit.command_neighbours import (
    FAILED,
    MISSING,
    PASSED,
    SKIPPED,
    differences,
    read_explained,
    read_findings,
    read_log,
    write_results,
)
from kit.console import Failure

AT = "2026-11-22 13:42:26,772 31331"
LOG = f"""\
{AT} INFO db odoo.addons.sale.tests.test_a: Starting TestSale.test_one ...
{AT} INFO db odoo.addons.sale.tests.test_a: Starting TestSale.test_two ...
{AT} ERROR db odoo.addons.sale.tests.test_a: FAIL: Subtest TestSale.test_two (a=1)
Traceback (most recent call last):
{AT} INFO db odoo.addons.sale.tests.test_a: Starting TestSale.test_three ...
{AT} INFO db odoo.addons.sale.tests.test_a: skipped TestSale.test_three : no
{AT} ERROR db odoo.addons.sale.tests.test_b: ERROR: setUpClass (odoo.addons.x.TestB)
{AT} ERROR db odoo.tests.result: 1 failed, 0 error(s) of 3 tests when loading
"""
LINT = f"""\
{AT} ERROR db odoo.addons.test_lint.tests.test_index: FAIL: TestIndex.test_inverse
Traceback (most recent call last):
  File "test_index.py", line 83, in test_inverse
    self.fail(msg)
AssertionError: The following fields should be indexed:
helpdesk.inquiry.mark_id (inverse of helpdesk.mark.inquiry_ids)
{AT} WARNING db odoo.addons.test_lint.tests.test_manifests: Wrong type
{AT} ERROR db odoo.addons.sale.tests.test_a: FAIL: TestSale.test_one
Something else
"""


def test_the_log_tells_how_each_test_ended():
    assert read_log(LOG) == {
        "TestSale.test_one": PASSED,
        "TestSale.test_two": FAILED,
        "TestSale.test_three": SKIPPED,
        "TestB.setUpClass": FAILED,
    }


def test_a_run_that_did_not_reach_its_end_is_no_result():
    with pytest.raises(Failure):
        read_log(LOG.rpartition(f"{AT} ERROR")[0])


def test_what_the_lint_finds_are_the_lines_of_its_failures_and_its_warnings():
    found = read_findings(LINT)
    assert "helpdesk.inquiry.mark_id (inverse of helpdesk.mark.inquiry_ids)" in found
    assert any(line.endswith("Wrong type") for line in found)
    assert not [line for line in found if "File" in line or "Something" in line]


def test_the_table_keeps_the_rows_of_suites_that_did_not_run(tmp_path):
    file = tmp_path / "RESULTS.md"
    stock = {"a": PASSED, "b": FAILED, "c": PASSED}
    write_results(file, "sale", stock, stock, 1)
    write_results(file, "purchase", stock, stock, 2)
    write_results(file, "sale", {**stock, "c": FAILED}, stock, 3)
    lines = file.read_text().splitlines()
    rows = [line.split(" | ")[:5] for line in lines if line.startswith("| `")]
    assert rows == [
        ["| `purchase`", "3", "2", "2", "0"],
        ["| `sale`", "3", "2", "1", "1"],
        ["| `purchase`", "`b`", "failed |"],
        ["| `sale`", "`b`", "failed |"],
    ]


def test_only_what_ends_otherwise_is_a_difference():
    stock = {"a": PASSED, "b": FAILED, "c": PASSED, "d": SKIPPED}
    ours = {"a": PASSED, "b": FAILED, "c": FAILED, "e": PASSED}
    assert differences(ours, stock) == {
        "c": (FAILED, PASSED),
        "d": (MISSING, SKIPPED),
        "e": (PASSED, MISSING),
    }


def test_an_explanation_is_that_of_its_suite(tmp_path):
    file = tmp_path / "explained.ini"
    file.write_text("; words\n[sale]\nTestSale.test_two = It is so: by our rule.\n")
    found = {"TestSale.test_two": "It is so: by our rule."}
    assert read_explained(file, "sale") == found
    assert read_explained(file, "purchase") == {}
