"""Rules on the scale of levels and on the surveys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from qpverts.domain.grading.levels import NONE, UNKNOWN
from qpverts.errors import Fault
from qpverts.sources.rules.content import Content, rule

_DATE = re.compile(r"(19|20)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_HIGHEST = 100


@rule("Niveaux : de « non renseigné » à 100, chaque niveau plus haut que le précédent et demandant plus")
def the_scale_climbs(content: Content) -> Iterator[Fault]:
    """Refuse a scale whose levels do not each ask more than the one before."""
    file, scale = content.scale_file, content.scale
    if [level.id for level in scale[:2]] != [UNKNOWN, NONE] or scale[0].score is not None:
        yield Fault(
            file, "niveaux", f"les deux premiers doivent être « {UNKNOWN} », sans score, puis « {NONE} »"
        )
        return
    steps = scale[1:]
    scores = [level.score for level in steps]
    if None in scores or scores[0] != 0 or scores[-1] != _HIGHEST:
        yield Fault(file, "niveaux", f"les scores doivent aller de 0 à {_HIGHEST}")
    for lower, higher in pairwise(steps):
        least = [(one.recorded, one.active, one.done, one.carriers) for one in (lower, higher)]
        if not (lower.score or 0) < (higher.score or 0) or any(
            more < less for less, more in zip(*least, strict=True)
        ):
            yield Fault(file, "niveaux", f"« {higher.label} » doit demander plus que « {lower.label} »")
    first = [(one.recorded, one.active, one.done, one.carriers) for one in steps[1:2]]
    if first != [(1, 0, 0, 0)]:
        message = "le premier niveau après « aucune action » doit demander une action recensée"
        yield Fault(file, "niveaux", message)
    if len({level.id for level in scale}) < len(scale):
        yield Fault(file, "niveaux", "deux niveaux ont le même identifiant")


@rule("Relevés : quartier et thématique qui existent, date lisible, personne nommée")
def surveys_name_known_cells(content: Content) -> Iterator[Fault]:
    """Refuse a survey of an unknown district or theme, undated or by nobody."""
    table = content.surveys
    codes, themes = {qpv.code for qpv in content.qpvs}, {theme.id for theme in content.vocabulary.themes}
    for line, row in table.numbered():
        if row.code_qp not in codes:
            yield Fault(table.file, "relevés", f"« {row.code_qp[:60]} » n'existe pas", line, "code_qp")
        if row.theme not in themes:
            yield Fault(
                table.file, "relevés", f"thématique inconnue « {row.theme[:60]} »", line, "thematique"
            )
        if not _DATE.fullmatch(row.date):
            yield Fault(table.file, "relevés", f"« {row.date[:60]} » n'est pas une date", line, "date")
        if not row.who:
            yield Fault(table.file, "relevés", "personne n'est nommé", line, "par")
