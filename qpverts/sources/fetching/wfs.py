"""A layer of a WFS, asked page by page and written as one GeoJSON file.

A WFS answers a few thousand objects at a time. What it sends is kept only if the pages make one whole: as
many objects as announced, none twice, the announcement unchanged from the first page to the last.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, Any

import httpx

from qpverts.errors import RemoteError
from qpverts.geo import geojson
from qpverts.sources.fetching.transport import Listener, Patience, ask, chunks, open_client, persist
from qpverts.text_files import json_bytes

PAGE = 5_000  # objects; the most that the Géoplateforme gives at once
_DEGREES = ("CRS84", "EPSG::4326", "EPSG:4326")
_TOO_LARGE = "la couche dépasse la taille admise ; réduisez l'emprise ou relevez « max_mb »"
_NOT_GEOJSON = "le service ne répond pas en GeoJSON compté ; vérifiez l'adresse au catalogue"


def fetch(
    url: str, target: Path, *, limit: int, patience: Patience, listener: Listener, page: int = PAGE
) -> None:
    """Fetch every object that a ``GetFeature`` request selects into ``target``, in the server's order.

    Coordinates are kept as they come, in decimal degrees (EPSG:4326, longitude first).

    Parameters
    ----------
    limit
        Size in bytes that the whole must not exceed.
    page
        Objects asked for at a time.

    Raises
    ------
    RemoteError
        When the service fails, does not answer in GeoJSON, or gives pages that do not make one whole.
    """
    with open_client(patience) as client, target.open("wb") as file:
        layer = _Layer(file, limit)
        while not layer.whole:
            where = httpx.URL(url).copy_merge_params({"COUNT": page, "STARTINDEX": len(layer.seen)})
            attempt = partial(_ask, client, str(where), limit - layer.size, patience)
            content = persist(attempt, patience, listener)
            try:
                layer.add(json.loads(content))
            except (ValueError, TypeError, KeyError, OverflowError, RecursionError) as error:
                raise RemoteError(_NOT_GEOJSON) from error
            listener.progress(layer.size, None)
        layer.close()


def _ask(client: httpx.Client, url: str, limit: int, patience: Patience) -> bytes:
    with ask(client, url, {}) as response:
        return b"".join(chunks(response, patience, limit, _TOO_LARGE))


@dataclass(slots=True)
class _Layer:
    """The objects written so far."""

    file: IO[bytes]
    limit: int  # bytes
    announced: int | None = None
    size: int = 0  # bytes
    seen: set[str] = field(default_factory=set)

    @property
    def whole(self) -> bool:
        return self.announced is not None and len(self.seen) >= self.announced

    def add(self, page: Any) -> None:  # noqa: ANN401  # whatever JSON holds
        """Write the objects of a page, or say why it cannot be the next one."""
        features, matched = list(page["features"]), int(page["numberMatched"])
        crs = page.get("crs") or {
            "properties": {"name": _DEGREES[0]}
        }  # without a word, GeoJSON is in degrees
        if not str(crs["properties"]["name"]).endswith(_DEGREES):
            raise RemoteError("le service ne répond pas en EPSG:4326 ; vérifiez SRSNAME au catalogue")
        if self.announced not in {None, matched}:
            raise RemoteError("la couche a changé pendant le téléchargement ; relancez")
        if not features:
            raise RemoteError("le service s'arrête avant la fin, ou ne connaît aucun objet dans l'emprise")
        self.announced = matched
        for feature in features:
            self._write(str(feature["id"]), feature)

    def _write(self, name: str, feature: object) -> None:
        if name in self.seen:
            raise RemoteError("les pages du service se recouvrent ; relancez")
        content = (geojson.BETWEEN if self.seen else geojson.opening()) + json_bytes(feature)
        self.seen.add(name)
        self.size += len(content)
        if self.size > self.limit:
            raise RemoteError(_TOO_LARGE)
        self.file.write(content)

    def close(self) -> None:
        """Close the collection."""
        self.file.write(geojson.END)
