"""Our routes alone, without Streamlit."""

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qpverts.web.layers import layer_routes
from qpverts.web.vendor import vendor_routes


@pytest.fixture
def client(monkeypatch):
    """A client of our routes, on the repository's data; a server fault is an answer, not an exception."""
    monkeypatch.delenv("QPVERTS_DATA", raising=False)
    app = Starlette(routes=[*vendor_routes(), *layer_routes()])
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened
