"""The addresses of the public pages: stable, readable, and the same on any host."""

from __future__ import annotations

from qpverts.domain.model import Commune, Qpv
from qpverts.domain.text import plain
from qpverts.web.addresses import PUBLIC

HOME = f"{PUBLIC}/"
SEARCH = f"{PUBLIC}/chercher"
METHOD = f"{PUBLIC}/methode"
STATEMENT = f"{PUBLIC}/accessibilite"
SITEMAP = f"{PUBLIC}/sitemap.xml"
PREVIEW = f"{PUBLIC}/apercu.png"


def slug(text: str) -> str:
    """Write a name as it goes in an address.

    >>> slug("Berre-l'Étang")
    'berre-l-etang'
    """
    return plain(text).replace(" ", "-")


def district(qpv: Qpv) -> str:
    """Give the page of a district: its code is what counts, its name is for people."""
    return f"{PUBLIC}/quartier/{qpv.code}-{slug(qpv.name)}"


def commune(one: Commune) -> str:
    """Give the page of a commune."""
    return f"{PUBLIC}/commune/{one.code}-{slug(one.name)}"


def theme(theme_id: str) -> str:
    """Give the page of a theme."""
    return f"{PUBLIC}/theme/{slug(theme_id)}"
