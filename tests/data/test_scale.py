"""The levels declared in the data: the tests that make grades by hand rest on the same ones."""

from dataclasses import replace

from tests.builders import SCALE


def test_the_declared_levels_ask_for_what_the_tests_do(atlas):
    """Names, symbols, scores and thresholds are those of ``tests/builders.py``; only sentences may differ."""
    assert [replace(level, sentence="") for level in atlas.scale] == [
        replace(level, sentence="") for level in SCALE
    ]
