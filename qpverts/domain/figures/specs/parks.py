"""Access to the public green spaces, in a straight line and on foot."""

from __future__ import annotations

from functools import partial

from qpverts.domain.figures import measures
from qpverts.domain.figures.facts import DistrictFacts
from qpverts.domain.figures.indicators import IndicatorSpec, State
from qpverts.domain.figures.specs.shared import DISC, MORE_MAY_BE, ONLY_KNOWN, of_parks


def _has_walk(facts: DistrictFacts) -> bool:
    return facts.walk is not None


_UNKNOWN_PATHS = (
    "Ni les sentiers ni les entrées des espaces verts ne sont connus : le vrai chemin peut être plus court "
    "(par un sentier) ou plus long (par l'entrée)."
)
_share = partial(
    of_parks,
    more=True,
    unit="% de la surface",
    breaks=(0, 25, 50, 75),
    formula=f"surface du périmètre à moins de 300 m ÷ surface du périmètre. {DISC}",
)
_distance = partial(
    of_parks,
    additive=False,
    more=False,
    unit="m",
    breaks=(100, 300, 600, 1000),
    formula=f"plus courte distance entre les deux contours. {DISC}",
)
_median = partial(
    of_parks,
    more=False,
    unit="m",
    breaks=(150, 300, 600, 1000),
    formula="distance mesurée depuis un point tous les 50 m dans le périmètre ; on retient celle du "
    f"milieu. {DISC}",
)
_walk = partial(
    IndicatorSpec,
    family="Les espaces verts publics",
    datasets=("qpv_2024", "indicateurs_nature", "espaces_verts", "espaces_verts_osm"),
    vintage="rues : année à vérifier ; espaces verts : selon la date de chaque source",
    has_input=_has_walk,
    missing=State.STREETS_UNKNOWN,
    coverage=measures.walk_coverage,
    coverage_text="chemin par les rues connu depuis {share} des points du quartier",
    additive=False,
)

