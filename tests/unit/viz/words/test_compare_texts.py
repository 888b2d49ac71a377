"""The three sentences of a comparison, golden on cases made by hand, and what is said of perimeters."""

import pytest

from qpverts.domain.territory import Kind, Territory
from qpverts.viz.words import compare_texts

THEMES = {"habiter": "Habiter", "circuler": "Circuler", "proteger": "Protéger"}


UNKNOWN, NOTHING = ("non_renseigne", 0), ("aucune", 0)


def said(*sides):
    """Give the three sentences with ordinary spaces."""
    return tuple(text.replace("\u00a0", " ") for text in compare_texts.sentences(sides, THEMES))


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
        Sur les 2 thématiques connues des deux côtés, le niveau est plus élevé pour Ici sur Habiter ;
        pour Les Prés sur Circuler.
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


def test_three_sides_name_who_is_highest_and_who_is_tied(made):
    """With a third side, ties at the top are named, and so is who has the widest gap with whom."""
    first = made("Ici", 12, ("demonstrateur", 9), ("engage", 3), UNKNOWN)
    second = made("Là", 5, ("engage", 4), ("engage", 3), NOTHING)
    third = made("Les Prés", 1, ("emergent", 1), ("emergent", 1), UNKNOWN)
    assert said(first, second, third) == golden(
        """
        Sur les 2 thématiques connues des trois côtés, le niveau est le plus élevé pour Ici sur Habiter ;
        pour Ici et Là, à égalité, sur Circuler.
        L'écart le plus grand est sur Habiter : « démonstrateur » pour Ici (9 actions recensées), « émergent »
        pour Les Prés (1 action recensée).
        Nous ne savons rien sur Protéger pour Ici, ni sur Protéger pour Les Prés : cela ne veut pas dire qu'il
        ne s'y passe rien.
        """
    )


def test_four_sides_with_one_empty(made):
    """One side without anything: no theme is known of all four, yet the gap between the others is told."""
    known = [made(name, 3, ("engage", 3), NOTHING, NOTHING) for name in ("Un", "Deux")]
    third = made("Trois", 6, ("installe", 6), NOTHING, NOTHING)
    empty = made("Quatre", 0, UNKNOWN, UNKNOWN, UNKNOWN)
    assert said(*known, third, empty) == golden(
        """
        Aucune thématique n'est connue des quatre côtés : nous ne pouvons pas comparer Un, Deux, Trois et
        Quatre.
        L'écart le plus grand est sur Habiter : « installé » pour Trois (6 actions recensées), « engagé » pour
        Un (3 actions recensées).
        Nous ne savons rien sur Habiter, Circuler et Protéger pour Quatre : cela ne veut pas dire qu'il ne s'y
        passe rien.
        """
    )


def test_both_sides_surveyed_and_empty(made):
    """Someone looked on both sides and found nothing: equal, and told without inventing an action."""
    sides = [made(name, 0, NOTHING, NOTHING, NOTHING) for name in ("Ici", "Là")]
    assert said(*sides)[:2] == golden(
        """
        Sur les 3 thématiques connues des deux côtés, le niveau est le même : Habiter, Circuler et Protéger.
        Aucune action n'est recensée, ni pour Ici ni pour Là.
        """
    )


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        (("A", "B"), "Ici et Là ont 1 quartier en commun : compté des deux côtés."),
        (("A", "C", "D"), "Ici comprend Là : compté des deux côtés."),
        (("B", "D"), ""),
    ],
)
def test_common_ground_is_said(codes, told):
    """A district that is on both sides is said to be; two that have nothing in common need no warning."""
    here = Territory(Kind.GROUP, "1", "Ici", codes)
    there = Territory(Kind.GROUP, "2", "Là", ("A", "C"))
    text = compare_texts.perimeters_text([here, there], ["Ici", "Là"]).replace("\u00a0", " ")
    assert text.startswith(told) if told else text == ""
    assert ("additionne leurs actions" in text) == (len(codes) != 2)
