"""Figures as HTML cards: what is typed in a file stays text."""

import html5lib
import pytest

from qpverts.domain.figures.indicators import Indicator, State
from qpverts.viz.charts import figure_cards
from qpverts.viz.words import figure_texts, labels
from tests.declared import SPECS

SPEC = SPECS.by_id["population"]
HOSTILE = "<img src=x onerror=alert(1)> \"'&"


def measured(value, state=State.KNOWN):
    """Make a figure of one district."""
    return Indicator(SPEC, state, value, value, value, known=1, total=1, coverage_pct=None)


def read(found, sources):
    """Parse the cards as a browser does."""
    page = html5lib.parse(figure_cards.html(found, sources), namespaceHTMLElements=False)
    return page, list(page.iter("article"))


def test_a_card_says_value_definition_and_source():
    """What one looks for is there, and the definition is folded."""
    one = measured(5508.0)
    _, [card] = read([one], {SPEC.id: ["INSEE (millésime : 2020)"]})
    assert card.get("data-indicateur") == SPEC.id
    assert "".join(card.find("p").itertext()) == labels.typeset(labels.value_text(one))
    folded = "".join(card.find("details/div").itertext())
    for name, text in figure_texts.definition_lines(one, ["INSEE (millésime : 2020)"]):
        assert labels.typeset(text) in folded
        assert name in folded
    assert card.find("details").get("open") is None


def test_a_source_stays_text():
    """Markup in a catalogue is read, not run."""
    page, [card] = read([measured(1.0)], {SPEC.id: [HOSTILE]})
    assert page.find(".//img") is None
    assert HOSTILE in "".join(card.itertext())


@pytest.mark.parametrize("why", list(labels.WHY_MISSING))
def test_what_is_missing_says_why(why):
    """A figure that is not known is marked, and its definition says why."""
    _, [card] = read([measured(None, State(why))], {SPEC.id: []})
    assert card.find("p").get("class") == "inconnu"
    assert labels.typeset(labels.WHY_MISSING[why]) in "".join(card.itertext())
