"""The journal of a whole server: every library speaks JSON, sessions are logged, readers are not."""

import json

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.thorough

SEARCHED = "12 rue des Lilas"


def test_a_server_writes_one_object_a_line(run, visit, tmp_path):
    """Start, answers, sessions and pages are lines of JSON; what was typed is in none of them."""
    with run.serving(tmp_path, QPVERTS_LOG="json") as server:
        server.get(f"/public/chercher?q={SEARCHED.replace(' ', '+')}")
        person = visit(server)
        person.open("/habitants")
        expect(person.page.get_by_role("heading").first).to_be_visible()
        person.page.close()
    lines = server.log().splitlines()
    # Streamlit greets on the standard output, in its own words; what is logged goes to the other one.
    told = [json.loads(line) for line in lines if line.startswith("{")]
    events = {line["event"] for line in told}
    assert {"ready", "answer", "session opened", "page", "session closed"} <= events
    assert all({"time", "level", "logger", "event"} <= line.keys() for line in told)
    assert {line["page"] for line in told if line["event"] == "page"} == {"habitants"}
    assert "/public/chercher" in {line.get("path") for line in told}
    assert not [line for line in lines if "Lilas" in line or "Mozilla" in line]
    greeting = [line for line in lines if line.strip() and not line.startswith("{")]
    assert not [line for line in greeting if "Traceback" in line or "WARNING" in line or "INFO" in line]
