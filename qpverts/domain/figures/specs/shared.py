"""Words and conditions that several families share."""

from __future__ import annotations

from functools import partial

from qpverts.domain.figures import measures
from qpverts.domain.figures.facts import DistrictFacts
from qpverts.domain.figures.indicators import IndicatorSpec, State


def has_green(facts: DistrictFacts) -> bool:
    """Tell whether public green spaces are known there."""
    return facts.green is not None


def has_population(facts: DistrictFacts) -> bool:
    """Tell whether the number of residents is known, and is one to divide by."""
    return bool(facts.figures.population)


_PLACED = "Seuls comptent les espaces verts publics que nous avons pu placer sur la carte"
ONLY_KNOWN = f"{_PLACED} : un autre peut être plus proche."
MORE_MAY_BE = f"{_PLACED} : il peut y en avoir d'autres."
DISC = (
    "Un espace vert connu par son centre et sa surface est représenté par un disque de même surface. "
    "La fourchette couvre une forme allongée (jusqu'à quatre fois plus longue que large)."
)
of_parks = partial(
    IndicatorSpec,
    family="Les espaces verts publics",
    coverage=measures.green_lists_coverage,
    coverage_text="{share} des espaces verts publics recensés {where} ont pu être placés sur la carte",
    datasets=("qpv_2024", "espaces_verts", "espaces_verts_osm"),
    vintage="selon la date de chaque source",
    has_input=has_green,
    missing=State.NOT_COVERED,
)
