"""Choices that several pages offer: a district, an indicator, the vegetation grid."""

from __future__ import annotations

from qpverts.atlas.atlas import Atlas
from qpverts.ui.address import query, state
from qpverts.viz.words.labels import typeset


def grid_switch(*, on: bool) -> None:
    """Draw the switch of the vegetation grid."""
    query.switch(
        typeset("Végétation par carreau de 200 m"),
        state.GRID,
        on=on,
        help=typeset(
            "Part végétalisée du sol connu : les parcelles d'au moins 0,5 ha, publiques ou privées."
        ),
    )


def district_options(atlas: Atlas) -> dict[str, str]:
    """Give the districts by code, with their communes, sorted by commune then by name."""
    ordered = sorted(atlas.qpvs.items(), key=lambda item: (item[1].commune_names, item[1].name))
    return {code: f"{qpv.name} ({qpv.commune_names})" for code, qpv in ordered}


def indicator_options(atlas: Atlas) -> dict[str, str]:
    """Give the indicators by id."""
    return {spec.id: spec.label for spec in atlas.specs.indicators}
