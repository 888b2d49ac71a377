"""Reading TOML into the types of the code: every fault is told at once, in French, with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from types import GenericAlias
from typing import Any, TypeVar

from pydantic import ConfigDict, TypeAdapter, ValidationError

from qpverts.atlas.datasets import REMEDY
from qpverts.errors import DataError, Fault
from qpverts.sources.reading.messages import explain

T = TypeVar("T")
#: Where pydantic found a fault: the keys and ranks (from 0) that lead to it.
Place = tuple[int | str, ...]


def dotted(place: Place) -> str:
    """Name a place by its keys and ranks, with dots between them."""
    return ".".join(map(str, place))


def parse_toml(content: bytes, shown: str) -> dict[str, Any]:
    """Parse a TOML file, or say which line stops it; ``shown`` names the file."""
    try:
        return tomllib.loads(content.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"le fichier TOML est mal formé ({error}) ; {REMEDY}"
        raise DataError([Fault(shown, "fichier TOML bien formé", message)]) from error


def shaped(
    value: object,
    shape: type[T],
    shown: str,
    rule: str,
    *,
    place: Callable[[Place], str] = dotted,
    strict: bool = False,
) -> T:
    """Give a value of a TOML file its type.

    Parameters
    ----------
    shape
        A dataclass, or a tuple of them.
    shown, rule
        The names of the file and of the rule, for messages.
    place
        Names a place as the person sees it in the file.
    strict
        Whether an unknown key is a fault; a misspelt threshold would otherwise count for nothing.

    Raises
    ------
    DataError
        With every fault.
    """
    # Pydantic takes settings for dataclasses from what holds them, never for one given by itself.
    config = ConfigDict(extra="forbid" if strict else "ignore")
    held: Any = GenericAlias(tuple, (shape,))
    adapter: TypeAdapter[tuple[T]] = TypeAdapter(held, config=config)
    try:
        return adapter.validate_python((value,))[0]
    except ValidationError as error:
        raise DataError(
            [Fault(shown, rule, f"{place(e['loc'][1:])} : {explain(e)}") for e in error.errors()]
        ) from error


def read_toml(
    content: bytes,
    shape: type[T],
    shown: str,
    rule: str,
    *,
    arrange: Callable[[dict[str, Any]], object] = dict,
    place: Callable[[Place], str] = dotted,
    strict: bool = False,
) -> T:
    """Read a whole TOML file as one object.

    ``arrange`` turns the tables of the file into what has the fields of the shape; the other parameters are
    those of :func:`shaped`.

    Raises
    ------
    DataError
        When the file is not TOML, or with every fault of what it holds.
    """
    return shaped(arrange(parse_toml(content, shown)), shape, shown, rule, place=place, strict=strict)


def renamed(tables: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Give tables the names of the code; those that ``names`` does not tell keep theirs."""
    return {names.get(key, key): value for key, value in tables.items()}
