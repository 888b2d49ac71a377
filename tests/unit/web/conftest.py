"""Our routes alone, without Streamlit; and the whole application."""

import importlib

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from qpverts.web.map_layers import layer_routes
from qpverts.web.vendor import vendor_routes


@pytest.fixture(autouse=True)
def looking(monkeypatch):
    """Look at the data folder at each question: tests change it from one to the next."""
    monkeypatch.setattr("qpverts.web.good_data.LOOK_EVERY_S", 0.0)


@pytest.fixture
def client(monkeypatch):
    """A client of our routes, on the repository's data; a server fault is an answer, not an exception."""
    monkeypatch.delenv("QPVERTS_DATA", raising=False)
    app = Starlette(routes=[*vendor_routes(), *layer_routes()])
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture(scope="session")
def visitor():
    """A client of the application as it is served, middleware and all; a fault of ours is a 500.

    One for all: Streamlit does not start twice in a process.
    """
    app = importlib.import_module("app").app
    with TestClient(
        app,
        raise_server_exceptions=False,
        follow_redirects=False,
        client=("127.0.0.1", 40_000),  # this machine, whose questions are not counted
    ) as client:
        yield client
