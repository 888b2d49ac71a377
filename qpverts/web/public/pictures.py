"""The maps of the public pages, from what the atlas knows to shapes in a frame."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import geopandas as gpd
import shapely

from qpverts.atlas.atlas import Atlas
from qpverts.domain.territory import Kind, Territory
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.viz.maps import static_map
from qpverts.viz.maps.geojson_layers import RING_M
from qpverts.viz.maps.static_map import Frame, Outline
from qpverts.viz.words import labels
from qpverts.viz.words.action_words import ActionWords
from qpverts.viz.words.grammar import of
from qpverts.viz.words.resident.resident_cards import SpaceCard

_MARGIN_M = 380.0
_SPACE_WITHIN_M = 700.0
#: Marks nearer than this, in units, are one mark: their targets must not overlap.
_APART = 22.0
_LETTER = 6.6  # units: about the width of a letter of a name


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A mark with what it stands for: ``sign`` is written in it, and before each item of the list it names.

    ``x`` and ``y`` are its true place, ``drawn_x`` where it is written, aside when another mark stands there.
    ``target`` is the id, in the page, of the first of them; ``radius`` that of a disc of the same area, or 0.
    """

    sign: str
    x: float
    y: float
    drawn_x: float
    lat: float
    lon: float
    radius: float
    target: str
    title: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name on a map."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Area:
    """An area on the map that leads to a page; ``marked`` when this page is about it."""

    path: str
    title: str
    href: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class MapPicture:
    """A map ready to be written as SVG."""

    title: str
    description: str
    frame: Frame
    land: tuple[Outline, ...]
    areas: tuple[Area, ...]
    ring: tuple[Outline, ...] = ()
    way: tuple[Outline, ...] = ()
    spaces: tuple[PlacedMark, ...] = ()
    actions: tuple[PlacedMark, ...] = ()
    labels: tuple[Label, ...] = ()


