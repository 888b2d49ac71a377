"""The rules that data must keep across rows and files, each a function that names the faulty lines.

A rule takes the content read so far and yields faults; types and headers were checked while reading.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import shapely
from pyproj import Transformer

from qpverts.domain.model import MARSEILLE, Action, Figures, GreenSpace, Inspiration, Precision, Qpv
from qpverts.domain.themes import Approach, Vocabulary
from qpverts.errors import Fault
from qpverts.geo.crs import LAMBERT_93, WGS84
from qpverts.sources.tables import Table

CODE = re.compile(r"QN\d{5}[IMN]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
URL = re.compile(r"https?://[^\s<>\"']+")
_TO_PLANE = Transformer.from_crs(WGS84, LAMBERT_93, always_xy=True)
YEARS = range(1800, 2101)
#: Outlines are generalised: a point may seem this far out of its commune, in metres.
COMMUNE_TOLERANCE_M = 300.0
#: An action known to its district carries a point that stands for it, at times a stop just outside.
DISTRICT_TOLERANCE_M = 200.0
#: An action at a known place may serve a district from this far, in metres.
PLACE_TOLERANCE_M = 2500.0
#: The generalised outlines have no islands, so these cannot be held against their commune.
ISLANDS = frozenset({"marseille-archipel-frioul"})


@dataclass(frozen=True, slots=True)
class Content:
    """Everything read from a data folder, before it is trusted.

    ``perimeters`` and ``outlines`` (communes) are in EPSG:2154, indexed by ``code_qp`` and ``insee_com``.
    """

    qpvs: tuple[Qpv, ...]
    perimeters: gpd.GeoDataFrame
    outlines: gpd.GeoDataFrame
    figures: Table[Figures]
    spaces: Table[GreenSpace]
    actions: Table[Action]
    inspirations: Table[Inspiration]
    vocabulary: Vocabulary
    approach: Approach
    perimeters_file: str
    outlines_file: str
    themes_file: str


Rule = Callable[[Content], Iterator[Fault]]


def perimeters_are_valid(content: Content) -> Iterator[Fault]:
    """Géométries : polygones valides et non vides."""
    layers = ((content.perimeters_file, content.perimeters), (content.outlines_file, content.outlines))
    for file, layer in layers:
        for code, shape in layer.geometry.items():
            if shape is None or shape.is_empty or shape.geom_type not in {"Polygon", "MultiPolygon"}:
                yield Fault(file, "geometrie", f"« {code} » n'a pas de polygone")
            elif not shape.is_valid:
                yield Fault(
                    file, "geometrie", f"« {code} » : {shapely.is_valid_reason(shape)} ; réparez le contour"
                )


def codes_are_official(content: Content) -> Iterator[Fault]:
    """Quartiers : codes bien formés (QN + 5 chiffres + I, M ou N) et uniques."""
    for code, times in Counter(qpv.code for qpv in content.qpvs).items():
        if not CODE.fullmatch(code):
            yield Fault(content.perimeters_file, "codes", f"« {code} » n'est pas un code de quartier de 2024")
        if times > 1:
            yield Fault(content.perimeters_file, "codes", f"« {code} » figure {times} fois")


def districts_are_in_their_commune(content: Content) -> Iterator[Fault]:
    """Quartiers : chaque périmètre touche les communes qu'il déclare."""
    for qpv in content.qpvs:
        shape = _one(content.perimeters, qpv.code)
        for commune in qpv.communes:
            outline = _one(content.outlines, commune.code)
            if shape is None or outline is None:
                continue  # Pertuis (84) has no outline in the basemap
            if shape.distance(outline) > COMMUNE_TOLERANCE_M:
                yield Fault(content.perimeters_file, "communes", f"« {qpv.code} » est loin de {commune.name}")


def keys_are_unique(content: Content) -> Iterator[Fault]:
    """Clés : identifiants uniques et bien formés dans chaque table."""
    for table in (content.spaces, content.actions, content.inspirations):
        yield from _unique(table, "id", [row.id for row in table.rows], SLUG)
    yield from _unique(content.figures, "code_qp", [row.code_qp for row in content.figures.rows], CODE)


def figures_match_districts(content: Content) -> Iterator[Fault]:
    """INSEE : une ligne par quartier, ni plus ni moins ; valeurs possibles."""
    known = {qpv.code for qpv in content.qpvs}
    table = content.figures
    for line, row in table.numbered():
        if row.code_qp not in known:
            yield Fault(table.file, "insee", f"« {row.code_qp} » n'existe pas", line, "code_qp")
        for column, share in (
            ("taux_emploi_pct", row.employment_pct),
            ("taux_pauvrete_60_pct", row.poverty_pct),
        ):
            if share is not None and not 0 <= share <= 100:  # noqa: PLR2004
                yield Fault(table.file, "insee", f"{share} n'est pas un pourcentage", line, column)
        counts = (
            ("population_2020", row.population),
            ("menages", row.households),
            ("logements_sociaux", row.social_dwellings),
        )
        for column, count in counts:
            if count is not None and count < 0:
                yield Fault(table.file, "insee", f"{count} est négatif", line, column)
    for code in sorted(known - {row.code_qp for row in table.rows}):
        yield Fault(table.file, "insee", f"« {code} » n'a pas de ligne")


