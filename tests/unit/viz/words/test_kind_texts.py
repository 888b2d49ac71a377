"""Words of kinds of action and of actors: nothing on record is said as unknown."""

from qpverts.domain.actions.action_kinds import Aspect, Presence, declared
from qpverts.domain.actions.actors import Part
from qpverts.viz.words import kind_texts


def test_every_declared_kind_has_a_name(atlas):
    """No kind reaches the screen by its id."""
    words = kind_texts.names(atlas.vocabulary)
    for aspect, every in declared(atlas.vocabulary).items():
        for parts in every:
            told = kind_texts.kind_text(Presence(aspect, parts, ((), ())), words)
            assert "_" not in told
            assert told.startswith(aspect.value.capitalize()) == (aspect is not Aspect.CROSSING)


def test_no_record_is_not_zero(atlas):
    """A side without such an action is unknown, not empty."""
    action = next(iter(atlas.actions.values()))
    one = Presence(Aspect.THEME, ("habiter",), ((action,), ()))
    assert kind_texts.count_text(one, 0).replace("\u00a0", " ") == "1 action"
    assert kind_texts.count_text(one, 1) == "non renseigné"


def test_part_of_an_actor_is_told_by_role(atlas):
    """Carried and joined are two different things, and nothing on record is said so."""
    action = next(iter(atlas.actions.values()))
    told = [kind_texts.part_text(part).replace("\u00a0", " ") for part in (
        Part((action,), (action, action)), Part((), (action,)), Part((), ()),
    )]  # fmt: skip
    assert told == [
        "1 action portée, partenaire de 2 actions",
        "partenaire de 1 action",
        "rien de recensé",
    ]


def test_counts_agree_and_say_what_is_not_shown():
    """One kind, several kinds, and more than a page can list."""
    one, many = kind_texts.lacking_text(1, 12, 2), kind_texts.lacking_text(20, 12, 3)
    assert one.replace("\u00a0", " ") == "1 sorte d'action est recensée d'un seul côté."
    assert many.replace("\u00a0", " ") == (
        "20 sortes d'action sont recensées de certains côtés seulement ; voici les 12 premières."
    )
    assert kind_texts.actors_text(2, 12, 2).replace("\u00a0", " ") == (
        "2 acteurs portent une action d'un côté et agissent aussi de l'autre."
    )


def test_words_are_those_of_two_sides_or_of_more():
    """Two territories are two sides; of three, one only says that some or several have it."""
    two = (kind_texts.nothing_lacking(2), kind_texts.no_actor(2), kind_texts.actors_note(2, overlapping=True))
    assert "ne manque d'un seul côté" in two[0]
    assert "n'est nommé des deux côtés." in two[1]
    assert "comptés des deux côtés" in two[2]
    three = (
        kind_texts.nothing_lacking(3),
        kind_texts.no_actor(3),
        kind_texts.actors_note(3, overlapping=True),
    )
    assert "ne manque de certains côtés seulement" in three[0]
    assert "n'est nommé dans plusieurs de ces territoires." in three[1]
    assert "comptés dans plusieurs de ces territoires" in three[2]
    assert kind_texts.actors_text(1, 12, 4).replace("\u00a0", " ") == (
        "1 acteur porte une action dans un territoire et agit aussi dans un autre."
    )
