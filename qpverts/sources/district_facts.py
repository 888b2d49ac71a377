"""From what the data folder holds to what is measured of each district."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import geopandas as gpd

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.figures.facts import DistrictFacts, GreenAccess, GreenList
from qpverts.domain.figures.published import by_district, vegetation_of, walk_of
from qpverts.domain.model import Figures, GreenSpace, Qpv
from qpverts.geo import access
from qpverts.sources.published.green_access import is_current, read_access
from qpverts.sources.rules import Content


def published_access(catalogue: Catalogue, content: Content) -> Mapping[str, GreenAccess]:
    """Give the access to green spaces by district, as it was published or, if that is old, measured again.

    Raises
    ------
    DataError
        When the published table cannot be read.
    """
    return read_access(catalogue) if is_current(catalogue) else measure_access(content)


def measure_access(content: Content) -> dict[str, GreenAccess]:
    """Measure the access to green spaces by district; one that is not covered has none."""
    return access_of(content.qpvs, content.perimeters.geometry, content.spaces.rows)


def access_of(
    qpvs: Sequence[Qpv], perimeters: gpd.GeoSeries, spaces: Sequence[GreenSpace]
) -> dict[str, GreenAccess]:
    """Measure the same from parts: ``perimeters`` by ``code_qp``, EPSG:2154."""
    covered = covered_districts(qpvs, spaces)
    green = access.green_layer(access.locate(spaces))
    codes = [qpv.code for qpv in qpvs if qpv.code in covered]
    return {code: access.green_access(perimeters.loc[code], green) for code in codes}


def measure(content: Content, accesses: Mapping[str, GreenAccess]) -> dict[str, DistrictFacts]:
    """Put together what is known of every district: the vegetation and the walk are those of the content.

    ``accesses`` are by district; one without is not covered.
    """
    figures: dict[str, Figures] = {row.code_qp: row for row in content.figures.rows}
    lists = _green_lists(content.spaces.rows)
    nature = by_district(content.nature.rows)
    areas_ha = {space.id: space.area_ha for space in content.spaces.rows}
    facts: dict[str, DistrictFacts] = {}
    for qpv in content.qpvs:
        perimeter = content.perimeters.geometry.loc[qpv.code]
        green_lists = tuple(lists[c.code] for c in qpv.communes if c.code in lists)
        facts[qpv.code] = DistrictFacts(
            code_qp=qpv.code,
            area_m2=float(perimeter.area),
            boundary_m=float(perimeter.length),
            figures=figures[qpv.code],
            action_ids=frozenset(a.id for a in content.actions.rows if qpv.code in a.qpv_codes),
            green_lists=green_lists,
            green=accesses.get(qpv.code),
            space_areas_ha=areas_ha,
            vegetation=vegetation_of(nature.get(qpv.code, {})),
            walk=walk_of(nature.get(qpv.code, {})),
        )
    return facts


def covered_districts(qpvs: Iterable[Qpv], spaces: Iterable[GreenSpace]) -> frozenset[str]:
    """Give the districts of whose communes at least one public green space can be drawn."""
    drawn = {space.commune_code for space in spaces if space.is_public_green and space.is_drawn}
    return frozenset(qpv.code for qpv in qpvs if any(commune.code in drawn for commune in qpv.communes))


def _green_lists(spaces: tuple[GreenSpace, ...]) -> dict[str, GreenList]:
    public = [space for space in spaces if space.is_public_green]
    codes = {space.commune_code for space in public}
    return {
        code: GreenList(
            code,
            listed=sum(space.commune_code == code for space in public),
            drawn=sum(space.commune_code == code and space.is_drawn for space in public),
        )
        for code in codes
    }
