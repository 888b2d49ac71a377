"""The parts of *Méthode* about the sheet of a district: goalposts of nature, and close profiles."""

from __future__ import annotations

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.acting.close_profiles import CRITERIA
from qpverts.ui.parts import data_tables
from qpverts.ui.parts.components import safe
from qpverts.viz.charts import nature_radar
from qpverts.viz.words import labels
from qpverts.viz.words.acting import close_profile_texts
from qpverts.viz.words.labels import typeset


def sections(atlas: Atlas) -> None:
    """Show what 0 and 100 mean on each axis of the radar of nature, and how close districts are found."""
    st.header("Les repères du radar de la nature")
    st.markdown(
        typeset(
            "Chaque mesure est ramenée de 0 à 100 entre deux repères fixes, en ligne droite ; au-delà d'un "
            "repère, elle y reste. Les repères ne dépendent pas des quartiers comparés. Ceux que nous avons "
            "choisis sont à discuter. Nous n'avons gardé que des mesures qui ne se répètent pas."
        )
    )
    data_tables.draw(
        {
            "Axe": safe(post.label),
            "Mesure": safe(post.spec.label),
            "0": safe(labels.quantity(post.spec, post.worst)),
            "100": safe(labels.quantity(post.spec, post.best)),
            "Repères": "notre choix, à discuter" if post.is_ours else "norme ou bouts de la mesure",
            "D'où ils viennent": safe(post.why),
        }
        for post in atlas.specs.axes
    )
    st.caption(safe(nature_radar.READING))
    st.header("Les quartiers au profil proche")
    st.markdown(safe(close_profile_texts.HOW))
    st.markdown("\n".join(f"- {safe(atlas.specs.by_id[one.indicator].label)}" for one in CRITERIA))
