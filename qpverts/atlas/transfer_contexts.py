"""What is known of a district that bears on whether an action from elsewhere can be done there."""

from __future__ import annotations

from qpverts.atlas.atlas import Atlas
from qpverts.domain.transfer.context import Context, context


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
