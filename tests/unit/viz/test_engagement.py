"""Words of the charts by theme, and the three sentences of a comparison, on cases made by hand."""

import pytest

from qpverts.domain.compare import Measure, Profile, Reference
from qpverts.domain.levels import Evidence, Grade
from qpverts.viz import engagement, sentences

THEMES = {"habiter": "Habiter", "circuler": "Circuler", "proteger": "Protéger"}


@pytest.fixture
def made(atlas):
    """A function that makes a territory from a level and a count by theme."""
    steps = {level.id: level for level in atlas.scale}

    def make(name, recorded, *levels, population=2000):
        grades = {
            theme: Grade(steps[level], Evidence(count, 0, 0, 0, "2026-11-25" if level == "aucune" else ""))
            for theme, (level, count) in zip(THEMES, levels, strict=True)
        }
        return Profile(name, grades, recorded, 1, population)

    return make


UNKNOWN, NOTHING = ("non_renseigne", 0), ("aucune", 0)


def said(first, second):
    """Give the three sentences with ordinary spaces."""
    return tuple(text.replace("\u00a0", " ") for text in sentences.comparison_texts(first, second, THEMES))


def golden(text):
    """Give three sentences written on lines that are folded: each ends with a line that ends with a stop."""
    sentences_ = [[]]
    for line in text.strip().splitlines():
        sentences_[-1].append(line.strip())
        if line.endswith("."):
            sentences_.append([])
    return tuple(" ".join(lines) for lines in sentences_ if lines)


def test_who_is_higher_where_with_the_counts(made):
    """Each side is named with its themes, the widest gap with its counts, and what nobody knows."""
    first = made("Ici", 12, ("demonstrateur", 9), ("emergent", 1), UNKNOWN)
    second = made("Les Prés", 5, ("emergent", 2), ("engage", 3), UNKNOWN)
    assert said(first, second) == golden(
        """
        Sur les 2 thématiques connues des deux côtés, le niveau est plus élevé pour Ici sur Habiter ; le
        niveau est plus élevé pour Les Prés sur Circuler.
        L'écart le plus grand est sur Habiter : « démonstrateur » pour Ici (9 actions recensées), « émergent »
        pour Les Prés (2 actions recensées).
        Nous ne savons rien sur Protéger pour les deux : cela ne veut pas dire qu'il ne s'y passe rien.
        """
    )


def test_tie_is_said_to_be_one(made):
    """Equal levels are no gap, whatever the counts under them."""
    first = made("Ici", 24, ("engage", 9), ("engage", 8), ("installe", 7))
    second = made("Là", 3, ("engage", 1), ("engage", 1), ("installe", 3))
    assert said(first, second) == golden(
        """
        Sur les 3 thématiques connues des deux côtés, le niveau est le même : Habiter, Circuler et Protéger.
        Aucun écart de niveau n'apparaît : 24 actions recensées pour Ici, 3 actions recensées pour Là.
        Les 3 thématiques sont renseignées des deux côtés, mais il peut y avoir d'autres actions que celles
        que nous connaissons.
        """
    )


def test_unknown_side_is_not_behind(made):
    """One side of which nothing is known is compared on nothing: what differs is what we know."""
    first = made("Ici", 12, ("demonstrateur", 9), ("emergent", 1), UNKNOWN)
    second = made("Là", 0, UNKNOWN, UNKNOWN, UNKNOWN)
    assert said(first, second) == golden(
        """
        Aucune thématique n'est connue des deux côtés : nous ne pouvons pas comparer Ici et Là.
        Ce que nous avons trouvé, 12 actions recensées pour Ici, aucune action recensée pour Là, dit d'abord
        ce que nous savons de chacun.
        Nous ne savons rien sur Habiter et Circuler pour Là, ni sur Protéger pour les deux : cela ne veut pas
        dire qu'il ne s'y passe rien.
        """
    )


def test_nothing_known_anywhere(made):
    """Two territories of which nothing is known: nothing is claimed."""
    nothing = [made(name, 0, UNKNOWN, UNKNOWN, UNKNOWN) for name in ("Ici", "Là")]
    higher, widest, unknown = said(*nothing)
    assert higher.startswith("Aucune thématique n'est connue des deux côtés")
    assert widest == "Aucune action n'est recensée, ni pour Ici ni pour Là."
    assert unknown.startswith("Nous ne savons rien sur Habiter, Circuler et Protéger pour les deux")


