"""The limits of archives are numbers: what passes them is refused, whoever gives them."""

import io
import zipfile

import pytest

from qpverts.errors import DataError
from qpverts.sources.importing.unpack import Limits, drained, members


def given(content, limits):
    """Give the names that a ZIP of these members may be read by."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in content.items():
            made.writestr(name, text)
    with zipfile.ZipFile(held) as archive:
        found = members(archive, len(held.getvalue()), limits, "a.zip")
    return [member.filename for member in found]


def said(*arguments):
    """Give the one sentence of a refusal."""
    with pytest.raises(DataError) as caught:
        given(*arguments)
    (fault,) = caught.value.faults
    return str(fault)


def test_most():
    """The ratio counts above what cannot hurt, and never beyond the bytes admitted."""
    limits = Limits(unpacked=500, ratio=10, small=100)
    assert [limits.most(packed) for packed in (1, 20, 1_000)] == [100, 200, 500]


def test_members():
    """As many members as admitted pass, one more does not."""
    content = dict.fromkeys("abc", b"")
    assert given(content, Limits(unpacked=100, members=3)) == ["a", "b", "c"]
    assert said(content, Limits(unpacked=100, members=2)) == "a.zip : ZIP de 3 fichiers, plus de 2 : refusé"


def test_bytes():
    """The bytes of all members together count."""
    content = {"a": bytes(1_000_000), "b": bytes(1_000_000)}
    assert given(content, Limits(unpacked=2_000_000)) == ["a", "b"]
    assert said(content, Limits(unpacked=1_999_999)) == (
        "a.zip : le ZIP se déplierait en 2 Mo : refusé (archive piégée ?)"
    )


def test_drained():
    """What is read is given as it comes, and given up as soon as it passes its limit."""
    assert b"".join(drained(io.BytesIO(b"abc"), 3, "a.gz")) == b"abc"
    with pytest.raises(DataError, match="au-delà du raisonnable"):
        list(drained(io.BytesIO(b"abcd"), 3, "a.gz"))
