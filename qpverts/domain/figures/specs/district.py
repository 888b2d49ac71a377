"""Recorded actions, and the figures of INSEE."""

from __future__ import annotations

from functools import partial

from qpverts.domain.figures import measures
from qpverts.domain.figures.facts import DistrictFacts
from qpverts.domain.figures.indicators import IndicatorSpec, State
from qpverts.domain.figures.specs.shared import has_population


def _always(_: DistrictFacts) -> bool:
    return True


_EFFORT = "Un nombre d'actions recensées mesure l'effort de recensement autant que l'engagement du quartier."
_RATE_ALONE = "L'INSEE publie le taux seul : il n'est pas recalculé pour un groupe de quartiers."


_published = partial(
    IndicatorSpec,
    family="Le quartier",
    datasets=("insee_qpv",),
    vintage="année à vérifier",
    missing=State.NOT_PUBLISHED,
    formula="valeur publiée par l'INSEE ; pour un groupe de quartiers, somme",
)
_rate = partial(_published, unit="%", formula="valeur publiée par l'INSEE", additive=False)
_recorded = partial(IndicatorSpec, family="Les actions", missing=State.NOT_PUBLISHED)

SPECS: tuple[IndicatorSpec, ...] = (
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
        has_input=has_population,
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
        has_input=has_population,
    ),
)
