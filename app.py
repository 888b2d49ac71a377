"""ASGI entry: the Streamlit pages, and our own routes beside them. Run with ``streamlit run app.py``."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from qpverts import settings
from qpverts.web.health import health_routes
from qpverts.web.journal import Journal
from qpverts.web.map_layers import layer_routes
from qpverts.web.open_data.routes import open_data_routes
from qpverts.web.public.routes import public_routes
from qpverts.web.rate import RateLimit
from qpverts.web.security import Security
from qpverts.web.shell import FrenchShell
from qpverts.web.vendor import vendor_routes
from qpverts.web.warm import lifespan

app = st.App(
    Path(__file__).parent / "qpverts" / "ui" / "shell" / "router.py",
    routes=[*vendor_routes(), *layer_routes(), *public_routes(), *open_data_routes(), *health_routes()],
    middleware=[
        Middleware(Journal),
        Middleware(Security, hosts=settings.load().hosts),
        Middleware(RateLimit),
        Middleware(FrenchShell),
    ],
    lifespan=lifespan,
)
