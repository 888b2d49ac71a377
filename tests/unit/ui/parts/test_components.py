"""Text made inert for Markdown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from qpverts.ui.parts.components import safe
from qpverts.viz.words.labels import typeset

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
INERT = {"paragraph", "text", "inline", "softbreak", "text_special"}


@pytest.mark.parametrize(
    "text",
    [
        "<img src=x onerror=alert(1)>",
        "![](http://evil.example/x.png)",
        "[x](javascript:alert(1))",
        "https://evil.example",
        "# titre",
        "1. liste",
        "- liste",
        "> citation",
        "`code`",
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "***",
        "&lt;b&gt;",
        "ligne\n\n    code",
        ":red[rouge] :material/home: :smile:",
        "$x^2$",
        "fin \\",
    ],
)
def test_markup_is_read_as_text(text):
    """A reader sees what was typed, character for character, spaces apart."""
    assert shown(safe(text)) == spaced(text)


@given(st.text())
def test_any_text_stays_text(text):
    """No text becomes anything but a paragraph of itself."""
    tokens = MARKDOWN.parse(safe(text))
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    inside = {child.type for token in tokens for child in token.children or ()}
    assert kinds | inside <= INERT
    assert shown(safe(text)) == spaced(text.replace("\0", "\ufffd"))


def spaced(text):
    """Give a text with single spaces, set the French way; no-break spaces are typography, and stay."""
    return typeset(re.sub(r"[^\S\u00a0\u202f]+", " ", text).strip())


def shown(markdown):
    """Give the text that a reader sees."""
    tokens = MARKDOWN.parse(markdown)
    return "".join(child.content for token in tokens for child in token.children or ())


@pytest.mark.parametrize("character", ["$", ":", "~", "^", "="])
def test_streamlit_own_signs_are_escaped(character):
    """What Streamlit adds to Markdown (formulas, icons, colours, small text) is escaped too."""
    assert safe(f"a{character}b") == f"a\\{character}b"
