"""Address search through the IGN Géoplateforme; called only when a person asks for it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import httpx

from qpverts.domain.territory import WINDOW
from qpverts.errors import RemoteError
from qpverts.settings import load as load_settings

MAX_ANSWER = 200_000  # bytes; a real answer is a few kilobytes
MAX_PLACES = 5
SHORTEST = 3
_OFFLINE = "Le service d'adresses de l'IGN ne répond pas. Cliquez sur la carte à l'endroit de votre logement."


@dataclass(frozen=True, slots=True)
class Place:
    """An address with its point in decimal degrees."""

    label: str
    lat: float
    lon: float


def search(address: str) -> tuple[Place, ...]:
    """Search an address of the region.

    Raises
    ------
    RemoteError
        When the address is too short, or the service is unreachable, slow, or answers anything else
        than a GeoJSON of points; the message says what to do instead.
    """
    if len(address.strip()) < SHORTEST:
        message = "Écrivez au moins trois lettres de l'adresse."
        raise RemoteError(message)
    settings = load_settings()
    deadline = time.monotonic() + settings.geocoder_wait_s  # for the whole answer: each byte may be in time
    params = {"q": address.strip(), "limit": str(2 * MAX_PLACES), "lon": "5.37", "lat": "43.3"}
    try:
        with httpx.stream(
            "GET", settings.geocoder_url, params=params, timeout=settings.geocoder_wait_s
        ) as answer:
            answer.raise_for_status()
            content = bytearray()
            for chunk in answer.iter_bytes():
                content += chunk
                if len(content) > MAX_ANSWER or time.monotonic() > deadline:
                    raise RemoteError(_OFFLINE)
        features = httpx.Response(200, content=bytes(content)).json()["features"]
        places = [place for feature in features if (place := _place(feature))]
    except (
        httpx.HTTPError,
        httpx.InvalidURL,
        ValueError,
        TypeError,
        KeyError,
        OverflowError,
        RecursionError,
    ) as error:
        raise RemoteError(_OFFLINE) from error
    return tuple(dict.fromkeys(places))[:MAX_PLACES]


def _place(feature: dict[str, Any]) -> Place | None:
    """Read one feature; ``None`` when it lies outside the region."""
    lon, lat = (float(degree) for degree in feature["geometry"]["coordinates"][:2])
    west, south, east, north = WINDOW
    if not (west <= lon <= east and south <= lat <= north):
        return None
    return Place(str(feature["properties"]["label"])[:200], round(lat, 5), round(lon, 5))
