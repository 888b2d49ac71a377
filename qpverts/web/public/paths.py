"""The addresses of the public pages: stable, readable, and the same on any host."""

from __future__ import annotations

from qpverts.domain.model import Commune, Qpv
from qpverts.domain.text import plain

ROOT = "/public"
HOME = f"{ROOT}/"
SEARCH = f"{ROOT}/chercher"
METHOD = f"{ROOT}/methode"
STATEMENT = f"{ROOT}/accessibilite"
SITEMAP = f"{ROOT}/sitemap.xml"
PREVIEW = f"{ROOT}/apercu.png"
ASSETS = f"{ROOT}/ressources"
ROBOTS = "/robots.txt"
#: The parameter that asks for a page without its header and footer, to be set in another site.
EMBED = "integrer"


def slug(text: str) -> str:
    """Write a name as it goes in an address.

    >>> slug("Berre-l'Étang")
    'berre-l-etang'
    """
    return plain(text).replace(" ", "-")


def district(qpv: Qpv) -> str:
    """Give the page of a district: its code is what counts, its name is for people."""
    return f"{ROOT}/quartier/{qpv.code}-{slug(qpv.name)}"


def commune(one: Commune) -> str:
    """Give the page of a commune."""
    return f"{ROOT}/commune/{one.code}-{slug(one.name)}"


def theme(theme_id: str) -> str:
    """Give the page of a theme."""
    return f"{ROOT}/theme/{slug(theme_id)}"
