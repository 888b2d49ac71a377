"""The work as one SQL query, for the engines that speak it: each gives its own words for what differs."""

from __future__ import annotations

from string import Template

#: Parcels are first kept by the box of each district with its surroundings, in degrees, and only these are
#: projected: on all engines, the fastest of the ways of writing it that were tried.
_QUERY = Template("""
with perimeters as $once (
    select code_qp, $to_metres as zone from $perimeters
),
zones as $once (
    select code_qp, 'inside' as part, zone, st_area(zone) as whole from perimeters
    union all
    select code_qp, 'near', wide, st_area(wide) from (select code_qp, $wide as wide from perimeters) as wider
),
boxes as $once (
    select $to_degrees as box from zones where part = 'near'
),
near_parcels as $once (
    select distinct id, vegetated_m2, geometry from $parcels join boxes on st_intersects(geometry, box)
),
parcels_m as $once (
    select vegetated_m2, $to_metres as parcel from near_parcels
),
pairs as (
    select code_qp, part, whole, st_area(parcel) as area, least(vegetated_m2, st_area(parcel)) as vegetated,
        st_area(st_intersection(zone, parcel)) as shared
    from parcels_m join zones on st_intersects(parcel, zone)
    where vegetated_m2 is not null
)
select code_qp, part, 100 * least(sum(shared), max(whole)) / max(whole) as known_pct,
    least(sum(greatest(vegetated - (area - shared), 0)), max(whole)) as low_m2,
    least(sum(vegetated * shared / area), max(whole)) as value_m2,
    least(sum(least(vegetated, shared)), max(whole)) as high_m2
from pairs where shared > 0 group by code_qp, part order by code_qp, part
""")


def query(*, parcels: str, perimeters: str, to_metres: str, to_degrees: str, wide: str, once: str) -> str:
    """Write the query.

    Parameters
    ----------
    parcels, perimeters
        What stands for the two tables.
    to_metres
        ``geometry``, projected.
    to_degrees
        The box of ``zone``, a little larger, back in degrees.
    wide
        ``zone`` and 300 m around it.
    once
        The word that keeps a step from being computed again, if any.
    """
    return _QUERY.substitute(
        parcels=parcels,
        perimeters=perimeters,
        to_metres=to_metres,
        to_degrees=to_degrees,
        wide=wide,
        once=once,
    )
