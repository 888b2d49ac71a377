"""The configurations of deploy/, as far as their text tells."""

import re
from pathlib import Path

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_what_is_kept_is_kept_by_the_host_that_is_passed_on():
    """A request that names two hosts must not put an answer for the one under the name of the other."""
    text = (DEPLOY / "qpverts.conf").read_text("utf-8")
    (passed,) = set(re.findall(r"proxy_set_header Host (\$\w+);", text))
    keys = re.findall(r"proxy_cache_key \"([^\"]+)\";", text)
    assert len(keys) == text.count("proxy_cache qpverts;")
    assert all(key.startswith(f"$request_method{passed}$uri") for key in keys)
