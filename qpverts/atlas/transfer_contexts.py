"""What is known of each district that bears on whether an action from elsewhere can be done there."""

from __future__ import annotations

from collections.abc import Mapping

from qpverts.atlas.atlas import Atlas
from qpverts.domain.transfer.context import Context, context


def contexts(atlas: Atlas) -> Mapping[str, Context]:
    """Gather what is known of every district, by code."""
    return {code: context_of(atlas, code) for code in atlas.qpvs}


def context_of(atlas: Atlas, code: str) -> Context:
    """Gather what is known of one district."""
    return context(
        atlas.qpvs[code],
        atlas.facts[code],
        indicators=atlas.indicators[code],
        grades=atlas.grades[code],
        actions=atlas.actions.values(),
        method=atlas.transfer,
    )
