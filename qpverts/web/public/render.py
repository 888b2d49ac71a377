"""From a template and what it is given to bytes: every text is escaped, and set the French way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from qpverts.domain.text import capital
from qpverts.viz.palette import OTHER_MARK, THEME_MARKS
from qpverts.viz.words import labels
from qpverts.viz.words.grammar import of

TEMPLATES = Path(__file__).parent / "templates"
#: Acronyms spelt out where they stand, for people who do not work with them every day.
ACRONYMS: Mapping[str, str] = {
    "ADEME": "Agence de la transition écologique",
    "ANCT": "Agence nationale de la cohésion des territoires",
    "ANRU": "Agence nationale pour la rénovation urbaine",
    "BBC": "bâtiment basse consommation",
    "CIQ": "comité d'intérêt de quartier",
    "CPIE": "centre permanent d'initiatives pour l'environnement",
    "FEDER": "Fonds européen de développement régional",
    "HLM": "habitation à loyer modéré",
    "IGN": "Institut national de l'information géographique et forestière",
    "INSEE": "Institut national de la statistique et des études économiques",
    "NPNRU": "nouveau programme national de renouvellement urbain",
    "OCS GE": "occupation du sol à grande échelle",
    "OMS": "Organisation mondiale de la santé",
    "OSM": "OpenStreetMap",
    "QPV": "quartier prioritaire de la politique de la ville",
    "RGAA": "référentiel général d'amélioration de l'accessibilité",
    "RTM": "Régie des transports métropolitains",
    "SDES": "service des données et études statistiques",
    "VRAC": "Vers un réseau d'achat en commun",
    "WCAG": "Web Content Accessibility Guidelines",
}
_ACRONYM = re.compile(rf"\b({'|'.join(ACRONYMS)})\b")
_WEB = re.compile(r"https?://[^\s\"'<>]+", re.ASCII)


def words(text: str) -> Markup:
    """Escape a text, set it the French way, and spell its acronyms out."""
    safe = str(escape(labels.typeset(text)))
    return Markup(_ACRONYM.sub(_spelt, safe))  # noqa: S704  # escaped on the line above


def _spelt(found: re.Match[str]) -> str:
    return f'<abbr title="{escape(labels.typeset(ACRONYMS[found[1]]))}">{found[1]}</abbr>'


def web(url: str) -> str:
    """Give an address of the web; nothing for anything else, such as a script."""
    return url if _WEB.fullmatch(url) else ""


@cache
def environment() -> Environment:
    """Give the templates, compiled once; an unknown name in one of them is an error, not a blank."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"t": words, "set": labels.typeset, "web": web, "sentence": capital, "urlpart": quote}
    made.globals |= {"marks": THEME_MARKS, "other_mark": OTHER_MARK, "plural": labels.plural, "of": of}
    return made


def render(template: str, context: Mapping[str, object]) -> bytes:
    """Fill a template; lines that hold nothing but spaces are dropped."""
    text = environment().get_template(template).render(context)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip()).encode()
