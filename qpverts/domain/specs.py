"""The indicators that QPVerts measures, in the order of the screens."""

from __future__ import annotations

from functools import partial

from qpverts.domain import measures
from qpverts.domain.facts import DistrictFacts
from qpverts.domain.indicators import IndicatorSpec, State


def _has_green(facts: DistrictFacts) -> bool:
    return facts.green is not None


def _has_population(facts: DistrictFacts) -> bool:
    return bool(facts.figures.population)


def _always(_: DistrictFacts) -> bool:
    return True


_ONLY_KNOWN = (
    "Seuls comptent les espaces verts publics que nous avons pu placer sur la carte : "
    "un autre peut être plus proche."
)
_DISC = (
    "Un parc connu par son centre et sa surface est représenté par un disque de même surface. "
    "La fourchette couvre un parc de forme allongée (jusqu'à quatre fois plus long que large)."
)
_EFFORT = "Un nombre d'actions recensées mesure l'effort de recensement autant que l'engagement du quartier."
_RATE_ALONE = "L'INSEE publie le taux seul : il n'est pas recalculé pour un groupe de quartiers."

_green = partial(
    IndicatorSpec,
    family="La nature",
    datasets=("qpv_2024", "espaces_verts", "espaces_verts_osm"),
    vintage="selon la date de chaque source",
    has_input=_has_green,
    missing=State.NOT_COVERED,
)
_share = partial(
    _green,
    more=True,
    unit="% de la surface",
    breaks=(0, 25, 50, 75),
    formula=f"surface du périmètre à moins de 300 m ÷ surface du périmètre. {_DISC}",
)
_distance = partial(
    _green,
    additive=False,
    more=False,
    unit="m",
    breaks=(100, 300, 600, 1000),
    formula=f"plus courte distance entre les deux contours. {_DISC}",
)
_median = partial(
    _green,
    more=False,
    unit="m",
    breaks=(150, 300, 600, 1000),
    formula="distance mesurée depuis un point tous les 50 m dans le périmètre ; on retient celle du milieu. "
    f"{_DISC}",
)
_published = partial(
    IndicatorSpec,
    family="Le quartier",
    datasets=("insee_qpv",),
    vintage="millésime à vérifier",
    missing=State.NOT_PUBLISHED,
    formula="valeur publiée par l'INSEE ; pour un groupe de quartiers, somme",
)
_rate = partial(_published, unit="%", formula="valeur publiée par l'INSEE", additive=False)
_recorded = partial(IndicatorSpec, family="Les actions", missing=State.NOT_PUBLISHED)

