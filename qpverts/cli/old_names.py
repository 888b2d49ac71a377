"""The French names that commands and options once had: still understood, and shown nowhere.

They are put into today's words before the parser sees them. Aliases of ``argparse`` would be listed in the
help and in the usage, and would make abbreviations such as ``--per`` ambiguous.
"""

from __future__ import annotations

from collections.abc import Sequence

COMMANDS = {"verifier": "claims", "importer": "import", "correspondance": "match"}
#: No two commands gave one of these a different meaning, so that one table serves them all.
OPTIONS = {
    "--adresse": "--address",
    "--cadre": "--bbox",
    "--contours": "--official-perimeters",
    "--couche": "--layer",
    "--dans": "--within",
    "--perimetres": "--perimeters",
    "--sol": "--ground",
    "--vers": "--to",
}


def in_todays_words(arguments: Sequence[str]) -> list[str]:
    """Rewrite the old names among the words of a command line; anything else stays as it is.

    The name of a file is never rewritten, were it that of an old command: only the command itself is, and
    nothing after ``--``, which ends the options.

    >>> in_todays_words(["--var", "importer", "importer", "importer", "--vers=x"])
    ['--var', 'importer', 'import', 'importer', '--to=x']
    """
    words = list(arguments)
    end = words.index("--") if "--" in words else len(words)
    place = _command_at(words)
    if place < len(words):
        words[place] = COMMANDS.get(words[place], words[place])
    for rank, word in enumerate(words[:end]):
        name, equals, value = word.partition("=")
        words[rank] = OPTIONS.get(name, name) + equals + value
    return words


def _command_at(words: Sequence[str]) -> int:
    """Find the command: the first word that is neither an option nor the value that each option has here."""
    place = 0
    while place < len(words) and words[place].startswith("-"):
        place += 1 if "=" in words[place] else 2
    return place