def words_belong_to_the_vocabulary(content: Content) -> Iterator[Fault]:
    """Vocabulaire : thématiques, champs et axes déclarés dans themes.toml."""
    words = content.vocabulary
    themes, fields = {t.id for t in words.themes}, {f.id for f in words.fields}
    axes = {a.id for a in words.axes}
    for table in (content.actions, content.inspirations):
        for line, row in table.numbered():
            if not row.themes:
                yield Fault(table.file, "vocabulaire", "aucune thématique", line, "themes")
            for unknown in [theme for theme in row.themes if theme not in themes]:
                yield Fault(table.file, "vocabulaire", f"thématique inconnue « {unknown} »", line, "themes")
            for unknown in [field for field in row.fields if field not in fields]:
                yield Fault(table.file, "vocabulaire", f"champ inconnu « {unknown} »", line, "champs")
            if isinstance(row, Action) and row.axis not in axes:
                yield Fault(table.file, "vocabulaire", f"axe inconnu « {row.axis} »", line, "axe")


def the_vocabulary_is_whole(content: Content) -> Iterator[Fault]:
    """Vocabulaire : 7 thématiques, 5 champs, 2 axes, cinq « pourquoi »."""
    words = content.vocabulary
    parts = (
        ("thématiques", 7, words.themes),
        ("champs", 5, words.fields),
        ("axes", 2, words.axes),
        ("pourquoi", 5, content.approach.whys),
    )
    for name, expected, found in parts:
        if len(found) != expected:
            yield Fault(
                content.themes_file, "vocabulaire entier", f"{len(found)} {name} au lieu de {expected}"
            )


def actions_name_known_places(content: Content) -> Iterator[Fault]:
    """Actions : quartiers existants, commune d'un quartier ou du département."""
    known = {qpv.code for qpv in content.qpvs}
    communes = {c.code for qpv in content.qpvs for c in qpv.communes} | set(content.outlines.index)
    table = content.actions
    for line, row in table.numbered():
        for code in row.qpv_codes:
            if code not in known:
                yield Fault(
                    table.file, "quartiers des actions", f"quartier inconnu « {code} »", line, "qpv_code"
                )
        if row.commune_code not in communes:
            message = f"commune inconnue « {row.commune_code} »"
            if row.commune_code.startswith("132"):
                message += f" ; pour Marseille, écrivez {MARSEILLE}"
            yield Fault(table.file, "quartiers des actions", message, line, "commune_insee")


def points_stand_where_they_claim(content: Content) -> Iterator[Fault]:
    """Points : dans le quartier, près du quartier ou dans la commune que la ligne annonce."""
    table = content.actions
    for line, row in table.numbered():
        if (row.lon is None) != (row.lat is None):
            yield Fault(table.file, "points", "longitude et latitude vont ensemble", line, "lon")
        elif row.lon is None or row.lat is None:
            if row.precision is not Precision.COMMUNE:
                yield Fault(
                    table.file, "points", f"précision « {row.precision} » sans point", line, "precision"
                )
        elif row.precision is Precision.COMMUNE:
            yield Fault(
                table.file, "points", "un point pour une action connue à la commune seulement", line, "lon"
            )
        elif row.precision is Precision.DISTRICT and not row.qpv_codes:
            yield Fault(table.file, "points", "précision « quartier » sans quartier", line, "precision")
        else:
            yield from _action_in_place(content, line, row)
    yield from _spaces_in_place(content)
    for located in (content.actions, content.spaces, content.inspirations):
        for line, there in located.numbered():
            if not _in_degrees(there.lon, there.lat):
                message = f"({there.lon}, {there.lat}) n'est pas un lieu en degrés"
                yield Fault(located.file, "points", message, line, "lon")


def values_are_possible(content: Content) -> Iterator[Fault]:
    """Valeurs : années plausibles et ordonnées, surfaces et budgets positifs, textes non vides."""
    for line, action in content.actions.numbered():
        yield from _texts_and_years(content.actions.file, line, action, action.end_year)
        yield from _positive(content.actions.file, line, "surface_m2", action.area_m2)
        yield from _positive(content.actions.file, line, "budget_eur", action.budget_eur)
    for line, inspiration in content.inspirations.numbered():
        yield from _texts_and_years(content.inspirations.file, line, inspiration, None)
    for line, space in content.spaces.numbered():
        yield from _positive(content.spaces.file, line, "surface_ha", space.area_ha)