SPECS: tuple[IndicatorSpec, ...] = (
    _share(
        id="part_300m_05ha",
        label="Part du quartier à moins de 300 m d'un espace vert public (0,5 ha et plus)",
        definition="Part de la surface du quartier située à moins de 300 m, à vol d'oiseau, d'un espace "
        f"vert ouvert à tous et d'au moins 0,5 hectare (recommandation de l'OMS Europe, 2016). {MORE_MAY_BE}",
        measure=measures.share_served(0.5),
    ),
    _share(
        id="part_300m_01ha",
        label="Part du quartier à moins de 300 m d'un espace vert public (1 000 m² et plus)",
        definition="Même calcul avec le seuil de 1 000 m² retenu par l'INSEE et le SDES en 2025. Les "
        f"petits squares sont peu recensés : ce chiffre est surtout un minimum. {MORE_MAY_BE}",
        measure=measures.share_served(0.1),
    ),
    _distance(
        id="distance_05ha",
        label="Distance au plus proche espace vert public (0,5 ha et plus)",
        definition="Distance à vol d'oiseau entre le bord du quartier et le bord de l'espace vert public "
        "d'au moins 0,5 hectare le plus proche. Zéro : l'espace touche le quartier ou s'y trouve. "
        f"{ONLY_KNOWN}",
        measure=measures.edge_distance(0.5),
    ),
    _distance(
        id="distance_1ha",
        label="Distance au plus proche espace vert public (1 ha et plus)",
        definition=f"Même calcul pour les espaces verts publics d'au moins 1 hectare. {ONLY_KNOWN}",
        measure=measures.edge_distance(1.0),
    ),
    _median(
        id="mediane_05ha",
        label="Distance médiane jusqu'à un espace vert public (0,5 ha et plus)",
        definition="La moitié du quartier est plus près que cette distance d'un espace vert public d'au "
        f"moins 0,5 hectare, l'autre moitié est plus loin ; à vol d'oiseau. {ONLY_KNOWN}",
        measure=measures.median_distance(0.5),
    ),
    _median(
        id="mediane_1ha",
        label="Distance médiane jusqu'à un espace vert public (1 ha et plus)",
        definition=f"Même calcul pour les espaces verts publics d'au moins 1 hectare. {ONLY_KNOWN}",
        measure=measures.median_distance(1.0),
    ),
    _walk(
        id="marche_05ha",
        label="Distance à pied jusqu'à un espace vert public (0,5 ha et plus)",
        unit="m",
        breaks=(300, 600, 1000, 1500),
        more=False,
        definition="La moitié du quartier est à moins de cette distance, par les rues connues, d'un "
        "espace vert public d'au moins 0,5 hectare. Voies ferrées et autoroutes allongent le chemin. "
        f"{_UNKNOWN_PATHS} {ONLY_KNOWN}",
        formula="plus court chemin par les rues depuis un point tous les 50 m dans le périmètre ; on "
        f"retient la distance du milieu. {DISC}",
        measure=measures.walking_distance,
    ),
    _walk(
        id="detour_05ha",
        label="Détour à pied jusqu'à un espace vert public (0,5 ha et plus)",
        unit="fois la ligne droite",
        decimals=1,
        breaks=(1.2, 1.4, 1.7, 2),
        definition="Combien de fois le chemin par les rues est plus long que la ligne droite, depuis "
        f"les mêmes points. Près de 1 : presque tout droit ; 2 : deux fois plus long. {_UNKNOWN_PATHS}",
        formula=f"distance médiane par les rues ÷ distance médiane en ligne droite. {DISC}",
        measure=measures.detour,
    ),
    of_parks(
        id="bordure_parcs",
        more=True,
        label="Part du contour au bord d'un espace vert public (0,5 ha et plus)",
        unit="% du contour",
        breaks=(0, 10, 25, 50),
        definition="Part du contour du quartier à moins de 50 m d'un espace vert ouvert à tous et d'au "
        f"moins 0,5 hectare. {MORE_MAY_BE}",
        formula=f"longueur du contour à moins de 50 m ÷ longueur du contour. {DISC}",
        measure=measures.parks_edge_share(0.5),
    ),
    of_parks(
        id="espaces_300m",
        more=True,
        label="Espaces verts publics à moins de 300 m",
        unit="espaces",
        breaks=(0, 1, 2, 3),
        definition="Nombre d'espaces verts publics dont le bord est à moins de 300 m du quartier, ou "
        f"dedans. {MORE_MAY_BE}",
        formula=f"nombre d'espaces dont la distance au périmètre est d'au plus 300 m. {DISC}",
        measure=measures.spaces_count(300),
    ),
    of_parks(
        id="surface_300m",
        more=True,
        label="Surface des espaces verts publics à moins de 300 m",
        unit="ha",
        decimals=1,
        breaks=(0, 2, 5, 10),
        definition="Surface entière des espaces verts publics dont le bord est à moins de 300 m du "
        f"quartier. Un espace de surface inconnue n'ajoute rien. {MORE_MAY_BE}",
        formula=f"somme des surfaces des espaces dont la distance au périmètre est d'au plus 300 m. {DISC}",
        measure=measures.spaces_area(300),
    ),
    of_parks(
        id="espaces_1km",
        more=True,
        label="Espaces verts publics à moins de 1 km",
        unit="espaces",
        breaks=(0, 1, 3, 5),
        definition=f"Même compte à moins de 1 km du quartier. {MORE_MAY_BE}",
        formula=f"nombre d'espaces dont la distance au périmètre est d'au plus 1 km. {DISC}",
        measure=measures.spaces_count(1000),
    ),
    of_parks(
        id="surface_1km",
        more=True,
        label="Surface des espaces verts publics à moins de 1 km",
        unit="ha",
        decimals=1,
        breaks=(0, 5, 15, 30),
        definition=f"Même somme à moins de 1 km du quartier. {MORE_MAY_BE}",
        formula=f"somme des surfaces des espaces dont la distance au périmètre est d'au plus 1 km. {DISC}",
        measure=measures.spaces_area(1000),
    ),
)
