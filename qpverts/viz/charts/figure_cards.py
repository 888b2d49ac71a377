"""Figures as HTML cards: value, bounds, and the definition folded under them.

A sheet has thirty: as HTML they are one element per family, where a widget each would keep the map waiting.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from qpverts.domain.figures.indicators import Indicator
from qpverts.viz.words import figure_texts, labels


def html(found: Sequence[Indicator], sources: Mapping[str, Sequence[str]]) -> str:
    """Write one card per figure; ``sources`` are those to cite, by indicator."""
    return f'<div class="chiffres">{"".join(_card(one, sources[one.spec.id]) for one in found)}</div>'


def _card(one: Indicator, sources: Sequence[str]) -> str:
    unknown = ' class="inconnu"' if one.value is None else ""
    bounds = labels.range_text(one)
    told = "".join(
        f"<p><strong>{name}{labels.NBSP}:</strong> {_text(text)}</p>" if name else f"<p>{_text(text)}</p>"
        for name, text in figure_texts.definition_lines(one, sources)
    )
    return (
        f'<article data-indicateur="{escape(one.spec.id)}"><h3>{_text(one.spec.label)}</h3>'
        f"<p{unknown}><b>{_text(labels.value_text(one))}</b></p>"
        + (f"<p><small>{_text(bounds)}</small></p>" if bounds else "")
        # Of one name, so that opening one shuts the one before.
        + '<details name="definition"><summary>Définition et source</summary>'
        + f"<div>{told}</div></details></article>"
    )


def _text(text: str) -> str:
    return escape(labels.typeset(text))