INDICATORS: tuple[IndicatorSpec, ...] = (
    _share(
        id="part_300m_05ha",
        label="Part du quartier à moins de 300 m d'un espace vert public (0,5 ha et plus)",
        definition="Part de la surface du quartier située à moins de 300 m, à vol d'oiseau, d'un espace vert "
        f"ouvert à tous et d'au moins 0,5 hectare (recommandation de l'OMS Europe, 2016). {_ONLY_KNOWN}",
        measure=measures.share_served(0.5),
    ),
    _share(
        id="part_300m_01ha",
        label="Part du quartier à moins de 300 m d'un espace vert public (1 000 m² et plus)",
        definition="Même calcul avec le seuil de 1 000 m² retenu par l'INSEE et le SDES en 2025. Les petits "
        f"squares sont peu recensés : ce chiffre est surtout un minimum. {_ONLY_KNOWN}",
        measure=measures.share_served(0.1),
    ),
    _distance(
        id="distance_05ha",
        label="Distance au plus proche espace vert public (0,5 ha et plus)",
        definition="Distance à vol d'oiseau entre le bord du quartier et le bord de l'espace vert public "
        "d'au moins 0,5 hectare le plus proche. Zéro : l'espace touche le quartier ou s'y trouve. "
        f"{_ONLY_KNOWN}",
        measure=measures.edge_distance(0.5),
    ),
    _distance(
        id="distance_1ha",
        label="Distance au plus proche espace vert public (1 ha et plus)",
        definition=f"Même calcul pour les espaces verts publics d'au moins 1 hectare. {_ONLY_KNOWN}",
        measure=measures.edge_distance(1.0),
    ),
    _median(
        id="mediane_05ha",
        label="Distance médiane jusqu'à un espace vert public (0,5 ha et plus)",
        definition="La moitié du quartier est plus près que cette distance d'un espace vert public d'au "
        f"moins 0,5 hectare, l'autre moitié est plus loin ; à vol d'oiseau. {_ONLY_KNOWN}",
        measure=measures.median_distance(0.5),
    ),
    _median(
        id="mediane_1ha",
        label="Distance médiane jusqu'à un espace vert public (1 ha et plus)",
        definition=f"Même calcul pour les espaces verts publics d'au moins 1 hectare. {_ONLY_KNOWN}",
        measure=measures.median_distance(1.0),
    ),
    _green(
        id="espaces_300m",
        more=True,
        label="Espaces verts publics à moins de 300 m",
        unit="espaces",
        breaks=(0, 1, 2, 3),
        definition="Nombre d'espaces verts publics dont le bord est à moins de 300 m du quartier, ou "
        f"dedans. {_ONLY_KNOWN}",
        formula=f"nombre d'espaces dont la distance au périmètre est d'au plus 300 m. {_DISC}",
        measure=measures.spaces_count(300),
    ),
    _green(
        id="surface_300m",
        more=True,
        label="Surface des espaces verts publics à moins de 300 m",
        unit="ha",
        decimals=1,
        breaks=(0, 2, 5, 10),
        definition="Surface entière des espaces verts publics dont le bord est à moins de 300 m du quartier. "
        f"Un espace de surface inconnue n'ajoute rien. {_ONLY_KNOWN}",
        formula=f"somme des surfaces des espaces dont la distance au périmètre est d'au plus 300 m. {_DISC}",
        measure=measures.spaces_area(300),
    ),
    _green(
        id="espaces_1km",
        more=True,
        label="Espaces verts publics à moins de 1 km",
        unit="espaces",
        breaks=(0, 1, 3, 5),
        definition=f"Même compte à moins de 1 km du quartier. {_ONLY_KNOWN}",
        formula=f"nombre d'espaces dont la distance au périmètre est d'au plus 1 km. {_DISC}",
        measure=measures.spaces_count(1000),
    ),
    _green(
        id="surface_1km",
        more=True,
        label="Surface des espaces verts publics à moins de 1 km",
        unit="ha",
        decimals=1,
        breaks=(0, 5, 15, 30),
        definition=f"Même somme à moins de 1 km du quartier. {_ONLY_KNOWN}",
        formula=f"somme des surfaces des espaces dont la distance au périmètre est d'au plus 1 km. {_DISC}",
        measure=measures.spaces_area(1000),
    ),
    _recorded(
        id="actions",
        label="Actions recensées",
        unit="actions",
        breaks=(0, 2, 5, 10),
        definition=f"Nombre d'actions recensées dans le quartier ou pour lui. {_EFFORT}",
        formula="nombre d'actions rattachées au quartier ; partagée, une action compte une fois",
        datasets=("actions",),
        vintage="selon la date de chaque source",
        measure=measures.actions,
        has_input=_always,
    ),
    _recorded(
        id="actions_1000",
        label="Actions recensées pour 1 000 habitants",
        unit="pour 1 000 hab.",
        decimals=1,
        breaks=(0, 0.5, 1, 2),
        definition=f"Nombre d'actions recensées rapporté à la population. {_EFFORT}",
        formula="1 000 × actions recensées ÷ habitants (pour un groupe : total ÷ total)",
        datasets=("actions", "insee_qpv"),
        vintage="selon la date de chaque source ; population 2020",
        measure=measures.actions_per_1000,
        has_input=_has_population,
    ),
    _published(
        id="population",
        label="Habitants",
        unit="habitants",
        breaks=(1500, 2500, 4000, 8000),
        definition="Population du quartier au recensement de 2020.",
        vintage="recensement 2020",
        measure=measures.population,
        has_input=lambda f: f.figures.population is not None,
    ),
    _published(
        id="menages",
        label="Ménages",
        unit="ménages",
        breaks=(600, 1000, 1600, 3000),
        definition="Nombre de ménages du quartier.",
        measure=measures.households,
        has_input=lambda f: f.figures.households is not None,
    ),
    _rate(
        id="pauvrete",
        label="Taux de pauvreté",
        breaks=(40, 45, 50, 55),
        definition="Part des habitants dont le niveau de vie est sous 60 % de la médiane nationale. "
        f"{_RATE_ALONE}",
        measure=measures.poverty,
        has_input=lambda f: f.figures.poverty_pct is not None,
    ),
    _rate(
        id="emploi",
        label="Taux d'emploi",
        decimals=1,
        breaks=(35, 40, 45, 50),
        definition=f"Part des personnes en âge de travailler qui ont un emploi. {_RATE_ALONE}",
        measure=measures.employment,
        has_input=lambda f: f.figures.employment_pct is not None,
    ),
    _published(
        id="logements_sociaux",
        label="Logements sociaux",
        unit="logements",
        breaks=(250, 500, 1000, 2000),
        definition="Nombre de logements sociaux du quartier.",
        measure=measures.social_dwellings,
        has_input=lambda f: f.figures.social_dwellings is not None,
    ),
    _published(
        id="surface",
        label="Surface du quartier",
        unit="ha",
        decimals=1,
        breaks=(15, 30, 50, 100),
        definition="Surface du périmètre officiel de 2024.",
        formula="surface mesurée en projection Lambert-93",
        datasets=("qpv_2024",),
        vintage="périmètres 2024",
        measure=measures.area,
        has_input=_always,
    ),
    _published(
        id="densite",
        label="Habitants par hectare",
        unit="hab./ha",
        breaks=(75, 125, 175, 250),
        definition="Population rapportée à la surface du périmètre.",
        formula="habitants ÷ surface du périmètre (pour un groupe : total ÷ total)",
        datasets=("insee_qpv", "qpv_2024"),
        vintage="recensement 2020 ; périmètres 2024",
        measure=measures.density,
        has_input=_has_population,
    ),
)

FAMILIES: dict[str, tuple[IndicatorSpec, ...]] = {
    family: tuple(spec for spec in INDICATORS if spec.family == family)
    for family in dict.fromkeys(spec.family for spec in INDICATORS)
}
BY_ID: dict[str, IndicatorSpec] = {spec.id: spec for spec in INDICATORS}
DEFAULT = INDICATORS[0].id


def spec_of(indicator_id: str) -> IndicatorSpec:
    """Give the specification of an indicator; KeyError when it does not exist."""
    return BY_ID[indicator_id]