def test_huge_gap_on_a_tiny_base_says_so(made):
    """A gap of levels that two actions make is told with these two actions."""
    first = made("Ici", 2, ("engage", 2), UNKNOWN, UNKNOWN)
    second = made("Là", 0, NOTHING, UNKNOWN, UNKNOWN)
    higher, widest, _ = said(first, second)
    assert higher == (
        "Sur la seule thématique connue des deux côtés, le niveau est plus élevé pour Ici sur Habiter."
    )
    assert widest.endswith(
        "« engagé » pour Ici (2 actions recensées), « aucune action » pour Là (aucune action recensée) ; "
        "la différence n'est que de 2 actions recensées."
    )


def test_higher_with_fewer_actions_says_why(made):
    """When the higher level has no more actions, the gap is said to come from something else."""
    first = made("Ici", 1, ("engage", 1), UNKNOWN, UNKNOWN)
    second = made("Là", 6, ("emergent", 6), UNKNOWN, UNKNOWN)
    assert said(first, second)[1].endswith(
        "; il vient de l'avancement des actions ou de leurs porteurs, pas de leur nombre."
    )


def test_coverage_is_never_zero(made):
    """No theme known is said in words."""
    nothing = made("Ici", 0, UNKNOWN, UNKNOWN, UNKNOWN)
    assert "ne veut pas dire zéro" in sentences.themes_known_text(nothing)
    one = made("Ici", 1, ("engage", 1), NOTHING, UNKNOWN)
    assert sentences.themes_known_text(one).replace("\u00a0", " ") == "2 thématiques connues sur 3."


def test_cells_tell_unknown_from_nothing_found(made):
    """« Non renseigné », « aucune action » with the date, and a count: three different things."""
    one = made("Ici", 1, ("engage", 1), NOTHING, UNKNOWN)
    told = [
        engagement.side_text(grade, 2000, Measure.RATE).replace("\u00a0", " ")
        for grade in one.grades.values()
    ]
    assert told[0] == "◑ engagé, 1 action, 0,50 pour 1\u202f000 habitants"
    assert told[1] == "○ aucune action, 0,00 pour 1\u202f000 habitants, relevé du 25 novembre 2026"
    assert told[2] == "? non renseigné"
    assert [engagement.count_text(grade) for grade in one.grades.values()][1:] == [
        "aucune action",
        "non renseigné",
    ]
    assert engagement.rate_text(one.grades["habiter"], None) == "population inconnue"


def test_beyond_the_axis_is_said_with_its_value(made, atlas):
    """What is clipped is named with its true value; nothing clipped, nothing said."""
    axis = engagement.axis_of(Measure.COUNT, atlas.scale)
    big = engagement.series_of(made("Ici", 99, ("engage", 99), ("engage", 2), UNKNOWN), THEMES, Measure.COUNT)
    assert engagement.beyond_text([big], tuple(THEMES.values()), axis).replace("\u00a0", " ") == (
        "Au-delà de l'échelle, qui s'arrête à 15 : Ici (Habiter 99)."
    )
    small = engagement.series_of(made("Ici", 9, ("engage", 9), UNKNOWN, UNKNOWN), THEMES, Measure.COUNT)
    assert engagement.beyond_text([small], tuple(THEMES.values()), axis) == ""


def test_rate_of_a_small_district_is_warned_of(made):
    """One action weighs 2 for 1,000 where 500 people live, and that is said; only for rates."""
    small = made("Ici", 1, ("engage", 1), UNKNOWN, UNKNOWN, population=500)
    assert "ajoute 2,00 pour Ici" in engagement.step_text([small], Measure.RATE)
    assert engagement.step_text([small], Measure.COUNT) == ""


def test_axis_of_levels_is_the_declared_scale(atlas):
    """The marks of the axis are the levels, from none to the highest; what is unknown has no place on it."""
    axis = engagement.axis_of(Measure.LEVEL, atlas.scale)
    assert axis.ticks == (0, 25, 50, 75, 100)
    assert "non renseigné" not in axis.full
    assert "◑ engagé" in engagement.scale_text(axis, Measure.LEVEL)


def test_reference_says_among_whom(atlas):
    """The middle is told with the number of districts it is the middle of."""
    axis = engagement.axis_of(Measure.LEVEL, atlas.scale)
    found = engagement.reference_of(Reference((50, None, 0), (36, 0, 2), 66), THEMES, Measure.LEVEL, axis)
    assert found.hovers[0].endswith("Habiter : engagé, parmi les 36 quartiers connus sur 66")
    assert "non renseigné" in found.hovers[1]