class Pictures:
    """Draws the maps of one atlas; the background is projected once."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas

    @cached_property
    def _communes(self) -> gpd.GeoSeries:
        return static_map.project(self.atlas.backgrounds.communes.geometry)

    @cached_property
    def _land(self) -> gpd.GeoSeries:
        around = static_map.project(self.atlas.backgrounds.land.geometry)
        return gpd.GeoSeries([*around, *self._communes], crs=self._communes.crs)

    @cached_property
    def _names(self) -> gpd.GeoDataFrame:
        layer = self.atlas.backgrounds.names
        return layer.set_geometry(static_map.project(layer.geometry))

    @cached_property
    def _districts(self) -> gpd.GeoSeries:
        return static_map.project(self.atlas.perimeters)

    def district(
        self, code: str, spaces: Sequence[SpaceCard], actions: Sequence[ActionWords], hrefs: Mapping[str, str]
    ) -> tuple[MapPicture, Mapping[str, str]]:
        """Draw a district with what the page lists of exact place; give also the sign of each item.

        ``hrefs`` are the pages of the districts, by code.
        """
        atlas = self.atlas
        own = atlas.perimeters.loc[[code]]
        near = [
            atlas.green_discs.loc[row.id]
            for row in atlas.green_near.get(code, ())
            if row.distance_m < _SPACE_WITHIN_M
        ]
        way = self._way(code)
        frame = static_map.frame_around(
            gpd.GeoSeries([*own, *way, *(disc.centroid for disc in near)], crs=LAMBERT_93), _MARGIN_M
        )
        ring = static_map.project(own.buffer(RING_M, quad_segs=8))
        space_marks, signs = self._space_marks(spaces, frame)
        action_marks, more = self._action_marks(actions, frame)
        qpv = atlas.qpvs[code]
        parks = labels.plural(len(space_marks), "repère d'espace vert", "repères d'espaces verts")
        deeds = labels.plural(len(action_marks), "repère d'action", "repères d'actions")
        picture = MapPicture(
            title=f"Carte {of(qpv.name)}",
            description=f"Le périmètre du quartier, une ligne à 300 mètres autour, {parks} et {deeds}. "
            "Les listes de la page disent la même chose.",
            frame=frame,
            land=static_map.outlines(self._land, frame),
            areas=self._areas(hrefs, frame, marked={code}),
            ring=static_map.outlines(ring, frame),
            way=static_map.outlines(static_map.project(way), frame),
            spaces=_aside(space_marks, action_marks),
            actions=action_marks,
        )
        return picture, {**signs, **more}

    def region(self, territory: Territory, title: str, hrefs: Mapping[str, str]) -> MapPicture:
        """Draw the districts of a commune or of the Métropole."""
        frame = static_map.frame_around(self.atlas.perimeters.loc[list(territory.codes)], 3 * _MARGIN_M)
        return MapPicture(
            title=title,
            description=f"{_districts(len(territory.codes))}, en vert foncé. La liste de la page "
            f"{'le nomme' if len(territory.codes) == 1 else 'les nomme tous'}.",
            frame=frame,
            land=static_map.outlines(self._land, frame),
            areas=self._areas(hrefs, frame, marked=set(territory.codes)),
            labels=self._labels(frame, territory),
        )

    def _way(self, code: str) -> gpd.GeoSeries:
        """Give the way to a park along the streets, EPSG:2154; nothing where none is known."""
        way = self.atlas.ways.get(code)
        lines = [shapely.LineString([(lon, lat) for lat, lon in way.route])] if way else []
        return gpd.GeoSeries(lines, crs=WGS84).to_crs(LAMBERT_93)

    def _areas(self, hrefs: Mapping[str, str], frame: Frame, marked: set[str]) -> tuple[Area, ...]:
        qpvs = self.atlas.qpvs
        return tuple(
            Area(one.path, qpvs[one.id].name, hrefs[one.id], one.id in marked)
            for one in static_map.outlines(self._districts, frame)
        )

    def _labels(self, frame: Frame, territory: Territory) -> tuple[Label, ...]:
        """Name the communes that have a district, or the arrondissements of one; those with room only."""
        names = self._names
        if territory.kind is Kind.METROPOLE:
            names = names[names["nom"].isin([one.name for one in self.atlas.index.all_communes])]
        else:
            names = names[names["genre"] == "arrondissement"]
        taken: list[shapely.Geometry] = []
        found = []
        for name, point in zip(names["nom"], names.geometry, strict=True):
            x, y = frame.place(point.x, point.y)
            half = _LETTER * len(name) / 2
            box = shapely.box(x - half, y - 9, x + half, y + 4)
            inside = box.within(shapely.box(0, 0, static_map.WIDTH, frame.height))
            if inside and not any(box.intersects(other) for other in taken):
                taken.append(box)
                found.append(Label(name, x, y))
        return tuple(found)

    def _space_marks(
        self, spaces: Sequence[SpaceCard], frame: Frame
    ) -> tuple[tuple[PlacedMark, ...], dict[str, str]]:
        discs = self.atlas.green_discs
        points = {card.id: discs.loc[card.id].centroid for card in spaces if card.id in discs.index}
        radii = {name: math.sqrt(discs.loc[name].area / math.pi) for name in points}
        return _marks(
            "espace", {card.id: card.name for card in spaces}, points, frame, radii_m=radii, sign=_letter
        )

    def _action_marks(
        self, actions: Sequence[ActionWords], frame: Frame
    ) -> tuple[tuple[PlacedMark, ...], dict[str, str]]:
        cards = [card for card in actions if card.is_exact]
        known = self.atlas.actions
        degrees = gpd.GeoSeries.from_xy(
            [known[card.id].lon for card in cards], [known[card.id].lat for card in cards], crs=WGS84
        )
        points = dict(zip([card.id for card in cards], degrees.to_crs(LAMBERT_93), strict=True))
        return _marks("action", {card.id: card.title for card in cards}, points, frame, radii_m={}, sign=str)


def _districts(count: int) -> str:
    return labels.plural(count, "quartier prioritaire", "quartiers prioritaires")


def _letter(rank: int) -> str:
    return chr(ord("A") + rank - 1)


def _marks(
    kind: str,
    titles: Mapping[str, str],
    points: Mapping[str, shapely.Point],
    frame: Frame,
    *,
    radii_m: Mapping[str, float],
    sign: Callable[[int], str],
) -> tuple[tuple[PlacedMark, ...], dict[str, str]]:
    """Place marks, one for those that would overlap; give also the sign of each item."""
    groups: list[list[static_map.Spot]] = []
    for spot in static_map.spots(points, frame, radii_m):
        home = next((g for g in groups if math.hypot(g[0].x - spot.x, g[0].y - spot.y) < _APART), None)
        if home is None:
            groups.append([spot])
        else:
            home.append(spot)
    marks: list[PlacedMark] = []
    signs: dict[str, str] = {}
    for rank, group in enumerate(groups, start=1):
        first = group[0]
        written = sign(rank)
        marks.append(
            PlacedMark(
                sign=written,
                x=first.x,
                y=first.y,
                drawn_x=first.x,
                lat=first.lat,
                lon=first.lon,
                radius=max(spot.radius for spot in group),
                target=f"{kind}-{first.id}",
                title=" ; ".join(titles[spot.id] for spot in group),
            )
        )
        signs |= {f"{kind}-{spot.id}": written for spot in group}
    return tuple(marks), signs


def _aside(marks: Sequence[PlacedMark], others: Sequence[PlacedMark]) -> tuple[PlacedMark, ...]:
    """Move the marks that others would hide, to the side that has more room."""
    found = []
    for mark in marks:
        if any(math.hypot(other.x - mark.x, other.y - mark.y) < _APART for other in others):
            step = -_APART - 4 if mark.x > static_map.WIDTH / 2 else _APART + 4
            found.append(replace(mark, drawn_x=round(mark.x + step, 1)))
        else:
            found.append(mark)
    return tuple(found)
