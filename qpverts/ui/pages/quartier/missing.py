"""What is missing on a district's sheet, or was never looked for."""

from __future__ import annotations

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.grading import missing
from qpverts.ui.parts.components import safe
from qpverts.viz.words import missing_texts
from qpverts.viz.words.labels import NBSP, typeset


def of_district(atlas: Atlas, code: str) -> None:
    """Draw the section: themes absent, weak, unknown, then the measures of nature that are not known."""
    grades = atlas.grades[code]
    names = atlas.vocabulary.theme_labels
    found = missing.gaps(grades, atlas.scale)
    actions = atlas.actions_of(code)
    st.header(typeset("Ce qui manque ou n'a pas été relevé"))
    if not found.absent and not found.weak and len(found.unknown) < len(grades):
        st.markdown(safe(missing_texts.NOTHING_WEAK))
    _list(
        "Cherché, et pas trouvé",
        [(names[theme], missing_texts.absent_text(grades[theme], atlas.scale)) for theme in found.absent],
    )
    _list(
        "En projet, ou d'état inconnu",
        [
            (
                names[theme],
                missing_texts.weak_text(
                    grades[theme], [action for action in actions if theme in action.themes], atlas.scale
                ),
            )
            for theme in found.weak
        ],
    )
    if found.unknown:
        told = missing_texts.unknown_text([names[theme] for theme in found.unknown], atlas.scale)
        _list("Relevé à faire d'abord", [("", told)])
    unknown = missing.not_covered(atlas.indicators[code][spec.id] for spec in atlas.specs.nature)
    if not unknown:
        return
    _list(
        "La nature que nous ne savons pas mesurer ici",
        [
            ("", missing_texts.nature_text(state, group, len(atlas.specs.nature)))
            for state, group in unknown.items()
        ],
    )
    with st.expander("Voir ces mesures"):
        st.markdown("\n".join(f"- {safe(one.spec.label)}" for group in unknown.values() for one in group))


def _list(title: str, lines: list[tuple[str, str]]) -> None:
    """Write lines under a title, each with its own heading or none; nothing without lines."""
    if not lines:
        return
    told = [f"**{safe(name)}{NBSP}:** {safe(text)}" if name else safe(text) for name, text in lines]
    st.markdown(typeset(f"**{title}**\n") + "\n".join(f"- {one}" for one in told))
