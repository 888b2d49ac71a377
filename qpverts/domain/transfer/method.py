"""The declared method of transferability: tables of words, thresholds and rules (``transfert.toml``)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from qpverts.domain.model import Carrier, Reliability
from qpverts.domain.text import plain
from qpverts.domain.transfer.conclusion import Criterion, ReadingName, Rules, Verdict


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Where a figure begins to count.

    Areas in square metres, ``short_months`` in months, ``gap_score`` and ``covered_score`` on the scale of
    levels (0 to 100), ``low_cost`` on that of ``cout_niveau`` (1 to 3), ``relays`` a count of bodies.
    """

    small_land_m2: float
    large_land_m2: float
    relays: int
    short_months: int
    gap_score: int
    covered_score: int
    low_cost: int


@dataclass(frozen=True, slots=True)
class Scale:
    """Who decides at one scale; ``beyond`` where the decision is larger than a district."""

    id: str
    label: str
    deciders: tuple[Carrier, ...]
    beyond: bool


@dataclass(frozen=True, slots=True)
class Climate:
    """A climate an action may come from: words of its sheet, or else its city or country.

    ``words`` are plain text. ``sensitive_only`` where city and country only speak of what summer touches.
    """

    id: str
    label: str
    answer: Verdict
    words: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    sensitive_only: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Plain words of a sheet that block a criterion in any district; ``label`` says so in French."""

    criterion: str
    words: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class CarrierKind:
    """A kind of body, and the beginnings of words, in plain text, that give it away in a name."""

    id: Carrier
    label: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Need:
    """A published figure that shows a need on a theme, at least or at most at a threshold, in its unit."""

    theme: str
    indicator: str
    at_least: float | None = None
    at_most: float | None = None

    def shown_by(self, value: float) -> bool:
        """Tell whether a figure passes the threshold."""
        return (self.at_least is None or value >= self.at_least) and (
            self.at_most is None or value <= self.at_most
        )


@dataclass(frozen=True, slots=True)
class Proof:
    """Who speaks independently, and plain words that tell an evaluation, or an announcement."""

    independent: tuple[Reliability, ...]
    evaluated: tuple[str, ...]
    announced: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Points that make a local action resemble an inspiration, and the words that do not count.

    A word counts with ``shortest_word`` letters or more, and in at most ``common_pct`` % of the actions; of
    the words in common, ``words_counted`` at the most.
    """

    theme: int
    carrier: int
    word: int
    least: int
    words_counted: int
    common_pct: float
    shortest_word: int
    stop_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Method:
    """Everything the method declares."""

    criteria: tuple[Criterion, ...]
    readings: tuple[ReadingName, ...]
    rules: Rules
    thresholds: Thresholds
    scales: tuple[Scale, ...]
    climates: tuple[Climate, ...]
    sensitive_themes: tuple[str, ...]
    blocks: tuple[Block, ...]
    kinds: tuple[CarrierKind, ...]
    needs: tuple[Need, ...]
    proof: Proof
    likeness: Likeness

    def criterion(self, criterion_id: str) -> Criterion:
        """Give a criterion by id; KeyError when it does not exist."""
        return {criterion.id: criterion for criterion in self.criteria}[criterion_id]

    def scale(self, scale_id: str) -> Scale | None:
        """Give a scale by id, ``None`` when the method says nothing of it."""
        return next((scale for scale in self.scales if scale.id == scale_id), None)

    def kind_label(self, carrier: Carrier) -> str:
        """Name a kind of body with its article."""
        return next((kind.label for kind in self.kinds if kind.id is carrier), str(carrier))

    def kind_of(self, name: str) -> Carrier | None:
        """Recognise the kind of a body by its name; ``None`` when no word gives it away."""
        return next((kind.id for kind in self.kinds if says(name, kind.words)), None)


def says(text: str, words: tuple[str, ...]) -> bool:
    """Tell whether a text holds one of these, each at the beginning of a word.

    >>> says("Les Régies de quartier", ("regie",))
    True
    >>> says("Stratégie", ("regie",))
    False
    """
    found = _spaced(text)
    return any(f" {word}" in found for word in words)


@lru_cache(maxsize=8192)  # the same sheets and names are asked about for every district
def _spaced(text: str) -> str:
    return f" {plain(text)}"
