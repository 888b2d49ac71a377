"""What takes long to draw or to measure: once for each version of the data, for all sessions."""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import streamlit as st

from qpverts.atlas.atlas import Atlas

P = ParamSpec("P")
R = TypeVar("R")


def per_atlas(max_entries: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function gives for each version of its atlas, and for each value of its other arguments.

    What it gives is shared, so to be read only. Arguments that begin with an underscore do not count.
    """
    return st.cache_resource(max_entries=max_entries, show_spinner=False, hash_funcs={Atlas: _version})


def _version(atlas: Atlas) -> str:
    return atlas.version
