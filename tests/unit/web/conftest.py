"""Our routes alone, without Streamlit."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qpverts.web.map_layers import layer_routes
from qpverts.web.vendor import vendor_routes


@pytest.fixture(autouse=True)
def looking(monkeypatch):
    """Look at the data folder at each question: tests change it from one to the next."""
    monkeypatch.setattr("qpverts.web.latest.LOOK_EVERY_S", 0.0)


@pytest.fixture
def client(monkeypatch):
    """A client of our routes, on the repository's data; a server fault is an answer, not an exception."""
    monkeypatch.delenv("QPVERTS_DATA", raising=False)
    app = Starlette(routes=[*vendor_routes(), *layer_routes()])
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened
