"""Weights that a person moves on screen and that travel in the address, for any set of named things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from qpverts.ui.address import query
from qpverts.ui.address.state import Reader
from qpverts.ui.parts.components import safe

PARAM = "poids"
HEAVIEST = 3
_EQUAL = 1


def read(reader: Reader, names: Iterable[str]) -> dict[str, int]:
    """Read the weights, one digit for each name in its order; equal ones when the address says nothing."""
    wanted = list(names)
    known = {str(weight): weight for weight in range(HEAVIEST + 1)}
    value = reader.params.get(PARAM, "").strip()
    parts = [part.strip() for part in value.split(",")]
    if value and len(parts) == len(wanted) and all(part in known for part in parts) and set(parts) != {"0"}:
        return dict(zip(wanted, (known[part] for part in parts), strict=True))
    if value:
        reader.refuse(
            value, f"une suite de {len(wanted)} poids de 0 à {HEAVIEST}, l'un d'eux au moins au-dessus de 0"
        )
    return dict.fromkeys(wanted, _EQUAL)


def written(weights: Mapping[str, int]) -> str | None:
    """Write weights as a parameter; equal ones stay out of the address."""
    if len(set(weights.values())) == 1 and 0 not in weights.values():
        return None
    return ",".join(str(weight) for weight in weights.values())


def sliders(labels: Mapping[str, str], weights: Mapping[str, int]) -> None:
    """Draw a slider for each name, in its order, that writes all weights to the address."""
    for rank, (place, (name, label)) in enumerate(zip(st.columns(len(labels)), labels.items(), strict=True)):
        key = _key(rank, name)
        st.session_state[key] = weights[name]
        with place:
            st.slider(safe(label), 0, HEAVIEST, key=key, on_change=_weigh, args=(tuple(labels),))
    st.button("Poids égaux", on_click=query.clear, args=((PARAM,),), disabled=written(weights) is None)


def _weigh(names: tuple[str, ...]) -> None:
    found = {name: st.session_state[_key(rank, name)] for rank, name in enumerate(names)}
    query.write(**{PARAM: written(found)})


def _key(rank: int, name: str) -> str:
    return f"poids_{rank}_{name}"
