"""Indicators: a number never travels without its unit, definition, source, vintage and coverage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qpverts.domain import measures
from qpverts.domain.facts import DistrictFacts, Interval


class State(StrEnum):
    """Why a value is there, or is not."""

    KNOWN = "connu"
    PARTIAL = "partiel"
    NOT_COVERED = "non couvert"
    NOT_PUBLISHED = "non publié"
    NOT_ADDITIVE = "non calculable pour un groupe"


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """What an indicator means and how it is computed; French texts are shown as they are.

    ``breaks`` are the upper bounds of the map's classes but the last, fixed so that two maps can be
    compared. ``missing`` tells what the absence of an input means. ``datasets`` are catalogue ids.
    ``additive`` is false for a rate published without its numerator: no group has one.
    """

    id: str
    label: str
    unit: str
    decimals: int
    definition: str
    formula: str
    datasets: tuple[str, ...]
    vintage: str
    breaks: tuple[float, ...]
    measure: measures.Measure
    has_input: Callable[[DistrictFacts], bool]
    missing: State
    family: str
    additive: bool = True


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measured indicator of one territory.

    ``value``, ``low`` and ``high`` are in ``spec.unit``; ``None`` when ``state`` says why. ``known``
    of ``total`` districts have the inputs. ``coverage_pct`` is, for green spaces, the share of the
    public green spaces listed in the communes at hand that could be placed with their area.
    """

    spec: IndicatorSpec
    state: State
    value: float | None
    low: float | None
    high: float | None
    known: int
    total: int
    coverage_pct: float | None

    @property
    def is_uncertain(self) -> bool:
        """Tell whether the bounds differ from the value."""
        return self.low is not None and self.low != self.high


def evaluate(spec: IndicatorSpec, facts: Sequence[DistrictFacts]) -> Indicator:
    """Compute one indicator for a territory given by the facts of its districts.

    Raises
    ------
    ValueError
        When ``facts`` is empty: a territory has at least one district.
    """
    if not facts:
        msg = "un territoire compte au moins un quartier"
        raise ValueError(msg)
    usable = [f for f in facts if spec.has_input(f)]
    coverage = _coverage_pct(usable) if spec.missing is State.NOT_COVERED else None
    refused = len(facts) > 1 and not spec.additive
    interval = spec.measure(usable) if usable and not refused else None
    if usable and refused:
        state = State.NOT_ADDITIVE
    elif interval is None:
        state = spec.missing
    else:
        state = State.KNOWN if len(usable) == len(facts) else State.PARTIAL
    bounds = interval or _NOTHING
    return Indicator(
        spec, state, bounds.value, bounds.low, bounds.high, len(usable), len(facts), coverage
    )


@dataclass(frozen=True, slots=True)
class _Nothing:
    low: None = None
    value: None = None
    high: None = None


_NOTHING = _Nothing()


def _coverage_pct(facts: Sequence[DistrictFacts]) -> float | None:
    """Share of the listed public green spaces that are drawn, each commune counted once."""
    lists = {green.commune_code: green for f in facts for green in f.green_lists}
    listed = sum(green.listed for green in lists.values())
    return 100 * sum(green.drawn for green in lists.values()) / listed if listed else None


def _has_green(facts: DistrictFacts) -> bool:
    return facts.green is not None


def _always(_: DistrictFacts) -> bool:
    return True


def _insee(
    indicator_id: str,
    label: str,
    definition: str,
    measure: measures.Measure,
    has_input: Callable[[DistrictFacts], bool],
    breaks: tuple[float, ...],
    unit: str = "",
    decimals: int = 0,
    vintage: str = "millésime à vérifier",
    formula: str = "valeur publiée par l'INSEE ; pour un groupe de quartiers, somme",
    datasets: tuple[str, ...] = ("insee_qpv",),
    *,
    additive: bool = True,
) -> IndicatorSpec:
    return IndicatorSpec(
        indicator_id, label, unit, decimals, definition, formula, datasets, vintage, breaks,
        measure, has_input, State.NOT_PUBLISHED, "Le quartier", additive,
    )  # fmt: skip


def _green(
    indicator_id: str,
    label: str,
    unit: str,
    definition: str,
    formula: str,
    measure: measures.Measure,
    breaks: tuple[float, ...],
    decimals: int = 0,
) -> IndicatorSpec:
    return IndicatorSpec(
        indicator_id, label, unit, decimals, definition, formula,
        ("qpv_2024", "espaces_verts", "espaces_verts_osm"), "selon la date de chaque source",
        breaks, measure, _has_green, State.NOT_COVERED, "La nature",
    )  # fmt: skip


