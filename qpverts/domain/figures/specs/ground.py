"""The vegetated ground of a district, whoever owns it, and the parks per resident beside it."""

from __future__ import annotations

from functools import partial

from qpverts.domain.figures import measures
from qpverts.domain.figures.facts import DistrictFacts
from qpverts.domain.figures.indicators import IndicatorSpec, State
from qpverts.domain.figures.specs.shared import DISC, has_green, has_population, of_parks

#: Under this share of known ground a district's vegetation is said to be unknown rather than small, in %.
LEAST_KNOWN_PCT = 25.0


def _has_vegetation(facts: DistrictFacts) -> bool:
    return facts.vegetation is not None and facts.vegetation.known_pct >= LEAST_KNOWN_PCT


def _has_vegetation_near(facts: DistrictFacts) -> bool:
    return facts.vegetation is not None and facts.vegetation.near_known_pct >= LEAST_KNOWN_PCT


_GROUND = (
    "Compte le sol végétalisé, public ou privé : herbe, arbustes, arbres feuillus et bois mêlés. Les bois de "
    "conifères, les vignes et les vergers ne comptent pas. Seules les parcelles d'au moins 0,5 ha sont "
    "connues : le reste n'ajoute rien, le chiffre est donc un minimum. Si moins d'un quart du "
    "sol est connu, nous ne donnons pas de chiffre."
)
_WEIGHED = (
    "La végétation d'une parcelle à cheval sur la limite compte en proportion de sa surface à l'intérieur ; "
    "la fourchette va de « toute dehors » à « toute dedans »."
)
_PARKS = "Ne comptent que les espaces verts ouverts à tous que nous avons pu placer sur la carte."
_ONE_ONLY = "Les voisinages de deux quartiers se recouvrent : pas de valeur pour un groupe."


_vegetation = partial(
    IndicatorSpec,
    family="Le sol végétalisé",
    datasets=("qpv_2024", "indicateurs_nature"),
    vintage="OCS GE : année à vérifier",
    has_input=_has_vegetation,
    missing=State.VEGETATION_UNKNOWN,
    coverage=measures.vegetation_coverage,
    coverage_text="végétation connue sur {share} du sol (les parcelles d'au moins 0,5 ha)",
    more=True,
)

SPECS: tuple[IndicatorSpec, ...] = (
    _vegetation(
        id="part_vegetalisee",
        label="Part du quartier couverte de végétation",
        unit="% de la surface",
        breaks=(10, 20, 30, 40),
        definition=f"Part de la surface du quartier qui est végétalisée. {_GROUND}",
        formula=f"surface végétalisée dans le périmètre ÷ surface du périmètre. {_WEIGHED}",
        measure=measures.vegetated_share,
    ),
    _vegetation(
        id="vegetation_hab",
        label="Végétation par habitant, dans le quartier",
        unit="m² par habitant",
        breaks=(5, 10, 20, 40),
        definition=f"Sol végétalisé du quartier, rapporté à ses habitants. {_GROUND}",
        formula=f"surface végétalisée dans le périmètre ÷ habitants. {_WEIGHED}",
        vintage="OCS GE : année à vérifier ; population 2020",
        datasets=("qpv_2024", "indicateurs_nature", "insee_qpv"),
        has_input=lambda f: _has_vegetation(f) and has_population(f),
        measure=measures.vegetated_per_resident,
    ),
    _vegetation(
        id="vegetation_hab_300m",
        label="Végétation par habitant, dans le quartier et jusqu'à 300 m",
        unit="m² par habitant",
        breaks=(20, 50, 100, 200),
        definition="Sol végétalisé du quartier et de son pourtour jusqu'à 300 m, rapporté aux seuls "
        f"habitants du quartier. {_GROUND} {_ONE_ONLY}",
        formula=f"surface végétalisée à moins de 300 m ÷ habitants du quartier. {_WEIGHED}",
        vintage="OCS GE : année à vérifier ; population 2020",
        datasets=("qpv_2024", "indicateurs_nature", "insee_qpv"),
        has_input=lambda f: _has_vegetation_near(f) and has_population(f),
        coverage=measures.near_vegetation_coverage,
        coverage_text="jusqu'à 300 m, végétation connue sur {share} du sol",
        additive=False,
        measure=measures.vegetated_near_per_resident,
    ),
    of_parks(
        id="parcs_hab",
        family="Le sol végétalisé",
        label="Espaces verts publics par habitant, dans le quartier",
        unit="m² par habitant",
        decimals=1,
        breaks=(0, 1, 5, 10),
        more=True,
        definition=f"Surface des espaces verts publics dans le quartier, rapportée à ses habitants. {_PARKS}",
        formula=f"surface des espaces verts publics dans le périmètre ÷ habitants. {DISC}",
        datasets=("qpv_2024", "espaces_verts", "espaces_verts_osm", "insee_qpv"),
        has_input=lambda f: has_green(f) and has_population(f),
        measure=measures.parks_per_resident,
    ),
    of_parks(
        id="parcs_hab_300m",
        family="Le sol végétalisé",
        label="Espaces verts publics par habitant, dans le quartier et jusqu'à 300 m",
        unit="m² par habitant",
        decimals=1,
        breaks=(0, 5, 10, 25),
        more=True,
        definition="Surface des espaces verts publics dans le quartier et son pourtour jusqu'à 300 m, "
        f"rapportée aux seuls habitants du quartier. {_PARKS} {_ONE_ONLY}",
        formula=f"surface des espaces verts publics à moins de 300 m ÷ habitants du quartier. {DISC}",
        datasets=("qpv_2024", "espaces_verts", "espaces_verts_osm", "insee_qpv"),
        has_input=lambda f: has_green(f) and has_population(f),
        additive=False,
        measure=measures.parks_near_per_resident,
    ),
    _vegetation(
        id="bordure_verte",
        label="Part du contour au bord d'un sol végétalisé (0,5 ha et plus)",
        unit="% du contour",
        breaks=(10, 25, 50, 75),
        definition="Part du contour du quartier à moins de 50 m d'une parcelle qui porte au moins 0,5 ha de "
        "végétation et en est couverte au moins à moitié, dans le quartier ou à côté, publique ou privée. "
        "Les autres parcelles n'ajoutent rien, connues ou non : le chiffre est donc un minimum.",
        formula="longueur du contour à moins de 50 m d'une telle parcelle (végétalisée au moins à moitié) "
        "÷ longueur du contour. La fourchette va des seules parcelles végétalisées à 90 % ou plus à "
        "toutes celles qui portent 0,5 ha de végétation.",
        measure=measures.green_edge_share,
    ),
)
