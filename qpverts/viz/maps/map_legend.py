"""The legend of several maps at once, as HTML for the page around them.

A single map has its own, under it, which follows its zoom (``browser/map/legend.js``).
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from qpverts.domain.figures.indicators import Indicator
from qpverts.domain.themes import Vocabulary
from qpverts.viz.palette import MISSING, OTHER_MARK, RAMP, THEME_MARKS, class_of
from qpverts.viz.words import labels


def html(values: Sequence[Indicator], vocabulary: Vocabulary, *, has_ring: bool) -> str:
    """Say what colours and marks mean.

    ``values`` are those of one indicator, at least one; ``has_ring`` is whether a map draws the line 300 m
    around a district.
    """
    spec = values[0].spec
    unit = f" ({escape(labels.typeset(spec.unit))})" if spec.unit else ""
    classes = [
        _entry(f'<i class="carre" style="background:{colour}"></i>', text)
        for colour, text in zip(RAMP, labels.legend_labels(spec), strict=True)
    ]
    if any(class_of(value) == MISSING for value in values):
        classes.append(_entry('<i class="carre hachures"></i>', labels.missing_label(spec)))
    themes = [
        _entry(f'<img src="{THEME_MARKS.get(theme.id, OTHER_MARK).image}" alt="">', theme.label)
        for theme in vocabulary.themes
    ]
    marks = [
        _entry('<i class="chiffre">3</i>', "de loin, un quartier et son nombre d'actions"),
        _entry('<i class="grappe">3</i>', "actions proches"),
        _entry('<i class="pastille">3</i>', "actions dont le lieu exact est inconnu"),
        _entry('<i class="rond"></i>', "espace vert (disque de même surface)"),
        _entry('<i class="rond ferme"></i>', "accès restreint ou projet"),
    ]
    if has_ring:
        marks.append(_entry('<i class="tirets"></i>', "à 300 m du quartier"))
    return (
        '<section class="legende-cartes" aria-label="Légende des cartes">'
        f"<p><strong>{escape(labels.typeset(spec.label))}</strong>{unit}</p>"
        f"<ul>{''.join(classes)}</ul><ul>{''.join(themes)}</ul><ul>{''.join(marks)}</ul></section>"
    )


def _entry(sign: str, words: str) -> str:
    return f"<li>{sign}{escape(labels.typeset(words))}</li>"
