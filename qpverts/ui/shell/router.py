"""The Streamlit script behind every page: navigation, style, and the one place that catches faults."""

from __future__ import annotations

import logging
import time

import streamlit as st

from qpverts import browser
from qpverts.errors import DataError
from qpverts.ui.address import navigation
from qpverts.ui.address.pages import PAGES
from qpverts.ui.parts import components
from qpverts.ui.shell import projection_bar

# A file of ours: the icon names of Streamlit are fetched from the internet when used as a page icon.
ICON = browser.path("icon.svg")
st.set_page_config(
    page_title="QPVerts", page_icon=str(ICON), layout="wide", initial_sidebar_state="collapsed"
)
current = st.navigation([navigation.page(name) for name in PAGES], position="top")
st.set_page_config(page_title=f"{current.title} – QPVerts")
name = navigation.name_of(current)
navigation.carry(name)
projection_bar.bar(name)
log = logging.getLogger("qpverts.ui.shell.router")  # Streamlit runs this file under another name
began = time.perf_counter()
try:
    current.run()
except DataError as error:
    components.data_error(error)
except Exception:
    # Streamlit would say it in English. The log keeps what it was; what stops or reruns a page is no fault.
    log.exception("page failed", extra={"page": current.url_path})
    components.our_fault()
finally:
    log.info("page", extra={"page": current.url_path, "ms": round(1000 * (time.perf_counter() - began), 1)})
