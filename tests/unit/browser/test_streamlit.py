"""What our scripts and styles look for in Streamlit's own page is declared, and is in what is installed.

After an upgrade these tests say, without a browser, which name is gone and which file looked for it.
"""

import json
import re
from collections import defaultdict
from importlib.resources import files

import pytest
import streamlit_folium

from qpverts import browser
from qpverts.web.shell import SCRIPTS

FOLDERS = ("map", "shell", "pages", "styles", "public")
DECLARED = json.loads(browser.read("streamlit.json"))
LOOKS = {
    "names": re.compile(r"""\[data-testid.?=["']?([\w-]+)|(?<![\w-])\.(st[A-Z]\w+)"""),
    "attributes": re.compile(r"""\[(data-(?!testid)[\w-]+)="""),
    "frames": re.compile(r"""iframe\[\w+.?="([\w.]+)"""),
}


def looked_for(kind):
    """What the files look for, and in which of them."""
    found = defaultdict(set)
    for path in browser.files(*FOLDERS):
        if path.suffix in {".css", ".js", ".mjs"}:
            for groups in LOOKS[kind].finditer(path.read_text(encoding="utf-8")):
                found["".join(filter(None, groups.groups()))].add(path.name)
    return found


@pytest.fixture(scope="module")
def frontend():
    """All the scripts of Streamlit's own page, as one text."""
    folder = files("streamlit") / "static" / "static" / "js"
    return "".join(one.read_text(encoding="utf-8") for one in folder.iterdir() if one.name.endswith(".js"))


@pytest.mark.parametrize("kind", LOOKS)
def test_what_is_looked_for_is_declared_and_nothing_else(kind):
    """One file lists all that we rest on: no name too few, none that is not looked for any more."""
    assert dict(looked_for(kind)).keys() == DECLARED[kind].keys()


def test_scripts_say_their_selectors_once():
    """A name of Streamlit stands in one script, which goes before those that read it."""
    for kind in ("names", "frames"):
        scripts = {file for names in looked_for(kind).values() for file in names if not file.endswith(".css")}
        assert scripts == {"selectors.js"}
    assert SCRIPTS[0] == "selectors"


@pytest.mark.parametrize("name", [*DECLARED["names"], *DECLARED["attributes"]])
def test_streamlit_still_gives_the_name(frontend, name):
    """Its page gives each name as a word of its own."""
    assert re.search(rf"""[`"']{re.escape(name)}[`"' ]""", frontend), sorted(
        looked_for("names")[name] | looked_for("attributes")[name]
    )


def test_frame_of_a_map_still_has_its_name():
    """Streamlit gives a frame the name of its component: in its address, and as its title."""
    assert list(DECLARED["frames"]) == [streamlit_folium._component_func.name]


def words_in_english():
    """The exact words that french.js replaces, without the end of those that Streamlit puts together."""
    script = browser.read("shell/french.js")
    keys = re.findall(r"""^\s+(?:\[[\w.]+\]: \{ )?"?([A-Z][\w' .]+?)"?:(?: "|$)""", script, re.MULTILINE)
    return [key.partition(". Running")[0] for key in keys]


@pytest.mark.parametrize("words", words_in_english())
def test_streamlit_still_writes_the_words_put_in_french(frontend, words):
    """Each sentence that we put in French is one that it still writes."""
    assert re.search(rf"[`\"']{re.escape(words)}[`\"']", frontend)


def test_all_the_words_put_in_french_are_found():
    """Those of sentences and those of names: the list above leaves none out."""
    assert {"Skip to main content", "No results", "Page not found", "Open", "Choose options"} <= set(
        words_in_english()
    )
    assert len(words_in_english()) == 16
