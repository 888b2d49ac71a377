"""Rules of the method of transferability: it asks the eight questions, and speaks of things that exist."""

from __future__ import annotations

from collections.abc import Iterator

from qpverts.domain.transfer.answers import RULES
from qpverts.errors import Fault
from qpverts.sources.rules.content import Content, rule


@rule("Transférabilité : chaque critère une fois, et rien qui n'existe pas")
def the_transfer_method_is_whole(content: Content) -> Iterator[Fault]:
    """Refuse a method without its eight criteria, or that names what does not exist."""
    method = content.transfer
    themes = {theme.id for theme in content.vocabulary.themes}
    readings = {reading.id for reading in method.readings}
    ids = [criterion.id for criterion in method.criteria]
    faults = []
    if sorted(ids) != sorted(RULES):
        faults.append(f"les critères doivent être {', '.join(RULES)}, chacun une fois")
    faults += [
        f"critère « {one.id} » : la lecture « {one.reading} » n'est pas déclarée"
        for one in method.criteria
        if one.reading not in readings
    ]
    faults += [
        f"le critère « {one.criterion} » n'existe pas" for one in method.blocks if one.criterion not in ids
    ]
    faults += [
        f"la thématique « {theme} » n'existe pas"
        for theme in dict.fromkeys((*method.sensitive_themes, *(one.theme for one in method.needs)))
        if theme not in themes
    ]
    for one in method.needs:
        if one.indicator not in content.specs.by_id:
            faults.append(f"l'indicateur « {one.indicator} » n'existe pas")
        if (one.at_least is None) == (one.at_most is None):
            faults.append(f"besoin « {one.theme} » : donnez at_least ou at_most, l'un des deux")
    missing = {row.scale for row in content.inspirations.rows} - {scale.id for scale in method.scales}
    faults += [f"l'échelle « {scale} » des inspirations n'est pas déclarée" for scale in sorted(missing)]
    for message in faults:
        yield Fault(content.transfer_file, "transférabilité", f"{message} ; corrigez transfert.toml")
