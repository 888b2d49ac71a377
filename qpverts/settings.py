"""Settings: the only place that reads the environment.

=========================  ================================================  =====================
variable                   meaning                                           default
=========================  ================================================  =====================
``QPVERTS_DATA``           folder that holds ``geo/`` and ``actions/``       ``data`` of the project
``QPVERTS_VAR``            folder of fetched layers and working files        ``var`` of the project
``QPVERTS_GEOCODER_URL``   IGN-compatible address search                     Géoplateforme
``QPVERTS_GEOCODER_WAIT``  seconds before giving up on it                    4
``QPVERTS_PUBLIC_URL``     address of the site, with its folder if any       none: links stay local
``QPVERTS_HOSTS``          other names that the site answers to, by commas     any, without a PUBLIC_URL
``QPVERTS_CONTACT``        e-mail address that takes the readers' remarks    none: no link to write to
``QPVERTS_LOG``            ``json``: one object a line, each answer told     text, only what goes wrong
=========================  ================================================  =====================
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be changed without changing the code.

    ``geocoder_wait_s`` is in seconds. ``public_url`` has no final slash; it and ``contact`` are empty when
    not set, or not what they should be: a false address is worse than none. ``hosts`` are the names that the
    site answers to, that of its address among them; none means any.
    """

    data_dir: Path
    var_dir: Path
    geocoder_url: str
    geocoder_wait_s: float
    public_url: str
    hosts: frozenset[str]
    contact: str
    log_json: bool


_URL = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?(/[A-Za-z0-9._~-]+)*")
_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def _seconds(text: str | None, default: float) -> float:
    """Read a positive number of seconds; anything else gives the default."""
    try:
        seconds = float(text or default)
    except ValueError:
        return default
    return seconds if 0 < seconds < float("inf") else default


def site_address(text: str | None) -> str:
    """Read the address of a site, without its final slash; nothing when it is not one."""
    return _matching(_URL, (text or "").strip().rstrip("/"))


def _hosts(public_url: str, others: str) -> frozenset[str]:
    """Give the names of an address and of a list, in small letters, without their ports."""
    names = [urlsplit(public_url).hostname or "", *others.split(",")]
    return frozenset(name.strip().lower() for name in names if name.strip())


def _matching(pattern: re.Pattern[str], text: str | None) -> str:
    """Give a text of that form; nothing when it has another."""
    bare = (text or "").strip()
    return bare if pattern.fullmatch(bare) else ""


def load() -> Settings:
    """Read the environment now, so that tests and several processes may differ."""
    env = os.environ
    public_url = site_address(env.get("QPVERTS_PUBLIC_URL"))
    return Settings(
        data_dir=Path(env.get("QPVERTS_DATA") or ROOT / "data"),
        var_dir=Path(env.get("QPVERTS_VAR") or ROOT / "var"),
        geocoder_url=env.get("QPVERTS_GEOCODER_URL") or "https://data.geopf.fr/geocodage/search",
        geocoder_wait_s=_seconds(env.get("QPVERTS_GEOCODER_WAIT"), 4.0),
        public_url=public_url,
        hosts=_hosts(public_url, env.get("QPVERTS_HOSTS") or ""),
        contact=_matching(_MAIL, env.get("QPVERTS_CONTACT")),
        log_json=env.get("QPVERTS_LOG") == "json",
    )
