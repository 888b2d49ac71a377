"""Districts to learn from: those that act on the theme, the nearest first, never the district itself."""

from qpverts.domain.acting.nearby_examples import examples
from qpverts.domain.model import Status

DISTANCES = {"ICI": 0.0, "PRES": 1200.0, "LOIN": 9000.0, "AUTRE": 1200.0}


class Recorded:
    """What is looked at in an action."""

    def __init__(self, *codes, themes=("habiter",), status=Status.RUNNING):
        self.qpv_codes, self.themes, self.status = codes, themes, status


def found(*actions):
    """Districts to learn from on Habiter, with their distance and number of actions."""
    return [
        (one.code_qp, one.distance_m, len(one.actions))
        for one in examples("habiter", "ICI", DISTANCES, actions)
    ]


def test_the_nearest_first_then_the_one_with_most():
    """Distance comes first; at the same distance, the district that does more."""
    actions = [Recorded("LOIN"), Recorded("PRES"), Recorded("AUTRE"), Recorded("AUTRE")]
    assert found(*actions) == [("AUTRE", 1200.0, 2), ("PRES", 1200.0, 1), ("LOIN", 9000.0, 1)]


def test_what_is_no_example():
    """A project, a stopped action, another theme, an action of the district itself teach nothing here."""
    assert not found(
        Recorded("PRES", status=Status.PLANNED),
        Recorded("PRES", status=Status.STOPPED),
        Recorded("PRES", status=Status.UNKNOWN),
        Recorded("PRES", themes=("circuler",)),
        Recorded("ICI"),
        Recorded("ICI", "PRES"),
        Recorded(),
    )
