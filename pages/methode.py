"""Méthode: every indicator and every dataset, generated from their declarations."""

import streamlit as st

from qpverts.sources import atlas as atlases
from qpverts.ui import claims, method, method_acting, method_goalposts

atlas = atlases.current()
st.title("Méthode et sources")
method.reading()
report = method.report_of(atlas)
claims.section(atlas, report)
method.indicators_section(atlas, report)
method.levels_section(atlas)
method_goalposts.sections()
method_acting.sections(atlas)
method.controls_section(report)
method.catalogue_section(atlas)
