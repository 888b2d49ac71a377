"""The pages, each said once: what navigation, arrows, projection and the accessibility test read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qpverts.ui.address.state import CHOICES, DISTRICT, OPINIONS, SIDES, THEME


class Through(StrEnum):
    """What the arrows of a page go through."""

    DISTRICTS = "districts"
    TERRITORIES = "territories"
    CELLS = "cells"


@dataclass(frozen=True, slots=True)
class Arrows:
    """What ← and → do on a page: their names in French, and what they go through.

    ``forgets`` are the parameters chosen for one district that mean nothing for the next;
    ``needs_district`` is for a page that speaks of no district until one is chosen.
    """

    back: str = "Quartier précédent"
    on: str = "Quartier suivant"
    through: Through = Through.DISTRICTS
    forgets: tuple[str, ...] = ()
    needs_district: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the application; ``name`` is its file in ``pages/`` and its address.

    ``subject`` is the parameter that says which territory the page is about, ``None`` when it is about none;
    ``receives`` the one under which a room hands it the territory on screen. ``has_selection`` is for the
    page that keeps what a person selected.
    """

    name: str
    label: str
    icon: str
    subject: str | None = DISTRICT
    receives: str = SIDES[0]
    arrows: Arrows | None = None
    has_selection: bool = False


_ALL = (
    Page("accueil", "Accueil", ":material/home:", subject=None),
    Page("carte", "Carte", ":material/map:", receives=DISTRICT, arrows=Arrows(forgets=CHOICES)),
    Page("habitants", "Mon quartier", ":material/home_pin:", arrows=Arrows(forgets=CHOICES)),
    Page(
        "grille",
        "Grille",
        ":material/grid_on:",
        subject=None,
        arrows=Arrows("Case précédente", "Case suivante", Through.CELLS),
    ),
    Page(
        "quartier",
        "Quartier",
        ":material/location_city:",
        receives=DISTRICT,
        arrows=Arrows(forgets=CHOICES),
    ),
    Page(
        "comparer",
        "Comparer",
        ":material/compare_arrows:",
        subject=SIDES[0],
        arrows=Arrows(
            "Territoire précédent, en second", "Territoire suivant, en second", Through.TERRITORIES
        ),
    ),
    Page(
        "inspirations",
        "Inspirations",
        ":material/travel_explore:",
        arrows=Arrows(forgets=(OPINIONS,), needs_district=True),
    ),
    Page("agir", "Agir", ":material/lightbulb:", arrows=Arrows(forgets=(THEME,)), has_selection=True),
    Page("scenario", "Scénarios", ":material/park:", arrows=Arrows()),
    Page("methode", "Méthode", ":material/menu_book:", subject=None),
)
#: The pages by name, in the order of the menu; the first one is the front page.
PAGES = {page.name: page for page in _ALL}
