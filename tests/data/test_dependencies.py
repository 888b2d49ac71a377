"""Pinned libraries: none with a known vulnerability, where the service that knows answers."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CONSTRAINTS = Path(__file__).parents[2] / "constraints.txt"
LIMIT_S = 180

pytestmark = [pytest.mark.thorough, pytest.mark.timeout(LIMIT_S + 30)]  # it asks the network


def test_no_pinned_library_has_a_known_fault():
    """Each version that we pin is looked up; a service that does not answer is no success."""
    asked = [sys.executable, "-m", "pip_audit", "-r", str(CONSTRAINTS), "--no-deps", "--disable-pip"]
    asked += ["--timeout", "5", "--progress-spinner", "off", "--format", "json"]
    try:
        done = subprocess.run(
            asked, capture_output=True, text=True, timeout=LIMIT_S, check=False, stdin=subprocess.DEVNULL
        )
        found = json.loads(done.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        pytest.skip("the service of known faults does not answer: libraries were NOT audited")
    audited = [one for one in found if "skip_reason" not in one]
    if not audited:
        pytest.skip("the service of known faults knows nothing here: libraries were NOT audited")
    faulty = {one["name"]: [fault["id"] for fault in one["vulns"]] for one in audited if one["vulns"]}
    assert faulty == {}
