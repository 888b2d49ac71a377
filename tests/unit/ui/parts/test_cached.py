"""What is kept for each version of the data."""

from dataclasses import replace

from qpverts.ui.parts.cached import per_atlas


def test_drawn_once_for_each_version_and_each_choice(atlas):
    """An atlas read again from the same bytes is the same; other bytes, or another choice, are not."""
    drawn = []

    @per_atlas(max_entries=4)
    def draw(atlas, size, _words=""):
        drawn.append((atlas.version, size))
        return object()

    first = draw(atlas, 1)
    assert draw(atlas, 1) is first
    assert draw(replace(atlas), 1) is first
    assert draw(atlas, 1, "other words") is first
    assert draw(atlas, 2) is not first
    assert draw(replace(atlas, version="autre"), 1) is not first
    assert drawn == [(atlas.version, 1), (atlas.version, 2), ("autre", 1)]
