"""What the browser fetches: five decimals, valid shapes, no more than it needs."""

import json
import math

import shapely

from qpverts.viz.maps import geojson_layers


def test_disc_has_the_area_of_the_space(atlas):
    """The radius sent makes a disc of the declared area, to the metre."""
    features = geojson_layers.space_features(atlas.spaces.values())
    sizes = {f["properties"]["nom"]: f["properties"]["rayon_m"] for f in features}
    drawn = [space for space in atlas.spaces.values() if space.is_located and space.area_ha]
    assert drawn
    for space in drawn:
        assert (
            abs(math.pi * sizes[space.name] ** 2 - space.area_ha * 10_000) < 2 * math.pi * sizes[space.name]
        )


def test_spaces_that_nobody_located_are_not_drawn(atlas):
    """No place is made up."""
    features = geojson_layers.space_features(atlas.spaces.values())
    assert len(features) == sum(space.is_located for space in atlas.spaces.values()) < len(atlas.spaces)


def test_districts_keep_their_shape(atlas):
    """Rounding to five decimals moves no border by more than two metres, and badges stand inside."""
    for feature in geojson_layers.district_features(atlas.qpvs, atlas.perimeters):
        shape = shapely.from_geojson(json.dumps(feature["geometry"]))
        properties = feature["properties"]
        assert shape.is_valid
        assert shape.buffer(1e-5).contains(shapely.Point(properties["lng"], properties["lat"]))


def test_rings_go_round_their_districts(atlas):
    """A ring contains its district and is about 300 m wider."""
    rings = {f["properties"]["code"]: f for f in geojson_layers.ring_features(atlas.perimeters)}
    assert set(rings) == set(atlas.qpvs)
    ring = shapely.from_geojson(json.dumps(rings["QN01338I"]["geometry"]))
    west, south, east, north = atlas.perimeters.loc[["QN01338I"]].to_crs(4326).total_bounds
    assert abs((ring.bounds[3] - north) * 111_100 - 300) < 10
    assert abs((south - ring.bounds[1]) * 111_100 - 300) < 10
    assert ring.bounds[0] < west < east < ring.bounds[2]


def test_text_is_sent_as_it_is(atlas):
    """Accents are UTF-8, and nothing is escaped twice."""
    body = geojson_layers.collection(geojson_layers.district_features(atlas.qpvs, atlas.perimeters))
    assert "Grand Saint Barthélémy" in body.decode("utf-8")
    assert len(json.loads(body)["features"]) == 66
