"""Our own addresses, through the whole application: a near miss is a page of the dashboard."""

import pytest

from qpverts.web.addresses import PLACES, place_of

PUBLIC = [
    "/public",
    "/public/",
    "/public/methode",
    "/public/nulle-part",
    "/public/ressources",
    "/public//methode",
    "/publi%63/methode",
    "/public%2Fmethode",
    "/donnees",
    "/donnees/",
    "/donnees/quartiers.csv",
    "/donnees/carte/v/quartiers.geojson",
    "/sante",
    "/sante/",
    "/robots.txt",
]
NOT_PUBLIC = [
    "/",
    "/carte",
    "/publicx",
    "/publicx/methode",
    "/public.html",
    "/public-x",
    "/Public",
    "/PUBLIC/methode",
    "//public",
    "/%2Fpublic",
    "/%20public",
    "/x/public",
    "/donneesx",
    "/donnees.csv",
    "/santex",
    "/robots.txtx",
    "/robots-txt",
    "/vendor/leaflet-0/leaflet.js",
]


def default_sources(answer):
    """Give what a browser may load from when nothing more precise is said."""
    policy = answer.headers["content-security-policy"]
    return next(part for part in policy.split("; ") if part.startswith("default-src"))


@pytest.mark.parametrize("path", PUBLIC)
def test_what_is_public_gets_the_strictest_policy(visitor, path):
    """However its address is written: decoded, it is ours, so the policy follows what is served."""
    assert default_sources(visitor.get(f"http://testserver{path}")) == "default-src 'none'"


@pytest.mark.parametrize("path", NOT_PUBLIC)
@pytest.mark.parametrize("query", ["", "?integrer=1"])
def test_what_only_looks_public_gets_the_policy_of_the_dashboard(visitor, path, query):
    """A longer word, another case, a slash more: Streamlit's, and never in a foreign frame."""
    answer = visitor.get(f"http://testserver{path}{query}")
    assert default_sources(answer) == "default-src 'self'"
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/publicx", "/donneesx", "/Public", "/santex"])
def test_a_page_that_is_not_ours_is_in_french(visitor, path):
    """Streamlit answers with its shell, which is edited as that of any page of the dashboard."""
    answer = visitor.get(path)
    assert '<html lang="fr"' in answer.text


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.prefix)
def test_every_prefix_is_found_whatever_else_begins_like_it(place):
    """The longest prefix counts, and a longer word is none of it."""
    below = place.prefix if place.prefix.endswith("/") else f"{place.prefix}/"
    assert place_of(f"{below}a") is place
    longer = place_of(f"{place.prefix.rstrip('/')}x/a")
    assert longer is None or longer.prefix.rstrip("/") != place.prefix.rstrip("/")