def sources_are_given(content: Content) -> Iterator[Fault]:
    """Source : un titre et une adresse http(s) à chaque ligne."""
    for table in (content.spaces, content.actions, content.inspirations):
        for line, row in table.numbered():
            if not row.source.title:
                yield Fault(table.file, "sources", "source sans titre", line, "source_titre")
            if not URL.fullmatch(row.source.url):
                yield Fault(
                    table.file, "sources", f"adresse refusée « {row.source.url[:80]} »", line, "source_url"
                )


RULES: tuple[Rule, ...] = (
    perimeters_are_valid,
    codes_are_official,
    districts_are_in_their_commune,
    figures_match_districts,
    keys_are_unique,
    the_vocabulary_is_whole,
    words_belong_to_the_vocabulary,
    actions_name_known_places,
    points_stand_where_they_claim,
    values_are_possible,
    sources_are_given,
)


def _unique(table: Table[Any], column: str, keys: list[str], pattern: re.Pattern[str]) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for line, key in zip(table.lines, keys, strict=True):
        if not pattern.fullmatch(key):
            yield Fault(table.file, "clés", f"identifiant mal formé « {key[:80]} »", line, column)
        if key in first:
            yield Fault(table.file, "clés", f"« {key} » figure déjà ligne {first[key]}", line, column)
        first.setdefault(key, line)


def _in_degrees(lon: float | None, lat: float | None) -> bool:
    """Tell whether a point may be on Earth, without the poles; an unknown one is not wrong."""
    return (lon is None or abs(lon) <= 180) and (lat is None or abs(lat) < 90)  # noqa: PLR2004


def _texts_and_years(file: str, line: int, row: Action | Inspiration, end: int | None) -> Iterator[Fault]:
    if not row.title or not row.summary:
        yield Fault(file, "valeurs", "titre ou résumé vide", line, "titre")
    start = row.start_year
    for column, year in (("annee_debut", start), ("annee_fin", end)):
        if year is not None and year not in YEARS:
            yield Fault(file, "valeurs", f"année impossible : {year}", line, column)
    if start is not None and end is not None and end < start:
        yield Fault(file, "valeurs", f"fin {end} avant le début {start}", line, "annee_fin")


def _positive(file: str, line: int, column: str, amount: float | None) -> Iterator[Fault]:
    if amount is not None and amount <= 0:
        yield Fault(file, "valeurs", f"{amount} devrait être positif", line, column)


def _plane(lon: float, lat: float) -> shapely.Geometry:
    return shapely.Point(_TO_PLANE.transform(lon, lat))


def _one(layer: gpd.GeoDataFrame, code: str) -> shapely.Geometry | None:
    """Give the one shape of a code; none where it is missing or, as another rule says, there twice."""
    shapes = layer.geometry[layer.index == code]
    return shapes.iloc[0] if len(shapes) == 1 else None


def _outside_commune(content: Content, commune_code: str, point: shapely.Geometry) -> bool:
    outline = _one(content.outlines, commune_code)
    if outline is None:
        return False  # no outline to hold the point against
    return bool(outline.distance(point) > COMMUNE_TOLERANCE_M)


def _action_in_place(content: Content, line: int, row: Action) -> Iterator[Fault]:
    file = content.actions.file
    if row.lon is None or row.lat is None or not _in_degrees(row.lon, row.lat):
        return  # said by another line of the same rule
    point = _plane(row.lon, row.lat)
    districts = content.perimeters.geometry[content.perimeters.index.isin(row.qpv_codes)].dropna()
    if len(districts):
        limit = DISTRICT_TOLERANCE_M if row.precision is Precision.DISTRICT else PLACE_TOLERANCE_M
        distance = float(districts.distance(point).min())
        if distance > limit:
            message = f"le point est à {distance:.0f} m de son quartier (au plus {limit:.0f} m)"
            yield Fault(file, "points", message, line, "lon")
    elif _outside_commune(content, row.commune_code, point):
        yield Fault(file, "points", f"le point n'est pas dans la commune {row.commune_code}", line, "lon")


def _spaces_in_place(content: Content) -> Iterator[Fault]:
    table = content.spaces
    for line, space in table.numbered():
        if (space.lon is None) != (space.lat is None):
            yield Fault(table.file, "points", "longitude et latitude vont ensemble", line, "lon")
        elif space.lon is not None and space.lat is not None and space.id not in ISLANDS:
            point = _plane(space.lon, space.lat)
            if _in_degrees(space.lon, space.lat) and _outside_commune(content, space.commune_code, point):
                message = f"le point n'est pas dans la commune {space.commune_code}"
                yield Fault(table.file, "points", message, line, "lon")
