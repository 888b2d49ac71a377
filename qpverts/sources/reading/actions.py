"""Reading the local actions and the inspirations from elsewhere."""

from __future__ import annotations

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.model import Action, Inspiration
from qpverts.sources.reading.tables import CITATION, Table, read_table

ACTION_COLUMNS = {
    "id": "id",
    "titre": "title",
    "resume": "summary",
    "themes": "themes",
    "champs": "fields",
    "axe": "axis",
    "qpv_code": "qpv_codes",
    "commune_insee": "commune_code",
    "lieu": "place",
    "lon": "lon",
    "lat": "lat",
    "precision": "precision",
    "statut": "status",
    "annee_debut": "start_year",
    "annee_fin": "end_year",
    "porteur": "carrier",
    "type_porteur": "carrier_kind",
    "partenaires": "partners",
    "surface_m2": "area_m2",
    "budget_eur": "budget_eur",
    "note": "note",
    **CITATION,
}
INSPIRATION_COLUMNS = {
    "id": "id",
    "titre": "title",
    "ville": "city",
    "pays": "country",
    "lon": "lon",
    "lat": "lat",
    "annee_debut": "start_year",
    "themes": "themes",
    "champs": "fields",
    "resume": "summary",
    "en_quartier_populaire": "in_working_class_district",
    "echelle": "scale",
    "foncier": "land",
    "portage": "carrier_kind",
    "cout": "cost",
    "cout_niveau": "cost_level",
    "delai_mois": "delay_months",
    "resultats": "results",
    "conditions": "conditions",
    "limites": "limits",
    "note": "note",
    **CITATION,
}


def read_actions(catalogue: Catalogue) -> Table[Action]:
    """Read ``actions.csv``; DataError with every faulty line."""
    return read_table(catalogue, "actions", Action, ACTION_COLUMNS)


def read_inspirations(catalogue: Catalogue) -> Table[Inspiration]:
    """Read ``inspirations.csv``; DataError with every faulty line."""
    return read_table(catalogue, "inspirations", Inspiration, INSPIRATION_COLUMNS)
