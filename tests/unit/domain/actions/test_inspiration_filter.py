"""Choosing among the actions from elsewhere."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qpverts.domain.actions.inspiration_filter import NOT_TOLD, Wanted, select
from qpverts.domain.model import Carrier

CHOICES = {
    "theme": st.sampled_from(["habiter", "consommer"]),
    "field": st.sampled_from(["vivre_ensemble", "place_de_la_nature"]),
    "cost": st.sampled_from(["1", "2", "3", NOT_TOLD]),
    "land": st.sampled_from(["aucun", "petit", "grand"]),
    "carrier": st.sampled_from(list(Carrier)),
    "scale": st.sampled_from(["immeuble", "ville"]),
    "popular": st.sampled_from(["oui", "non", NOT_TOLD]),
    "country": st.sampled_from(["France", "Inde"]),
    "results": st.booleans(),
    "limits": st.booleans(),
}


def test_nothing_asked_keeps_everything(atlas):
    """Without a choice, all are there, in the order of the file."""
    everyone = list(atlas.inspirations.values())
    assert list(select(everyone, Wanted())) == everyone


@pytest.mark.parametrize(
    ("asked", "column", "cell"),
    [
        ({"country": "France"}, "pays", "France"),
        ({"cost": NOT_TOLD}, "cout_niveau", ""),
        ({"cost": "3"}, "cout_niveau", "3"),
        ({"land": "grand"}, "foncier", "grand"),
        ({"carrier": Carrier.LANDLORD}, "portage", "bailleur"),
        ({"scale": "immeuble"}, "echelle", "immeuble"),
        ({"popular": "oui"}, "en_quartier_populaire", "oui"),
        ({"popular": "non"}, "en_quartier_populaire", "non"),
    ],
)
def test_counts(data_dir, atlas, asked, column, cell):
    """Each choice keeps as many as the file has, counted in its cells."""
    with (data_dir / "actions" / "inspirations.csv").open(encoding="utf-8-sig", newline="") as file:
        count = sum(row[column] == cell for row in csv.DictReader(file))
    assert count > 0
    assert len(select(atlas.inspirations.values(), Wanted(**asked))) == count


def test_results_and_limits(atlas):
    """What tells nothing is left out when something is asked to be told."""
    for name in ("results", "limits"):
        found = select(atlas.inspirations.values(), Wanted(**{name: True}))
        assert 0 < len(found) < len(atlas.inspirations)
        assert all(getattr(one, name) for one in found)


def test_one_more_choice_never_adds(atlas):
    """Each choice narrows: what two of them keep is what each keeps."""

    @given(st.fixed_dictionaries({}, optional=CHOICES), st.fixed_dictionaries({}, optional=CHOICES))
    def narrows(first, second):
        everyone = atlas.inspirations.values()
        both = {one.id for one in select(everyone, Wanted(**first | second))}
        assert both <= {one.id for one in select(everyone, Wanted(**second))}

    narrows()