_DISC = (
    "Un parc connu par son centre et sa surface est représenté par un disque de même surface. "
    "La fourchette couvre un parc de forme allongée (jusqu'à quatre fois plus long que large)."
)
_ONLY_KNOWN = "Seuls comptent les espaces verts publics que nous avons pu situer : un autre peut être plus proche."
_INTEREST = (
    "Un nombre d'actions recensées mesure l'effort de recensement autant que l'engagement du quartier."
)

INDICATORS: tuple[IndicatorSpec, ...] = (
    _green(
        "part_300m_05ha", "À moins de 300 m d'un espace vert public d'au moins 0,5 ha", "% du périmètre",
        "Part de la surface du quartier située à moins de 300 m, à vol d'oiseau, d'un espace vert ouvert "
        f"à tous et d'au moins 0,5 hectare (règle de l'OMS, 2016). {_ONLY_KNOWN}",
        f"surface du périmètre à moins de 300 m ÷ surface du périmètre. {_DISC}",
        measures.share_served(0.5), (0, 25, 50, 75),
    ),
    _green(
        "part_300m_01ha", "À moins de 300 m d'un espace vert public d'au moins 1 000 m²", "% du périmètre",
        "Même calcul avec le seuil de 1 000 m² retenu par l'INSEE et le SDES en 2025. "
        f"Les petits squares sont peu recensés : ce chiffre est surtout un minimum. {_ONLY_KNOWN}",
        f"surface du périmètre à moins de 300 m ÷ surface du périmètre. {_DISC}",
        measures.share_served(0.1), (0, 25, 50, 75),
    ),
    _green(
        "distance_05ha", "Distance du quartier à l'espace vert public le plus proche (0,5 ha et plus)", "m",
        "Distance à vol d'oiseau entre le bord du quartier et le bord de l'espace vert public d'au moins "
        f"0,5 hectare le plus proche. Zéro : l'espace touche le quartier ou s'y trouve. {_ONLY_KNOWN}",
        f"plus courte distance entre les deux contours. {_DISC}",
        measures.edge_distance(0.5), (100, 300, 600, 1000),
    ),
    _green(
        "distance_1ha", "Distance du quartier à l'espace vert public le plus proche (1 ha et plus)", "m",
        f"Même calcul pour les espaces verts publics d'au moins 1 hectare. {_ONLY_KNOWN}",
        f"plus courte distance entre les deux contours. {_DISC}",
        measures.edge_distance(1.0), (100, 300, 600, 1000),
    ),
    _green(
        "mediane_05ha", "Distance médiane jusqu'à un espace vert public (0,5 ha et plus)", "m",
        "La moitié du quartier est plus près que cette distance d'un espace vert public d'au moins "
        f"0,5 hectare, l'autre moitié est plus loin ; à vol d'oiseau. {_ONLY_KNOWN}",
        f"médiane sur une grille de points tous les 50 m dans le périmètre. {_DISC}",
        measures.median_distance(0.5), (150, 300, 600, 1000),
    ),
    _green(
        "mediane_1ha", "Distance médiane jusqu'à un espace vert public (1 ha et plus)", "m",
        f"Même calcul pour les espaces verts publics d'au moins 1 hectare. {_ONLY_KNOWN}",
        f"médiane sur une grille de points tous les 50 m dans le périmètre. {_DISC}",
        measures.median_distance(1.0), (150, 300, 600, 1000),
    ),
    _green(
        "espaces_300m", "Espaces verts publics à moins de 300 m", "espaces",
        "Nombre d'espaces verts publics situés dont le bord est à moins de 300 m du quartier, ou dedans. "
        f"{_ONLY_KNOWN}",
        f"compte des espaces dont la distance au périmètre est d'au plus 300 m. {_DISC}",
        measures.spaces_count(300), (0, 1, 2, 3),
    ),
    _green(
        "surface_300m", "Surface des espaces verts publics à moins de 300 m", "ha",
        "Surface entière des espaces verts publics dont le bord est à moins de 300 m du quartier. Un "
        f"espace de surface inconnue n'ajoute rien. {_ONLY_KNOWN}",
        f"somme des surfaces des espaces dont la distance au périmètre est d'au plus 300 m. {_DISC}",
        measures.spaces_area(300), (0, 2, 5, 10), 1,
    ),
    _green(
        "espaces_1km", "Espaces verts publics à moins de 1 km", "espaces",
        f"Même compte à moins de 1 km du quartier. {_ONLY_KNOWN}",
        f"compte des espaces dont la distance au périmètre est d'au plus 1 km. {_DISC}",
        measures.spaces_count(1000), (0, 1, 3, 5),
    ),
    _green(
        "surface_1km", "Surface des espaces verts publics à moins de 1 km", "ha",
        f"Même somme à moins de 1 km du quartier. {_ONLY_KNOWN}",
        f"somme des surfaces des espaces dont la distance au périmètre est d'au plus 1 km. {_DISC}",
        measures.spaces_area(1000), (0, 5, 15, 30), 1,
    ),
    IndicatorSpec(
        "actions", "Actions recensées", "actions", 0,
        f"Nombre d'actions recensées dans le quartier ou pour lui. {_INTEREST}",
        "compte des actions rattachées au quartier ; une action partagée compte une fois pour un groupe",
        ("actions",), "selon la date de chaque source", (0, 2, 5, 10),
        measures.actions, _always, State.NOT_PUBLISHED, "Les actions",
    ),
    IndicatorSpec(
        "actions_1000", "Actions recensées pour 1 000 habitants", "pour 1 000 hab.", 1,
        f"Nombre d'actions recensées rapporté à la population. {_INTEREST}",
        "1 000 × actions recensées ÷ habitants (recensement 2020)",
        ("actions", "insee_qpv"), "selon la date de chaque source ; population 2020", (0, 0.5, 1, 2),
        measures.actions_per_1000, lambda f: bool(f.figures.population), State.NOT_PUBLISHED, "Les actions",
    ),
    _insee(
        "population", "Habitants", "Population du quartier au recensement de 2020.",
        measures.population, lambda f: f.figures.population is not None,
        (1500, 2500, 4000, 8000), "habitants", vintage="recensement 2020",
    ),
    _insee(
        "menages", "Ménages", "Nombre de ménages du quartier.",
        measures.households, lambda f: f.figures.households is not None, (600, 1000, 1600, 3000), "ménages",
    ),
    _insee(
        "pauvrete", "Taux de pauvreté", "Part des habitants dont le niveau de vie est sous 60 % de la médiane "
        "nationale. L'INSEE publie le taux seul : il n'est pas recalculé pour un groupe de quartiers.",
        measures.poverty, lambda f: f.figures.poverty_pct is not None, (40, 45, 50, 55), "%",
        formula="valeur publiée par l'INSEE", additive=False,
    ),
    _insee(
        "emploi", "Taux d'emploi", "Part des personnes en âge de travailler qui ont un emploi. "
        "L'INSEE publie le taux seul : il n'est pas recalculé pour un groupe de quartiers.",
        measures.employment, lambda f: f.figures.employment_pct is not None, (35, 40, 45, 50), "%", 1,
        formula="valeur publiée par l'INSEE", additive=False,
    ),
    _insee(
        "logements_sociaux", "Logements sociaux", "Nombre de logements sociaux du quartier.",
        measures.social_dwellings, lambda f: f.figures.social_dwellings is not None,
        (250, 500, 1000, 2000), "logements",
    ),
    _insee(
        "surface", "Surface du quartier", "Surface du périmètre officiel de 2024, mesurée en projection Lambert-93.",
        measures.area, _always, (15, 30, 50, 100), "ha", 1, "périmètres 2024",
        "surface du périmètre, EPSG:2154", ("qpv_2024",),
    ),
    _insee(
        "densite", "Habitants par hectare", "Population rapportée à la surface du périmètre.",
        measures.density, lambda f: f.figures.population is not None, (75, 125, 175, 250), "hab./ha", 0,
        "recensement 2020 ; périmètres 2024", "habitants ÷ surface du périmètre (Σ ÷ Σ pour un groupe)",
        ("insee_qpv", "qpv_2024"),
    ),
)  # fmt: skip

BY_ID: dict[str, IndicatorSpec] = {spec.id: spec for spec in INDICATORS}
DEFAULT = INDICATORS[0].id


def spec_of(indicator_id: str) -> IndicatorSpec:
    """Give the specification of an indicator; KeyError when it does not exist."""
    return BY_ID[indicator_id]


def interval_of(indicator: Indicator) -> Interval | None:
    """Give the bounds as an interval, or ``None`` where nothing is known."""
    if indicator.value is None or indicator.low is None or indicator.high is None:
        return None
    return Interval(indicator.low, indicator.value, indicator.high)
