"""The approach's own vocabulary: themes, fields of intervention, axes; and its story.

Declared once in ``data/actions/themes.toml`` and ``demarche.toml``; order is that of the approach.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One of the seven themes, "en lien avec la nature"."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field of intervention (champ), inside *Façons de vivre* or *Cadre de vie*."""

    id: str
    label: str
    family: str


@dataclass(frozen=True, slots=True)
class Axis:
    """One of the two axes of the approach."""

    id: str
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All the words an action may use, in the order of the approach."""

    themes: tuple[Theme, ...]
    fields: tuple[Field, ...]
    axes: tuple[Axis, ...]

    def theme(self, theme_id: str) -> Theme:
        """Give a theme by id; KeyError when it does not exist."""
        return {theme.id: theme for theme in self.themes}[theme_id]

    @property
    def theme_labels(self) -> dict[str, str]:
        """Give the label of each theme by id, in the order of the approach."""
        return {theme.id: theme.label for theme in self.themes}

    @property
    def field_labels(self) -> dict[str, str]:
        """Give the label of each field by id, in the order of the approach."""
        return {field.id: field.label for field in self.fields}


@dataclass(frozen=True, slots=True)
class Why:
    """A link of the chain of five "pourquoi"."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Step:
    """A dated step of the process."""

    when: str
    what: str


@dataclass(frozen=True, slots=True)
class Pilot:
    """A pilot territory: ``query`` is what the lookup understands."""

    name: str
    role: str
    query: str
    text: str


@dataclass(frozen=True, slots=True)
class Approach:
    """The approach as told on the first page."""

    ambition: str
    lead: str
    whys: tuple[Why, ...]
    whys_note: str
    steps: tuple[Step, ...]
    pilots: tuple[Pilot, ...]
