"""Small pieces shared by the pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path

import streamlit as st

from qpverts.domain.indicators import Indicator, State
from qpverts.errors import DataError
from qpverts.sources.catalogue import Catalogue
from qpverts.viz import labels
from qpverts.viz.labels import typeset

#: One file a subject; all go to every page, in the order of their names, but one: that of projection.
_STYLES = Path(__file__).parent / "styles"
_PROJECTED = "projection.css"
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=@])")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # all but the no-break spaces, which are typography
_FAULTS_SHOWN = 10


def style(*, projected: bool = False) -> None:
    """Send the few rules that Streamlit's theme cannot express, and those of a room after them."""
    st.html(f"<style>{_rules(projected=projected)}</style>")


@cache
def _rules(*, projected: bool) -> str:
    files = [path for path in sorted(_STYLES.glob("*.css")) if path.name != _PROJECTED]
    if projected:
        files.append(_STYLES / _PROJECTED)
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@lru_cache(maxsize=4096)
def safe(text: str) -> str:
    r"""Make any text inert in Markdown, and set it the French way: what people typed is text, never markup.

    >>> safe("**gras** <b>")
    '\\*\\*gras\\*\\* \\<b\\>'
    """
    return _MARKUP.sub(r"\\\1", labels.typeset(_SPACES.sub(" ", text).strip()))


def lines_of(facts: Mapping[str, str]) -> str:
    """Write facts as lines of Markdown, each after its name; what is empty is left out.

    A page has hundreds of such texts: one element for several is quicker to run, to send and to draw.
    """
    return "  \n".join(
        f"{labels.typeset(f'**{name} :**')} {safe(text)}" for name, text in facts.items() if text
    )


def cited(title: str, url: str, origin: str) -> str:
    """Write a source as Markdown: a link, and who speaks in it, when."""
    return f"**Source{labels.NBSP}:** [{safe(title)}](<{url}>) ({safe(origin)})"


def small(text: str) -> str:
    """Write a remark as Markdown, in small letters."""
    return f":small[{safe(text)}]"


@st.fragment
def folded(label: str, key: str, fill: Callable[[], None]) -> None:
    """Draw a fold that is filled when it is opened, without running the page again.

    Closed, it costs a line. What fills it is to be read: a button would run the fold again, not the page.
    """
    with st.expander(label, key=key, on_change="rerun") as panel:
        if panel.open:
            fill()


def notices(messages: tuple[str, ...]) -> None:
    """Say what the URL asked that could not be done, in a place that is always there."""
    place = st.container()
    if messages:
        place.warning("  \n".join(safe(message) for message in messages), icon=":material/info:")


def data_error(error: DataError) -> None:
    """Say which file, line and rule stop the application, and the command that tells more."""
    st.error(
        typeset(
            "Les données ne peuvent pas être lues. Rien n'est perdu : corrigez les fichiers nommés "
            "ci-dessous."
        )
    )
    for fault in error.faults[:_FAULTS_SHOWN]:
        st.markdown(typeset(f"- {safe(str(fault))} *(règle : {safe(fault.rule)})*"))
    if len(error.faults) > _FAULTS_SHOWN:
        st.markdown(f"… et {len(error.faults) - _FAULTS_SHOWN} autres.")
    st.markdown(typeset("Pour le contrôle complet :"))
    st.code("python -m qpverts check", language="bash")


def our_fault() -> None:
    """Say that a page failed by our own fault, and what a reader can do."""
    st.error(
        typeset(
            "Cette page n'a pas pu s'afficher entièrement. Rechargez-la ; si cela recommence, ouvrez-la sans "
            "ce qui suit le « ? » de l'adresse. Vos choix sont dans l'adresse : rien n'est perdu."
        )
    )


def figure(indicator: Indicator, catalogue: Catalogue, *, container_key: str) -> None:
    """Draw one indicator: value, bounds, and its definition and source one click away."""
    spec = indicator.spec
    with st.container(border=True, key=container_key, height="stretch"):
        value = safe(labels.value_text(indicator))
        bounds = labels.range_text(indicator)
        lines = [safe(spec.label), f"*{value}*" if indicator.value is None else f"### {value}"]
        st.markdown("\n\n".join([*lines, small(bounds)] if bounds else lines))
        with st.popover("Définition et source", type="tertiary", icon=":material/info:"):
            st.markdown(definition(indicator, catalogue))


def definition(indicator: Indicator, catalogue: Catalogue) -> str:
    """Write, as Markdown, what a figure means, how it was computed, from what, and how complete that is."""
    spec = indicator.spec
    lines = [
        f"**{safe(spec.label)}**" + (f" ({safe(spec.unit)})" if spec.unit else ""),
        safe(spec.definition),
        f"**Calcul{labels.NBSP}:** {safe(spec.formula)}",
        f"**Millésime{labels.NBSP}:** {safe(spec.vintage)}",
    ]
    for dataset_id in spec.datasets:
        dataset = catalogue.get(dataset_id)
        source = f"{dataset.attribution} (millésime : {dataset.vintage})"
        lines.append(f"**Source{labels.NBSP}:** {safe(source)}")
    if coverage := labels.coverage_text(indicator):
        lines.append(f"**Couverture{labels.NBSP}:** {safe(coverage)}")
    if indicator.state in labels.WHY_MISSING and indicator.value is None:
        lines.append(safe(labels.WHY_MISSING[State(indicator.state)]))
    return "\n\n".join(lines)
