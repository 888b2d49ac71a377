"""The resources of the open data: their columns, their rows, their licence. All made from one atlas.

What comes from OpenStreetMap stays in resources of its own, under ODbL; the others are under Licence Ouverte.
A value that is not known is an empty cell in CSV and ``null`` in GeoJSON, never a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.web.open_data import rows
from qpverts.web.open_data.rows import Row, Shapes

OPEN_LICENCE, ODBL = "Licence Ouverte 2.0", "ODbL 1.0"


@dataclass(frozen=True, slots=True)
class ExportedField:
    """A column: name, type of JSON Table Schema, and what it means, in French, with its unit."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A table that anybody may take.

    ``id`` is what its address says, and never changes; ``key`` names the columns that make a row unique, the
    first being that of ``shapes``, which gives the geometry of rows in degrees (EPSG:4326); a resource
    without any is CSV only. ``datasets`` are those of the catalogue it is made from.
    """

    id: str
    title: str
    description: str
    licence: str
    datasets: tuple[str, ...]
    key: tuple[str, ...]
    fields: tuple[ExportedField, ...]
    rows: Callable[[Atlas], Iterable[Row]]
    shapes: Shapes | None = None


_CODE = ExportedField("code_qp", "string", "Code du quartier prioritaire, génération 2024.")
_NOTE = ExportedField("note", "string", "Ce qui reste incertain.")
_SOURCES = (
    ExportedField("source", "string", "Titre de la source."),
    ExportedField("source_url", "string", "Adresse de la source."),
    ExportedField("source_date", "string", "Date de la source, aussi précise que connue."),
)
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
_SPACE_FIELDS = (
    ExportedField("id", "string", "Identifiant stable de l'espace vert."),
    ExportedField("nom", "string", "Nom de l'espace vert."),
    ExportedField("nature", "string", "Parc, jardin, square, espace naturel, plage ou autre."),
    ExportedField("code_commune", "string", "Code INSEE de la commune."),
    ExportedField("surface_ha", "number", "Surface en hectares ; vide quand elle n'est pas connue."),
    ExportedField("acces", "string", "Qui peut y entrer."),
    ExportedField("annee_ouverture", "integer", "Année d'ouverture."),
    ExportedField("origine_position", "string", "D'où vient le point."),
    *_SOURCES,
    _NOTE,
)

RESOURCES: Mapping[str, Resource] = {
    one.id: one
    for one in (
        Resource(
            "quartiers",
            "Quartiers prioritaires de la Métropole",
            "Les quartiers prioritaires de la politique de la ville (2024) et leurs chiffres de l'INSEE.",
            OPEN_LICENCE,
            ("qpv_2024", "insee_qpv"),
            ("code_qp",),
            (
                _CODE,
                ExportedField("nom", "string", "Nom du quartier."),
                ExportedField("communes", "string", "Communes du quartier, la principale d'abord."),
                ExportedField("codes_communes", "string", "Codes INSEE des communes, séparés par « ; »."),
                ExportedField("population_2020", "integer", "Habitants, recensement 2020."),
                ExportedField("menages", "integer", "Ménages, année à vérifier."),
                ExportedField("taux_emploi_pct", "number", "Taux d'emploi en %, année à vérifier."),
                ExportedField("taux_pauvrete_60_pct", "number", "Taux de pauvreté à 60 %, année à vérifier."),
                ExportedField("logements_sociaux", "integer", "Logements sociaux, année à vérifier."),
            ),
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
            (
                ExportedField("id", "string", "Identifiant stable de l'action."),
                ExportedField("titre", "string", "Titre de l'action."),
                ExportedField("resume", "string", "L'action en quelques phrases."),
                ExportedField("themes", "string", "Thématiques, la principale d'abord, séparées par « ; »."),
                ExportedField("champs", "string", "Champs d'intervention, séparés par « ; »."),
                ExportedField("axe", "string", "Axe de la démarche."),
                ExportedField(
                    "code_qp", "string", "Codes des quartiers, séparés par « ; » ; vide pour une commune."
                ),
                ExportedField("code_commune", "string", "Code INSEE de la commune."),
                ExportedField("lieu", "string", "Lieu tel que la source le dit."),
                ExportedField(
                    "precision", "string", "À quoi le lieu est connu ; seuls adresse et lieu ont un point."
                ),
                ExportedField("etat", "string", "État à la date de la source."),
                ExportedField("annee_debut", "integer", "Année de début."),
                ExportedField("annee_fin", "integer", "Année de fin."),
                ExportedField("porteur", "string", "Qui porte l'action."),
                ExportedField("partenaires", "string", "Avec qui, séparés par « ; »."),
                ExportedField("surface_m2", "number", "Surface en mètres carrés."),
                ExportedField("budget_eur", "number", "Budget en euros."),
                *_SOURCES,
                _NOTE,
            ),
            rows.actions,
            rows.places,
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
            "Les espaces verts dont la position ne vient pas d'OpenStreetMap. Un point, pas un contour.",
            OPEN_LICENCE,
            ("espaces_verts",),
            ("id",),
            _SPACE_FIELDS,
            rows.spaces(from_osm=False),
            rows.points(from_osm=False),
        ),
        Resource(
            "espaces-verts-osm",
            "Espaces verts publics placés d'après OpenStreetMap",
            "Les espaces verts dont la position vient d'OpenStreetMap. Un point, pas un contour.",
            ODBL,
            ("espaces_verts", "espaces_verts_osm"),
            ("id",),
            _SPACE_FIELDS,
            rows.spaces(from_osm=True),
            rows.points(from_osm=True),
        ),
    )
}
