"""From page to page: the district and the selection that one works on come along, what one left does not."""

import pytest

from tests.builders import AIR_BEL, CANOURGUES


def asked(screen, name):
    """Give a parameter of the address, whether the test or the page wrote it."""
    value = screen.app.query_params[name]
    return value[-1] if isinstance(value, list) else value


@pytest.mark.parametrize("name", ["carte", "quartier", "agir", "scenario", "inspirations", "habitants"])
def test_the_district_comes_along(screen, name):
    """The row of pages leads to a bare address: the district of the page before is put in it."""
    screen.open("quartier", q=CANOURGUES).step("grille").step(name)
    assert screen.is_sound()
    assert asked(screen, "q") == CANOURGUES


def test_it_is_the_first_side_of_a_comparison(screen):
    """And the first side of a comparison is the district of the next page."""
    screen.open("carte", q=CANOURGUES).step("comparer")
    assert asked(screen, "a") == CANOURGUES
    screen.step("comparer", a=AIR_BEL).step("quartier")
    assert asked(screen, "q") == AIR_BEL


def test_what_a_link_asks_wins(screen):
    """An address that says something is left as it is."""
    screen.open("quartier", q=CANOURGUES).step("carte", commune="13103")
    assert "q" not in screen.app.query_params
    screen.step("quartier", q=AIR_BEL)
    assert asked(screen, "q") == AIR_BEL


def test_a_district_that_was_left_is_forgotten(screen):
    """Closed on a page that is about districts, it does not come back on the next."""
    screen.open("quartier", q=CANOURGUES).step("carte")
    screen.app.query_params.clear()
    screen.app.run()
    assert "q" not in screen.step("agir").app.query_params


@pytest.mark.parametrize("typed", ["<script>", "13103", "QN01338I,QN01327I", "x" * 500])
def test_only_a_district_comes_along(screen, typed):
    """Anything else in the address stays where it was typed."""
    assert "q" not in screen.open("quartier", q=typed).step("agir").app.query_params


def test_the_selection_comes_back_with_agir(screen, atlas):
    """Reading a sheet of Inspirations in between loses neither what was kept, its order, nor the notes."""
    first, second = list(atlas.inspirations)[:2]
    kept = {"liste": f"{second}.{first}", f"note.{first}": "à voir avec Anne"}
    screen.open("agir", q=AIR_BEL, **kept)
    listed = asked(screen, "liste")
    screen.step("inspirations", id=first, q=AIR_BEL).step("carte").step("agir")
    assert screen.is_sound()
    assert asked(screen, "liste") == listed
    assert asked(screen, f"note.{first}") == "à voir avec Anne"
    assert asked(screen, "q") == AIR_BEL


def test_a_typed_address_brings_nothing(screen):
    """A new visit begins with what its address says."""
    screen.open("quartier", q=CANOURGUES)
    assert "q" not in screen.open("carte").app.query_params
