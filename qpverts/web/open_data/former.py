"""The tables as version 0.3 published them, kept for one version so that nobody's program stops at once.

Their columns had names of their own, and were not all those of the files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from qpverts.atlas.atlas import Atlas
from qpverts.sources.reading.green_spaces import SPACES, has_own_point
from qpverts.web.open_data.resource import Resource
from qpverts.web.open_data.rows import Row

_CITATION = {"source": "source_titre", "source_url": "source_url", "source_date": "source_date"}
#: Former name → name of today, in the former order.
_ACTIONS = {
    **{name: name for name in ("id", "titre", "resume", "themes", "champs", "axe")},
    "code_qp": "qpv_code",
    "code_commune": "commune_insee",
    **{name: name for name in ("lieu", "precision")},
    "etat": "statut",
    **{name: name for name in ("annee_debut", "annee_fin", "porteur", "partenaires")},
    **{name: name for name in ("surface_m2", "budget_eur")},
    **_CITATION,
    "note": "note",
}
_SPACES = {
    "id": "id",
    "nom": "nom",
    "nature": "type",
    "code_commune": "commune_insee",
    **{name: name for name in ("surface_ha", "acces", "annee_ouverture")},
    "origine_position": "localisation",
    **_CITATION,
    "note": "note",
}


def former(today: Mapping[str, Resource]) -> Iterator[Resource]:
    """Give the former tables beside those of today; none of the others had other names."""
    yield _under(today["actions"], _ACTIONS, today["actions"].rows)
    yield _under(today["espaces-verts"], _SPACES, _spaces(from_osm=False))
    yield _under(today["espaces-verts-osm"], _SPACES, _spaces(from_osm=True))


def _under(today: Resource, names: Mapping[str, str], rows: Callable[[Atlas], Iterable[Row]]) -> Resource:
    """Give a table under its former names, and only with the columns that had one."""
    described = {field.name: field for field in today.fields}
    return replace(
        today,
        id=f"{today.id}-noms-0-3",
        title=f"{today.title} (colonnes de la version 0.3)",
        description=f"Le même tableau que « {today.id} », sous les anciens noms de ses colonnes et sans les "
        "nouvelles. Il disparaîtra à la version suivante.",
        fields=tuple(replace(described[new], name=old) for old, new in names.items()),
        rows=lambda atlas: ({old: row[new] for old, new in names.items()} for row in rows(atlas)),
        replaced_by=today.id,
    )


def _spaces(*, from_osm: bool) -> Callable[[Atlas], Iterator[Row]]:
    """Give what lists the spaces placed after OpenStreetMap, or the others: each was in one table only."""

    def rows(atlas: Atlas) -> Iterator[Row]:
        kept = (space for space in atlas.spaces.values() if has_own_point(space) is not from_osm)
        return map(SPACES.published, kept)

    return rows
