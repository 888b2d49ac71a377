"""Speaking to the person at the terminal."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NoReturn

#: What argparse says of a faulty command in English, and the same in French; the rest stays as it is.
_FAULTS = (
    (r"the following arguments are required: (.+)", r"il manque : \1"),
    (r"unrecognized arguments: (.+)", r"inconnu ici : \1"),
    (r"ambiguous option: (\S+) could match (.+)", r"\1 peut vouloir dire plusieurs choses : \2"),
    (
        r"argument (\S+): invalid choice: '(.*)' \(choose from (.+)\)",
        r"\1 : « \2 » n'existe pas ; au choix : \3",
    ),
    (r"argument (\S+): expected (?:one|at least one) argument", r"\1 : il manque une valeur"),
    (r"argument (\S+): ignored explicit argument (.+)", r"\1 ne prend pas de valeur, mais reçoit \2"),
    (r"argument (\S+): (.+)", r"\1 : \2"),
)


_TITLES = {"positional arguments": "à donner", "options": "options"}


class _Help(argparse.HelpFormatter):
    """The help of the standard library, with French titles."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "usage : " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(f"{_TITLES.get(heading, heading)} " if heading else heading)


class Parser(argparse.ArgumentParser):
    """The parser of the standard library, whose own words are French."""

    def __init__(self, *, prog: str | None = None, description: str | None = None) -> None:
        """Make a parser that has its help already."""
        super().__init__(prog=prog, description=description, formatter_class=_Help, add_help=False)
        self.add_argument("-h", "--help", action="help", help="montrer cette aide")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the command, and stop."""
        for english, french in _FAULTS:
            if found := re.fullmatch(english, message, re.DOTALL):
                message = found.expand(french)
                break
        self.print_usage(sys.stderr)
        self.exit(2, f"{message}\n« {self.prog} --help » montre l'aide.\n")


if TYPE_CHECKING:  # argparse gives this type no public name, and it takes parameters for mypy only
    Subparsers = argparse._SubParsersAction[Parser]  # noqa: SLF001
else:
    Subparsers = object


def say(line: str) -> None:
    """Print a line at once: what is being done must show while it is being done.

    A reader that has left (``| head``) does not stop the work: what is left to say goes nowhere.
    """
    try:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        nobody = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nobody, sys.stdout.fileno())
        os.close(nobody)


def ask(question: str) -> bool | None:
    """Ask the person at the terminal; ``None`` when there is nobody to answer (a script, a pipe)."""
    if not sys.stdin.isatty():
        return None
    sys.stdout.write(question)
    sys.stdout.flush()
    return sys.stdin.readline().strip().casefold() in {"o", "oui", "y", "yes"}
