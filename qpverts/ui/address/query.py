"""Writing choices to the URL, and binding widgets to it; the only place that touches query_params."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

#: Value of a parameter that is switched on.
ON = "1"


def read() -> dict[str, str]:
    """Give the query string of the page; the last value of a repeated parameter."""
    return st.query_params.to_dict()


def write(**choices: str | None) -> None:
    """Set parameters, all at once so that the browser's history has one entry; ``None`` removes."""
    params = read() | choices
    st.query_params.from_dict({name: value for name, value in params.items() if value})


def clear(names: Sequence[str]) -> None:
    """Remove parameters."""
    write(**dict.fromkeys(names))


def select(
    label: str,
    param: str,
    options: Mapping[str, str],
    current: str | None,
    *,
    default: str | None = None,
    every: str | None = None,
    also: Callable[[], None] | None = None,
) -> None:
    """Draw a choice bound to a parameter.

    ``options`` gives the text of each value; ``every`` is the text of "no choice", when that is one;
    ``default`` stays out of the URL; ``also`` runs after a change.
    """
    key = f"choix_{param}"
    values: list[str | None] = [None, *options] if every is not None else list(options)
    st.session_state[key] = current if current in values else default
    st.selectbox(
        label,
        values,
        key=key,
        placeholder=every,  # what Streamlit shows for None, in English unless told
        format_func=lambda value: (every or "") if value is None else options[value],
        on_change=_pushed,
        args=(param, key, default, also),
    )


def text(label: str, param: str, current: str, *, placeholder: str, max_chars: int) -> None:
    """Draw a text field bound to a parameter."""
    key = f"choix_{param}"
    st.session_state[key] = current
    st.text_input(
        label,
        key=key,
        placeholder=placeholder,
        max_chars=max_chars,
        on_change=_pushed,
        args=(param, key, None, None),
    )


def switch(label: str, param: str, *, on: bool, help: str | None = None) -> None:  # noqa: A002  # Streamlit's word
    """Draw a switch bound to a parameter: ``1`` when on, absent when off."""
    key = f"choix_{param}"
    st.session_state[key] = on
    st.toggle(label, key=key, help=help, on_change=_switched, args=(param, key))


def _switched(param: str, key: str) -> None:
    write(**{param: ON if st.session_state.get(key) else None})


def _pushed(param: str, key: str, default: str | None, also: Callable[[], None] | None) -> None:
    value: Any = st.session_state.get(key)
    write(**{param: None if value is None or value == default else str(value).strip()})
    if also:
        also()
