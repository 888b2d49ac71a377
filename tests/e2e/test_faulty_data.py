"""Data files broken or missing: the page explains, the server lives, a correction is enough."""

import csv

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough

PAGES = ("/", "/carte", "/grille", "/quartier?q=QN01338I", "/comparer", "/methode")
FAULTY_LINE = 7


def break_number(data):
    """Put a word where a longitude is expected, on a known line."""
    path = data / "actions" / "actions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert all("\n" not in cell for row in rows[:FAULTY_LINE] for cell in row)  # so that a row is a line
    rows[FAULTY_LINE - 1][rows[0].index("lon")] = "5,43 environ"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def only_the_fault(page):
    """Check that the page explains and shows nothing else."""
    expect(page.get_by_test_id("stAlert")).to_contain_text("Les données ne peuvent pas être lues")
    expect(page.get_by_test_id("stCode")).to_contain_text("python -m qpverts check")
    expect(page.locator("iframe")).to_have_count(0)
    expect(page.get_by_role("heading")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Traceback")).to_have_count(0)


def test_bad_number_is_named_and_correcting_it_is_enough(visit, spoilt, data_dir):
    """File, line, column and rule are named on every page; once corrected, a reload shows the map."""
    running, data = spoilt
    break_number(data)
    person = visit(running)
    page = person.page
    for path in PAGES:
        person.open(path)
        only_the_fault(page)
        fault = page.get_by_role("listitem").first
        expect(fault).to_contain_text("actions/actions.csv, ligne 7, colonne « lon »")
        expect(fault).to_contain_text("5,43 environ")
        expect(fault).to_contain_text("règle :")
    assert running.get("/_stcore/health")[0] == 200
    assert running.process.poll() is None

    (data / "actions" / "actions.csv").write_bytes((data_dir / "actions" / "actions.csv").read_bytes())
    person.open_map("/carte")
    expect(person.card).to_contain_text("66 quartiers")
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


@pytest.mark.parametrize("name", ["geo/insee_qpv.csv", "geo/catalogue.toml", "actions/themes.toml"])
def test_missing_file_is_named(visit, spoilt, name):
    """A missing file is named, with the command that checks everything."""
    running, data = spoilt
    (data / name).unlink()
    person = visit(running)
    page = person.open("/carte").page
    only_the_fault(page)
    expect(page.get_by_role("listitem").first).to_contain_text(name)
    assert running.get("/_stcore/health")[0] == 200


def test_file_broken_while_people_look_at_the_map(visit, spoilt):
    """Someone on the map when a file breaks gets the explanation at the next click, not a blank page."""
    running, data = spoilt
    person = visit(running)
    shown = person.open_map("/carte").move(43.45, 5.25, 12)
    break_number(data)
    person.page.mouse.click(*shown.empty_point())
    only_the_fault(person.page)
