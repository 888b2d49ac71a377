"""Which local actions resemble an action from elsewhere: same theme, same kind of carrier, words in common.

Points are added up by a declared rule (``[resemblance]`` of ``transfert.toml``) only to sort: what is shown
is the reason. A library of text search would weigh words better and explain them worse.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qpverts.domain.model import Action, Carrier, Inspiration
from qpverts.domain.text import plain
from qpverts.domain.transfer.method import Likeness

_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Why a local action resembles an inspiration.

    ``themes`` are those of both, in the order of the inspiration; ``words`` as the inspiration writes them.
    ``points`` only sort.
    """

    action: Action
    themes: tuple[str, ...]
    carrier: Carrier | None
    words: tuple[str, ...]
    points: int


class Index:
    """The words of the local actions, read once; those that too many share say nothing."""

    def __init__(self, actions: Iterable[Action], rules: Likeness) -> None:
        self.rules = rules
        self.actions = tuple(sorted(actions, key=lambda action: action.id))
        self._stopped = frozenset(map(_stem, rules.stop_words))
        found = {action.id: self._words(f"{action.title}. {action.summary}") for action in self.actions}
        counts = Counter(stem for words in found.values() for stem in words)
        most = rules.common_pct * len(self.actions) / 100
        self._common = frozenset(stem for stem, count in counts.items() if count > most)
        self._stems = {action_id: frozenset(words) for action_id, words in found.items()}

    def like(self, inspiration: Inspiration) -> tuple[Resemblance, ...]:
        """Give the actions that resemble an inspiration, the most first; maybe none."""
        words = self._words(f"{inspiration.title}. {inspiration.summary}")
        told = {stem: word for stem, word in words.items() if stem not in self._common}
        found = [self._compare(inspiration, action, told) for action in self.actions]
        kept = [one for one in found if one.points >= self.rules.least]
        return tuple(sorted(kept, key=lambda one: (-one.points, one.action.id)))

    def _compare(self, inspiration: Inspiration, action: Action, told: Mapping[str, str]) -> Resemblance:
        rules = self.rules
        themes = tuple(theme for theme in inspiration.themes if theme in action.themes)
        same = action.carrier_kind is not None and action.carrier_kind is inspiration.carrier_kind
        words = tuple(word for stem, word in told.items() if stem in self._stems[action.id])
        points = (
            rules.theme * bool(themes)
            + rules.carrier * same
            + rules.word * min(len(words), rules.words_counted)
        )
        return Resemblance(action, themes, inspiration.carrier_kind if same else None, words, points)

    def _words(self, text: str) -> dict[str, str]:
        """Give the words that may count, by stem, in the order of the text."""
        found: dict[str, str] = {}
        for word in _WORD.findall(text):
            stem = _stem(word)
            if len(stem) >= self.rules.shortest_word and stem not in self._stopped:
                found.setdefault(stem, word.lower())
        return found


def _stem(word: str) -> str:
    """Bring singular and plural together, roughly.

    >>> _stem("Végétaux"), _stem("jardins")
    ('vegetau', 'jardin')
    """
    return plain(word).rstrip("sx")
