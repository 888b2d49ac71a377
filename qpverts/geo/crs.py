"""The one table of legal projected CRS; nothing is measured in degrees."""

from __future__ import annotations

WGS84 = "EPSG:4326"
LAMBERT_93 = "EPSG:2154"
