"""The configurations of deploy/, as far as their text tells."""

import re
from pathlib import Path

import pytest

from qpverts.web.addresses import DATA, HEALTH, PLACES, PUBLIC, ROBOTS, UPLOADS, is_within

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_what_is_kept_is_kept_by_the_host_that_is_passed_on():
    """A request that names two hosts must not put an answer for the one under the name of the other."""
    text = (DEPLOY / "qpverts.conf").read_text("utf-8")
    (passed,) = set(re.findall(r"proxy_set_header Host (\$\w+);", text))
    keys = re.findall(r"proxy_cache_key \"([^\"]+)\";", text)
    assert len(keys) == text.count("proxy_cache qpverts;")
    assert all(key.startswith(f"$request_method{passed}$uri") for key in keys)


def patterns():
    """Give the two patterns of addresses whose answers nginx keeps: files, then what is public."""
    text = (DEPLOY / "qpverts.conf").read_text("utf-8")
    return [re.compile(found) for found in re.findall(r"location ~ (\S+) {", text)]


def test_nginx_gives_files_a_bound_of_their_own_as_the_application_does():
    """Every prefix that is not counted, Streamlit's talk with its server apart, and no other."""
    files, _ = patterns()
    uncounted = {
        place.prefix for place in PLACES if not place.is_limited and not is_within(UPLOADS, place.prefix)
    }
    assert set(files.pattern.removeprefix("^/(").removesuffix(")/").split("|")) == {
        prefix.strip("/") for prefix in uncounted
    }


@pytest.mark.parametrize("prefix", [PUBLIC, DATA, ROBOTS])
def test_nginx_keeps_what_is_public_and_nothing_that_only_begins_like_it(prefix):
    """A longer word is a page of the dashboard, which is nobody else's."""
    _, public = patterns()
    assert public.match(prefix)
    assert public.match(f"{prefix}/")
    assert public.match(f"{prefix}/a")
    assert not public.match(f"{prefix}x")
    assert not public.match(f"{prefix}x/a")


def test_nginx_keeps_every_public_prefix_but_the_health_of_a_process():
    """Health is asked of one process at one moment: an older answer would hide that it stopped."""
    _, public = patterns()
    kept = {place.prefix for place in PLACES if place.is_public and public.match(place.prefix)}
    assert kept == {place.prefix for place in PLACES if place.is_public} - {HEALTH}
