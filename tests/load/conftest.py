"""Crowds, slow readers and rubbish against a real server, without a browser."""

import pytest

from benchmarks.server import serving


@pytest.fixture(scope="session")
def server():
    """A server of the application, for all the tests of this folder."""
    with serving() as running:
        yield running
