"""The local actions and the inspirations from elsewhere: what their files hold, and reading them."""

from __future__ import annotations

from operator import attrgetter

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.model import Action, Inspiration
from qpverts.sources.reading.columns import CITATION, Column, Declaration
from qpverts.sources.reading.tables import Table, read_table

_NOTE = Column("note", "note", "Ce qui reste incertain.")
_THEMES = Column("themes", "themes", "Thématiques, la principale d'abord, séparées par « ; ».")
_FIELDS = Column("champs", "fields", "Champs d'intervention, séparés par « ; ».")


def _stands_for_its_district(action: Action) -> bool:
    """Tell whether the point of an action must never be taken for its place."""
    return not action.is_exact


ACTIONS = Declaration(
    "actions",
    Action,
    (
        Column("id", "id", "Identifiant stable de l'action."),
        Column("titre", "title", "Titre de l'action."),
        Column("resume", "summary", "L'action en quelques phrases."),
        _THEMES,
        _FIELDS,
        Column("axe", "axis", "Axe de la démarche."),
        Column("qpv_code", "qpv_codes", "Codes des quartiers, séparés par « ; » ; vide pour une commune."),
        Column("commune_insee", "commune_code", "Code INSEE de la commune."),
        Column("lieu", "place", "Lieu tel que la source le dit."),
        Column("lon", "lon", "Longitude du lieu, en degrés, là où il est connu.", attrgetter("is_exact")),
        Column("lat", "lat", "Latitude du lieu, en degrés, là où il est connu.", attrgetter("is_exact")),
        Column(
            "precision", "precision", "À quoi le lieu est connu ; seuls « adresse » et « lieu » ont un point."
        ),
        Column("statut", "status", "État à la date de la source."),
        Column("annee_debut", "start_year", "Année de début."),
        Column("annee_fin", "end_year", "Année de fin."),
        Column("porteur", "carrier", "Qui porte l'action."),
        Column("type_porteur", "carrier_kind", "Quelle sorte d'organisme la porte."),
        Column("partenaires", "partners", "Avec qui, séparés par « ; »."),
        Column("surface_m2", "area_m2", "Surface en mètres carrés."),
        Column("budget_eur", "budget_eur", "Budget en euros."),
        *CITATION,
        _NOTE,
        # The file keeps these points in « lon » and « lat »; what is taken away must show them as no place.
        Column(
            "lon_repere",
            "lon",
            "Longitude, en degrés, d'un point qui représente le quartier : ce n'est pas le lieu de l'action.",
            _stands_for_its_district,
            optional=True,
        ),
        Column(
            "lat_repere",
            "lat",
            "Latitude, en degrés, de ce même point.",
            _stands_for_its_district,
            optional=True,
        ),
    ),
)
INSPIRATIONS = Declaration(
    "inspirations",
    Inspiration,
    (
        Column("id", "id", "Identifiant stable de l'inspiration."),
        Column("titre", "title", "Titre de l'action menée ailleurs."),
        Column("ville", "city", "Ville où elle a lieu."),
        Column("pays", "country", "Pays où elle a lieu."),
        Column("lon", "lon", "Longitude de la ville ou du lieu, en degrés."),
        Column("lat", "lat", "Latitude de la ville ou du lieu, en degrés."),
        Column("annee_debut", "start_year", "Année de début."),
        _THEMES,
        _FIELDS,
        Column("resume", "summary", "L'action en quelques phrases."),
        Column(
            "en_quartier_populaire", "in_working_class_district", "Se passe-t-elle en quartier populaire ?"
        ),
        Column("echelle", "scale", "Jusqu'où elle va : immeuble, îlot, quartier ou ville."),
        Column("foncier", "land", "Combien de terrain elle prend : aucun, petit ou grand."),
        Column("portage", "carrier_kind", "Quelle sorte d'organisme la porte."),
        Column("cout", "cost", "Coût, tel que la source le dit."),
        Column("cout_niveau", "cost_level", "Niveau de coût, de 1 (faible) à 3 (élevé)."),
        Column("delai_mois", "delay_months", "Mois qu'il faut pour la mettre en place."),
        Column("resultats", "results", "Ce qu'elle a donné, selon la source."),
        Column("conditions", "conditions", "Ce qu'il lui faut."),
        Column("limites", "limits", "Ses limites."),
        *CITATION,
        _NOTE,
    ),
)


def read_actions(catalogue: Catalogue) -> Table[Action]:
    """Read ``actions.csv``; DataError with every faulty line."""
    return read_table(catalogue, ACTIONS)


def read_inspirations(catalogue: Catalogue) -> Table[Inspiration]:
    """Read ``inspirations.csv``; DataError with every faulty line."""
    return read_table(catalogue, INSPIRATIONS)
