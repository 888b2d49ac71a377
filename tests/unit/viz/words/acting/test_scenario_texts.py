"""What a scenario says it adds: every part in words, in its order."""

from qpverts.domain.acting.scenario import AddedAction, AddedSpace, Scenario
from qpverts.domain.grading.levels import Evidence, grade
from qpverts.domain.model import Status
from qpverts.viz.words.acting import scenario_texts
from tests.builders import plain


def test_every_part_is_told_in_its_order():
    """Spaces with their area, then actions with state, theme and carrier: as many lines as parts."""
    made = Scenario(
        (AddedSpace(43.3, 5.4, 1.0), AddedSpace(43.3, 5.4, 0.25)),
        (
            AddedAction("habiter", Status.DONE, new_carrier=True),
            AddedAction("habiter", Status.PLANNED, new_carrier=False),
        ),
    )
    assert [plain(text) for text in scenario_texts.parts(made, {"habiter": "Habiter"})] == [
        "Espace vert public de 1 ha",
        "Espace vert public de 2 500 m²",
        "Action réalisée sur Habiter, nouveau porteur",
        "Action en projet sur Habiter, porteur déjà présent",
    ]


def test_a_level_is_told_with_the_actions_behind_it(atlas):
    """A level without an action has no count; one with several says how many."""
    unknown, engaged = (grade(Evidence(*c, ""), atlas.scale) for c in [(0, 0, 0, 0), (2, 2, 0, 1)])
    assert "action" not in scenario_texts.grade(unknown)
    assert plain(scenario_texts.grade(engaged)).endswith("engagé, 2 actions")


def test_a_real_park_under_an_added_one_is_named():
    """The names of what would be counted twice are all there."""
    said = scenario_texts.overlap(["Parc Borély", "Parc du 26e Centenaire"])
    assert "Parc Borély, Parc du 26e Centenaire" in said
