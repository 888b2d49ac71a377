"""Small pieces shared by the pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal

import streamlit as st

from qpverts import browser
from qpverts.atlas.datasets import Catalogue
from qpverts.domain.figures.indicators import Indicator
from qpverts.errors import DataError
from qpverts.viz.charts import figure_cards
from qpverts.viz.words import figure_texts, labels
from qpverts.viz.words.labels import typeset

#: One file per subject; all go to every page, in the order of their names, but one: that of projection.
_STYLES = "styles"
_PROJECTED = "projection.css"
_MARKUP = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=@])")
_SPACES = re.compile(r"[^\S\u00a0\u202f]+")  # all but the no-break spaces, which are typography
_FAULTS_SHOWN = 10


def style(*, projected: bool = False) -> None:
    """Send the few rules that Streamlit's theme cannot express, and those of a room after them."""
    st.html(f"<style>{_rules(projected=projected)}</style>")


@cache
def _rules(*, projected: bool) -> str:
    names = [path.name for path in browser.files(_STYLES) if path.name != _PROJECTED]
    if projected:
        names.append(_PROJECTED)
    return "\n".join(browser.read(f"{_STYLES}/{name}") for name in names)


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


def acting_fold(label: str, key: str, fill: Callable[[], None]) -> None:
    """Draw a fold that is filled when it is opened, by running the page: its buttons change the page.

    Filled while closed, it would be sent again at each change of the page.
    """
    with st.expander(label, key=key, on_change="rerun") as panel:
        if panel.open:
            fill()


@st.fragment
def folded(label: str, key: str, fill: Callable[[], None]) -> None:
    """Draw a fold that is filled when it is opened, without running the page again.

    Closed, it costs a line. What fills it is to be read: a button would run the fold again, not the page,
    which is what :func:`acting_fold` is for.
    """
    acting_fold(label, key, fill)


def panel(
    label: str,
    key: str,
    fill: Callable[[], None],
    *,
    icon: str | None = None,
    kind: Literal["secondary", "tertiary"] = "secondary",
) -> None:
    """Draw a button that opens a panel, filled when it is opened, by running the page."""
    with st.popover(label, icon=icon, key=key, on_change="rerun", type=kind) as opened:
        if opened.open:
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


def figures(found: Sequence[Indicator], catalogue: Catalogue) -> None:
    """Draw indicators as cards: value, bounds, and definition and source one click away."""
    st.html(figure_cards.html(found, {one.spec.id: _sources(one, catalogue) for one in found}))


def definition(indicator: Indicator, catalogue: Catalogue) -> str:
    """Write, as Markdown, what a figure means, how it was computed, from what, and how complete that is."""
    spec = indicator.spec
    title = f"**{safe(spec.label)}**" + (f" ({safe(spec.unit)})" if spec.unit else "")
    told = [
        f"**{name}{labels.NBSP}:** {safe(text)}" if name else safe(text)
        for name, text in figure_texts.definition_lines(indicator, _sources(indicator, catalogue))
    ]
    return "\n\n".join([title, *told])


def _sources(indicator: Indicator, catalogue: Catalogue) -> list[str]:
    found = map(catalogue.get, indicator.spec.datasets)
    return [f"{dataset.attribution} (millésime : {dataset.vintage})" for dataset in found]
