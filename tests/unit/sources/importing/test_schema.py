"""The official schema, found under whatever names; what is missing is said with what might be it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.vintage import Generation
from qpverts.errors import DataError
from qpverts.sources.importing import schema
from qpverts.sources.importing.formats import read_vector
from qpverts.sources.importing.schema import FIELDS, How, codes, match

OFFICIAL_2024 = [
    "code_qp",
    "lib_qp",
    "insee_reg",
    "lib_reg",
    "insee_dep",
    "lib_dep",
    "insee_com",
    "lib_com",
    "siren_epci",
]


def table(**columns):
    """A table of one row, or of those given."""
    return pd.DataFrame(
        {name: value if isinstance(value, list) else [value] for name, value in columns.items()}
    )


def found(columns):
    """What each field was found as."""
    return {one.field: one.found for one in match(table(**dict.fromkeys(columns, "x")), "f.shp").matches}


def faults(frame, **words):
    """The sentences of a refusal."""
    with pytest.raises(DataError) as caught:
        match(frame, "f.shp", **words)
    assert {fault.file for fault in caught.value.faults} == {"f.shp"}
    return [fault.message for fault in caught.value.faults]


def test_names_of_2024():
    """The official names are found as they are, and nothing is absent."""
    result = match(table(**dict.fromkeys(["fid", *OFFICIAL_2024], "x")), "f")
    assert [one.field for one in result.matches] == OFFICIAL_2024
    assert {one.how for one in result.matches} == {How.SAME}
    assert (result.absent, result.unused) == ((), ("fid",))


def test_names_of_2015():
    """The names of 2015 are found; the fields that it did not have are reported absent."""
    result = match(table(CODE_QP="QP013038", NOM_QP="Air Bel", COMMUNE_QP="Marseille"), "f")
    assert {one.field: (one.found, one.how) for one in result.matches} == {
        "code_qp": ("CODE_QP", How.SAME),
        "lib_qp": ("NOM_QP", How.KNOWN),
        "lib_com": ("COMMUNE_QP", How.KNOWN),
    }
    assert set(result.absent) == {"insee_reg", "lib_reg", "insee_dep", "lib_dep", "insee_com", "siren_epci"}


@pytest.mark.parametrize(
    "code", ["CODE_QP", "codeQP", "Code QP", "code-qp", "code_qpv", "CODE_QUART", "CodeQuartier", "QP_CODE"]
)
@pytest.mark.parametrize("name", ["LIB_QP", "libQp", "nom_qp", "Nom_du_qua", "libellé QP", "NOM_QUARTI"])
def test_case_signs_and_cuts(code, name):
    """Case, underscores, accents and the ten letters of a Shapefile change nothing."""
    assert found([code, name]) == {"code_qp": code, "lib_qp": name}


@given(st.sampled_from(sorted(FIELDS)), st.randoms(use_true_random=False))
def test_any_case(field, random):
    """Any mix of capitals finds the field."""
    mixed = "".join(random.choice((letter.lower(), letter.upper())) for letter in field)
    result = match(table(**{mixed: "x"}), "f", required=())
    assert [one.field for one in result.matches] == [field]


def test_the_nearest_name_wins():
    """The official name is taken before another known name, which is kept as it is."""
    result = match(table(code_qp="a", code_qpv="b", lib_qp="c"), "f")
    assert result.matches[0].found == "code_qp"
    assert result.unused == ("code_qpv",)


def test_two_that_could_be():
    """Two fields that could be a required one are both named: neither is picked blindly."""
    (message,) = faults(table(CODE_QP="a", code_QP="b", lib_qp="c"))
    assert (
        message == "plusieurs champs peuvent être « code_qp » : « CODE_QP », « code_QP » ; n'en gardez qu'un"
    )


def test_candidates_by_value():
    """A column that holds codes of districts is proposed for the code, whatever its name."""
    messages = faults(table(ident=["QN01338I", "QP013038"], lib_qp=["a", "b"]))
    assert messages == ["le champ « code_qp » manque ; serait-ce « ident » ? Renommez-le en « code_qp »"]


def test_candidates_by_name():
    """A name that is nearly right is proposed."""
    messages = faults(table(code_pq="x", lib_qp="a"))
    assert "serait-ce « code_pq »" in messages[0]


def test_all_missing_at_once():
    """Every missing field is reported at once, with the fields that are there."""
    messages = faults(table(a="1", b="2"))
    assert len(messages) == 2
    assert messages[0] == "le champ « code_qp » manque, et rien n'y ressemble parmi les champs : a, b"


def test_hostile_names():
    """Names with markup or lines are shown on one line, and many names are cut."""
    columns = {"<img src=x>\n\x1b[31m" + "x" * 300: "1"} | {f"c{rank}": "1" for rank in range(500)}
    (message, _) = faults(table(**columns))
    assert message.isprintable()
    assert len(message) < 400


def test_apply():
    """Fields are renamed, texts stripped, codes get back the zeros that numbers lost."""
    frame = table(
        CODE_QP=[" QN00101M "], NOM_QP=["  Grande Reyssouze"], CODE_COM=[1053], insee_dep=[1.0], autre=[3]
    )
    result = match(frame, "f").apply(frame)
    assert result.iloc[0].to_dict() == {
        "code_qp": "QN00101M", "lib_qp": "Grande Reyssouze", "insee_com": "01053", "insee_dep": "01",
        "autre": 3,
    }  # fmt: skip
    assert next(iter(frame.columns)) == "CODE_QP"


def test_apply_to_nothing():
    """Empty cells of any kind become None, never the word "nan"."""
    frame = table(
        code_qp=["a", None, float("nan"), pd.NA, " "],
        lib_qp=["b"] * 5,
        insee_dep=[13.0, None, None, None, None],
    )
    result = match(frame, "f").apply(frame)
    assert result["code_qp"].tolist() == ["a", None, None, None, None]
    assert result["insee_dep"].tolist() == ["13", None, None, None, None]


def test_lines():
    """The matching is shown one field per line, then what is absent, then what is kept under its name."""
    lines = match(table(CODE_QP="a", NOM_QP="b", id="c"), "f").lines()
    assert lines[:2] == ["code_qp ← CODE_QP (même nom)", "lib_qp  ← NOM_QP (autre nom connu)"]
    assert lines[2].startswith("Absents du fichier : insee_reg,")
    assert lines[3] == "Gardés sous leur nom : id."


def test_codes():
    """Codes of both generations are counted, and those of none are listed with their rank."""
    told = codes(["QN01338I", "QP013038", "QP02A001", "13055", None, "<b>"])
    assert told.counts == {Generation.Y2015: 2, Generation.Y2024: 1}
    assert [(remark.rank, remark.code) for remark in told.strange] == [(4, "13055"), (5, "None"), (6, "<b>")]
    assert "2 de la génération 2015 (exemple : QP013038)" in told.lines()[0]
    assert told.lines(1)[-1] == "  … et 2 autres"


def test_no_codes():
    """Without codes, nothing is said."""
    assert codes([]).lines() == ["Codes de quartiers : aucun."]


@pytest.mark.parametrize(
    ("name", "generation", "count"),
    [
        ("QP2024_France_simplifie_WGS84.geojson", Generation.Y2024, 1_606),
        ("qp2015_politiquedelaville_shp.zip", Generation.Y2015, 1_514),
    ],
)
def test_official_files(official, name, generation, count):
    """Both official files match the schema, and every code is of its generation."""
    frame = read_vector(official / name).frame
    layer = match(frame, name).apply(frame)
    told = codes(layer["code_qp"].tolist())
    assert (told.counts, told.strange) == ({generation: count}, ())
    assert layer["lib_qp"].notna().all()
    assert schema.REQUIRED == ("code_qp", "lib_qp")
