"""What is expected of the data: counts that follow a yes, judgements that only a hand changes."""

import csv
import tomllib

import pytest
import tomlkit

from qpverts.domain.transfer.conclusion import Outcome
from qpverts.errors import DataError
from qpverts.sources import check, expected
from qpverts.sources.reading import catalogue as catalogues

FILE = "actions/attendus.toml"
AIR_BEL = "QN01338I"


@pytest.fixture
def edited(data_copy):
    """A function that edits what is expected of a copy of the data, and gives the folder."""

    def change(old, new):
        path = data_copy / FILE
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        return data_copy

    return change


def judgements(folder):
    """What a person judged, as the file has it."""
    return tomllib.loads((folder / FILE).read_text("utf-8"))["judgement"]


def verdict(folder):
    """What the check says of the expectations."""
    return check.check(folder)[-1]


def overturned(folder):
    """Turn the conclusion of a judgement that the tool shares, and give its name."""
    found = check.found(folder)
    rank, one = next(
        (r, one) for r, one in enumerate(found.expected.judgement) if one.name not in found.differences
    )
    path = folder / FILE
    document = tomlkit.parse(path.read_text("utf-8"))
    other = next(outcome for outcome in Outcome if outcome is not one.outcome)
    document["judgement"][rank]["outcome"] = other.value
    path.write_text(tomlkit.dumps(document), "utf-8")
    return one.name


def stopped(folder):
    """Stop every action of Air Bel, so that the tool answers otherwise there."""
    path = folder / "actions" / "actions.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if AIR_BEL in row["qpv_code"]:
            row["statut"] = "arrete"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def seal(folder, *, counts):
    """Seal a folder as the command does."""
    expected.keep(catalogues.load(folder), check.found(folder), counts=counts)
    check.seal(folder)


def test_a_wrong_count_is_told_and_is_no_fault(edited):
    """A count that is not the expected one is information."""
    folder = edited("habitants = ", "habitants = 1")
    found = verdict(folder)
    assert found.faults == ()
    assert any(line.startswith("habitants : ") and "depuis le scellé" in line for line in found.told)


def test_counts_are_written_and_the_rest_is_kept(edited):
    """Only the counts are written: a vanished one goes, comments and judgements stay to the byte."""
    folder = edited("[counts.total]\n", "[counts.total]\n# ici, un commentaire\nlicornes = 3\n")
    edited("habitants = ", "habitants = 1")
    before = (folder / FILE).read_text("utf-8")
    seal(folder, counts=True)
    after = (folder / FILE).read_text("utf-8")
    assert after.splitlines() != before.splitlines()
    assert "# ici, un commentaire" in after
    assert "licornes" not in after
    assert after.split("\n[[judgement]]\n")[1:] == before.split("\n[[judgement]]\n")[1:]
    assert not any("depuis le scellé" in line for line in verdict(folder).told)


def test_a_judgement_that_the_tool_does_not_share(data_copy):
    """On the data that were sealed, an answer that is not the person's is a fault, and names it."""
    name = overturned(data_copy)
    (fault,) = verdict(data_copy).faults
    assert f"jugement {name} : conclusion « " in fault.message
    assert "», jugé « " in fault.message


def test_data_that_changed_since(data_copy):
    """Where the data changed, a judgement is said to be reviewed, sealed or not, and is never rewritten."""
    before = judgements(data_copy)
    stopped(data_copy)
    for _ in range(2):
        found = verdict(data_copy)
        assert found.faults == ()
        assert any(line.startswith("jugement à revoir, QN01338I vrac-lyon : ") for line in found.told)
        seal(data_copy, counts=False)
    assert judgements(data_copy) == before
    sealed = expected.read_expected(catalogues.load(data_copy)).sealed
    assert "QN01338I vrac-lyon" in sealed.to_review


def test_a_seal_for_nothing_hides_nothing(data_copy):
    """A judgement that the tool does not share is not put aside by a seal of unchanged data."""
    overturned(data_copy)
    seal(data_copy, counts=False)
    assert len(verdict(data_copy).faults) == 1


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'inspiration = "vrac-lyon"',
            'inspiration = "vrac-mars"',
            "l'inspiration « vrac-mars » n'existe pas",
        ),
        ('district = "QN01338I" # Air Bel\ninsp', 'district = "QN09999I"\ninsp', "« QN09999I » n'existe pas"),
        ('weakest = "cout"', 'weakest = "prix"', "weakest : le critère « prix » n'existe pas"),
        ('foncier = "favorable", ', "", "answers : répondez une fois à chaque critère"),
        ('foncier = "favorable"', 'foncier = "bien"', "judgement, 0, answers, foncier : « bien » n'est pas"),
        (
            "habitants = ",
            'habitants = "mille" # ',
            "total, habitants : « mille » n'est pas un nombre",
        ),
        ("\n[sealed]\n", "\n[scelle]\n", "scelle : champ inconnu"),
    ],
)
@pytest.mark.sampled(4)
def test_faulty_expectations(edited, old, new, said):
    """What cannot be read, or judges what does not exist, is a fault with its place."""
    with pytest.raises(DataError) as caught:
        check.found(edited(old, new))
    told = [str(fault) for fault in caught.value.faults]
    assert any(said in one for one in told), told
    assert all(one.startswith(f"{FILE} : ") for one in told)


def test_known_figures_that_the_files_contradict(edited):
    """A figure known from elsewhere that is not the file's is reported, with both."""
    found = verdict(edited("population = 5508", "population = 5509"))
    assert found.faults == ()
    assert "chiffres connus, QN01338I, habitants : 5508, attendu 5509" in found.told
