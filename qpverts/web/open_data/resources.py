"""The resources of the open data: their columns, their rows, their licence. All made from one atlas.

What comes from OpenStreetMap stays in resources of its own, under ODbL; the others are under Licence Ouverte.
A value that is not known is an empty cell in CSV and ``null`` in GeoJSON, never a zero.
"""

from __future__ import annotations

from collections.abc import Mapping

from qpverts.sources.reading.actions import ACTIONS, INSPIRATIONS
from qpverts.sources.reading.columns import ExportedField
from qpverts.sources.reading.green_spaces import OSM_POINTS, SPACES
from qpverts.sources.reading.insee import FIGURES
from qpverts.sources.reading.scale import SURVEYS
from qpverts.web.open_data import rows
from qpverts.web.open_data.former import former
from qpverts.web.open_data.resource import ODBL, OPEN_LICENCE, Resource

_CODE = ExportedField("code_qp", "string", "Code du quartier prioritaire, génération 2024.")
_INDICATOR_FIELDS = (
    _CODE,
    ExportedField("indicateur", "string", "Identifiant de l'indicateur."),
    ExportedField("libelle", "string", "Nom de l'indicateur."),
    ExportedField("unite", "string", "Unité de la valeur et de ses bornes."),
    ExportedField("valeur", "number", "Valeur ; vide quand elle n'est pas connue, ce qui n'est pas zéro."),
    ExportedField("bas", "number", "Borne basse de la valeur."),
    ExportedField("haut", "number", "Borne haute de la valeur."),
    ExportedField("etat", "string", "Pourquoi la valeur est là, ou ne l'est pas."),
    ExportedField("couverture_pct", "number", "Part des données d'entrée qui est connue, en %."),
    ExportedField("millesime", "string", "De quand datent les données d'entrée."),
    ExportedField(
        "reserve",
        "string",
        "Ce qu'un espace non recensé changerait : « ou plus », la valeur serait plus grande ; « ou moins », "
        "plus petite ; « aucun connu », zéro faute d'en connaître. Vide quand il n'y changerait rien.",
    ),
)

_TODAY: Mapping[str, Resource] = {
    one.id: one
    for one in (
        Resource(
            "quartiers",
            "Quartiers prioritaires de la Métropole",
            "Les quartiers prioritaires de la politique de la ville (2024) et leurs chiffres de l'INSEE.",
            OPEN_LICENCE,
            ("qpv_2024", "insee_qpv"),
            ("code_qp",),
            FIGURES.fields(),
            rows.districts,
            rows.perimeters,
        ),
        Resource(
            "actions",
            "Actions locales recensées",
            "Les actions de transition recensées dans les quartiers ou pour eux, chacune avec sa source. "
            "Leur nombre mesure l'effort de recensement autant que l'engagement.",
            OPEN_LICENCE,
            ("actions",),
            ("id",),
            ACTIONS.fields(),
            rows.every(ACTIONS, lambda atlas: atlas.actions.values()),
            rows.places,
        ),
        Resource(
            "inspirations",
            "Inspirations d'ailleurs",
            "Des actions menées ailleurs en France et dans le monde, chacune avec sa source et ses limites.",
            OPEN_LICENCE,
            ("inspirations",),
            ("id",),
            INSPIRATIONS.fields(),
            rows.every(INSPIRATIONS, lambda atlas: atlas.inspirations.values()),
            rows.cities,
        ),
        Resource(
            "releves",
            "Relevés",
            "Qui a cherché des actions, sur quelle thématique, dans quel quartier, et quand.",
            OPEN_LICENCE,
            ("releves",),
            ("code_qp", "thematique", "date", "par"),
            SURVEYS.fields(),
            rows.every(SURVEYS, lambda atlas: atlas.surveys),
        ),
        Resource(
            "grille",
            "Grille de lecture",
            "Le niveau d'engagement de chaque quartier sur chaque thématique, et ce qui le fonde. "
            "« non_renseigne » n'est pas zéro.",
            OPEN_LICENCE,
            ("niveaux", "actions", "releves"),
            ("code_qp", "thematique"),
            (
                _CODE,
                ExportedField("thematique", "string", "Identifiant de la thématique."),
                ExportedField("niveau", "string", "Niveau d'engagement."),
                ExportedField("score", "integer", "De 0 à 100 ; vide quand rien n'est connu."),
                ExportedField("actions_recensees", "integer", "Actions recensées, sauf arrêtées."),
                ExportedField("actions_engagees", "integer", "Dont en cours ou réalisées."),
                ExportedField("actions_realisees", "integer", "Dont réalisées."),
                ExportedField("porteurs", "integer", "Porteurs différents des actions engagées."),
                ExportedField(
                    "releve", "string", "Date du dernier relevé ; vide quand personne n'en a fait."
                ),
            ),
            rows.grid,
        ),
        Resource(
            "indicateurs",
            "Indicateurs des quartiers",
            "Les indicateurs qui ne doivent rien à OpenStreetMap, avec leurs bornes et leur couverture.",
            OPEN_LICENCE,
            ("qpv_2024", "insee_qpv", "indicateurs_nature"),
            ("code_qp", "indicateur"),
            _INDICATOR_FIELDS,
            rows.measured(from_osm=False),
        ),
        Resource(
            "indicateurs-osm",
            "Indicateurs d'accès aux espaces verts",
            "Les indicateurs calculés avec des positions ou des rues d'OpenStreetMap, avec leurs bornes.",
            ODBL,
            ("qpv_2024", "espaces_verts", "espaces_verts_osm", "indicateurs_nature"),
            ("code_qp", "indicateur"),
            _INDICATOR_FIELDS,
            rows.measured(from_osm=True),
        ),
        Resource(
            "espaces-verts",
            "Espaces verts publics",
            "Les espaces verts recensés. Un point, pas un contour ; les points qui viennent d'OpenStreetMap "
            "sont dans un fichier à part.",
            OPEN_LICENCE,
            ("espaces_verts",),
            ("id",),
            SPACES.fields(),
            rows.every(SPACES, lambda atlas: atlas.spaces.values()),
            rows.points(from_osm=False),
        ),
        Resource(
            "espaces-verts-osm",
            "Espaces verts publics placés d'après OpenStreetMap",
            "Les espaces verts dont la position vient d'OpenStreetMap. Un point, pas un contour.",
            ODBL,
            ("espaces_verts", "espaces_verts_osm"),
            ("id",),
            OSM_POINTS.fields(),
            rows.osm_points,
            rows.points(from_osm=True),
        ),
    )
}
RESOURCES: Mapping[str, Resource] = {**_TODAY, **{one.id: one for one in former(_TODAY)}}
