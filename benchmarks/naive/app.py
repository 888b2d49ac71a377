"""The usual page, to compare with: same libraries, from the same place, so that only the method differs."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from qpverts.web.vendor import vendor_routes

app = st.App(Path(__file__).parent / "page.py", routes=vendor_routes())
