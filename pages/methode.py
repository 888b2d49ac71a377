"""Méthode: every indicator and every dataset, generated from their declarations."""

import streamlit as st

from qpverts.sources import load as atlases
from qpverts.ui.pages.methode import claims_section, method_acting, method_goalposts, method_sections

atlas = atlases.current()
st.title("Méthode et sources")
method_sections.reading()
report = method_sections.report_of(atlas)
claims_section.section(atlas, report)
method_sections.indicators_section(atlas, report)
method_sections.levels_section(atlas)
method_goalposts.sections(atlas)
method_acting.sections(atlas)
method_sections.controls_section(report)
method_sections.catalogue_section(atlas)
