"""Drawings: text that fits and stays text, discs, and PNG made without a font of the machine."""

import io
import subprocess
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from qpverts.viz.files import raster, svg


@settings(deadline=None)
@given(words=st.text(max_size=80), room=st.floats(20, 400))
def test_fitted_text_fits(words, room):
    """Whatever is written stays in its room, and what was not cut is whole."""
    found = svg.fitted(words, room, 15)
    assert found == "…" or svg.width(found, 15) <= room + 1e-6
    assert found == words or found.endswith("…")


def test_fitted_text_is_cut_no_shorter_than_it_must():
    """One letter more would not fit, and a long text is measured a few times, not once a letter."""
    words = "Frais Vallon - Le Clos - La Rose" * 100
    room, measured, width = 150, [], svg.width
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            svg, "width", lambda text, *size, **bold: measured.append(text) or width(text, *size, **bold)
        )
        found = svg.fitted(words, room, 15)
    assert len(measured) < 20
    kept = len(found) - 1
    assert width(found, 15) <= room < width(f"{words[: kept + 2].rstrip()}…", 15)


def test_wrapped_text_keeps_its_words():
    """Lines are no wider than asked, in order; no-break spaces hold."""
    lines = svg.wrapped("Sur 66 quartiers, 25 le sont", 90, 15)
    assert " ".join(lines) == "Sur 66 quartiers, 25 le sont"
    assert len(lines) > 1
    assert all(svg.width(line, 15) <= 90 for line in lines)
    assert svg.wrapped("a\u00a0b c", svg.width("a\u00a0b", 15), 15) == ["a\u00a0b", "c"]


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "a & b", '"/><b', "nul \x00 \x0b \ud800 fin"])
def test_any_text_is_inert(words):
    """The drawing is still XML, with the text in one element and nothing more."""
    found = ET.fromstring(svg.document(10, 10, [svg.text(0, 0, words, 12)], words))  # noqa: S314  # made here
    tags = [one.tag.rsplit("}", 1)[-1] for one in found.iter()]
    assert tags == ["svg", "title", "rect", "text"]


@pytest.mark.parametrize(("share", "filled"), [(0, 0.0), (0.25, 0.25), (0.5, 0.5), (0.75, 0.75), (1, 1.0)])
def test_disc_is_filled_by_its_share(share, filled):
    """Dark pixels of the disc, counted, are the share asked, its outline apart."""
    drawing = svg.document(40, 40, [svg.pie(20, 20, 15, share, "#000000")], "")
    image = Image.open(io.BytesIO(svg.png(drawing, 4))).convert("L")
    inside = [
        image.getpixel((x, y)) < 128
        for x in range(160)
        for y in range(160)
        if (x - 80) ** 2 + (y - 80) ** 2 < 54**2
    ]
    assert sum(inside) / len(inside) == pytest.approx(filled, abs=0.02)


def test_accents_are_drawn():
    """With the application's fonts only, an accent adds ink, and bold adds more."""

    def ink(words, *, bold=False):
        drawing = svg.document(120, 40, [svg.text(5, 28, words, 24, bold=bold)], "")
        image = Image.open(io.BytesIO(svg.png(drawing, 2))).convert("L")
        return sum(image.histogram()[:128])

    assert 0 < ink("Eca") < ink("Éça")
    assert ink("Éça") < ink("Éça", bold=True)


def test_size_is_zoomed():
    """A PNG of so many pixels for each of the drawing."""
    image = Image.open(io.BytesIO(svg.png(svg.document(30, 20, [], ""), 1.5)))
    assert (image.format, image.size) == ("PNG", (45, 30))


def test_what_is_no_drawing_is_refused():
    """An error, and no empty picture."""
    with pytest.raises(subprocess.CalledProcessError):
        raster.png("pas un dessin", 1, "Roboto", ())
