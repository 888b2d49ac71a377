"""Reading the words of the indicators, and the goalposts of the radar of nature (``indicateurs.toml``)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import pairwise
from typing import Any, TypeVar

from qpverts.atlas.datasets import Catalogue
from qpverts.domain.figures.goalposts import Goalpost
from qpverts.domain.figures.indicators import BREAKS, Formula, IndicatorSpec
from qpverts.domain.figures.specs import Specs
from qpverts.domain.figures.specs.formulas import FORMULAS
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.toml import dotted, parse_toml, shaped

T = TypeVar("T", IndicatorSpec, Goalpost)

INDICATORS = "indicateurs"
_TABLES = ("shared", "indicator", "axis")
#: What the code computes, and the file does not say.
_COMPUTED = tuple(field.name for field in fields(Formula))
#: The texts that may quote a shared one, by its name in braces.
_QUOTING = ("definition", "formula", "coverage_text")
#: What a page fills in when it says how complete a figure is.
_FILLED = frozenset({"share", "where"})
_QUOTE = re.compile(r"\{(\w+)\}")
#: A radar with fewer axes is a line.
_FEWEST_AXES = 3


def read_specs(catalogue: Catalogue) -> Specs:
    """Read the indicators and the axes of the radar; DataError with all that is wrong in them."""
    shown = catalogue.get(INDICATORS).path
    raw = parse_toml(catalogue.read(INDICATORS), shown)
    said = [f"« {name} » : table inconnue ; retirez-la" for name in raw if name not in _TABLES]
    shared = {str(name): str(text) for name, text in _table(raw.get("shared")).items()}
    specs = [
        spec
        for rank, entry in enumerate(_entries(raw, "indicator"), start=1)
        for spec in _indicator(entry, rank, shared, said)
    ]
    by_id = {spec.id: spec for spec in specs}
    axes = [
        axis
        for rank, entry in enumerate(_entries(raw, "axis"), start=1)
        for axis in _axis(entry, rank, by_id, said)
    ]
    declared = [str(entry.get("id")) for entry in _entries(raw, "indicator")]
    said += [
        f"l'indicateur « {one} » n'est pas déclaré ; ajoutez-le" for one in FORMULAS if one not in declared
    ]
    said += [f"indicateur « {one} » déclaré deux fois" for one in _twice(declared)]
    said += [
        f"indicateur « {spec.id} » : {message}" for spec in specs for message in _impossible(spec, catalogue)
    ]
    said += [f"axe « {one} » déclaré deux fois" for one in _twice(axis.indicator for axis in axes)]
    if len(_entries(raw, "axis")) < _FEWEST_AXES:
        said.append(f"le radar de la nature a besoin d'au moins {_FEWEST_AXES} axes ([[axis]])")
    if said:
        raise DataError([Fault(shown, "indicateurs", message) for message in said])
    return Specs(tuple(specs), tuple(axes))


def _indicator(
    entry: Mapping[str, Any], rank: int, shared: Mapping[str, str], said: list[str]
) -> tuple[IndicatorSpec, ...]:
    """Put the words of an indicator on its formula; nothing, and why in ``said``, where that cannot be."""
    name = str(entry.get("id", f"nº {rank}"))
    formula = FORMULAS.get(name)
    if formula is None:
        said.append(f"indicateur « {name} » : aucun calcul de ce nom ; corrigez « id », ou retirez-le")
        return ()
    said += [
        f"indicateur « {name} », {key} : champ inconnu ; retirez-le" for key in _COMPUTED if key in entry
    ]
    words = dict(entry)
    for key in _QUOTING:
        if isinstance(text := entry.get(key), str):
            words[key], faults = _quoted(text, shared, _FILLED if key == "coverage_text" else frozenset())
            said += [f"indicateur « {name} », {key} : {fault}" for fault in faults]
    computed = {key: getattr(formula, key) for key in _COMPUTED}
    return _validated(IndicatorSpec, words | computed, f"indicateur « {name} »", said)


def _axis(
    entry: Mapping[str, Any], rank: int, specs: Mapping[str, IndicatorSpec], said: list[str]
) -> tuple[Goalpost, ...]:
    """Read the goalposts of an axis; nothing, and why in ``said``, where that cannot be."""
    name = str(entry.get("indicator", f"nº {rank}"))
    spec = specs.get(name)
    if spec is None:
        if name not in FORMULAS:  # else the indicator itself is at fault, and told so
            said.append(f"axe « {name} » : l'indicateur n'existe pas ; corrigez « indicator »")
        return ()
    told = {key: value for key, value in entry.items() if key != "indicator"}
    found = _validated(Goalpost, told | {"spec": spec}, f"axe « {name} »", said)
    said += [f"axe « {name} » : worst et best sont égaux" for post in found if post.worst == post.best]
    return found


def _validated(kind: type[T], content: dict[str, Any], place: str, said: list[str]) -> tuple[T, ...]:
    try:
        # A key misspelt would otherwise be ignored.
        return (shaped(content, kind, "", "", place=lambda at: f"{place}, {dotted(at)}", strict=True),)
    except DataError as error:
        said += [fault.message for fault in error.faults]
        return ()


def _quoted(text: str, shared: Mapping[str, str], filled: Iterable[str]) -> tuple[str, list[str]]:
    """Put the shared texts in their places; give the faults of those that cannot be."""
    whole = _QUOTE.sub(lambda quote: shared.get(quote[1], quote[0]), text)
    left = sorted(set(_QUOTE.findall(whole)).difference(filled))
    faults = [f"« {{{name}}} » n'est pas sous [shared] ; corrigez-le, ou ajoutez-le" for name in left]
    if set("{}") & set(_QUOTE.sub("", whole)):
        faults.append("une accolade est seule ; fermez-la, ou retirez-la")
    return whole, faults


def _impossible(spec: IndicatorSpec, catalogue: Catalogue) -> Iterator[str]:
    if len(spec.breaks) != BREAKS or any(low >= high for low, high in pairwise(spec.breaks)):
        yield f"breaks : donnez {BREAKS} bornes, de la plus petite à la plus grande"
    if spec.decimals < 0:
        yield "decimals : donnez un nombre de chiffres, 0 ou plus"
    if (spec.coverage is None) == bool(spec.coverage_text):
        yield (
            "coverage_text manque ; dites ce que vaut la part connue"
            if spec.coverage
            else "coverage_text est de trop : le calcul ne donne pas de part connue"
        )
    declared = {dataset.id for dataset in catalogue.datasets}
    for dataset in spec.datasets:
        if dataset not in declared:
            yield f"datasets : « {dataset} » n'est pas déclaré dans catalogue.toml"


def _entries(raw: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = raw.get(name)
    return [_table(entry) for entry in found] if isinstance(found, list) else []


def _table(found: object) -> Mapping[str, Any]:
    return found if isinstance(found, dict) else {}


def _twice(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
