"""What the charts by theme say: their axes, their series, and the words of each value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from qpverts.domain.grading.levels import Grade, Level
from qpverts.domain.grading.profile import TOPS, Measure, MiddleDistrict, Profile, value, values
from qpverts.domain.text import capital
from qpverts.viz.charts import theme_charts
from qpverts.viz.charts.theme_charts import ChartAxis, Series, beyond
from qpverts.viz.words import labels, level_texts

MEASURES = {
    Measure.LEVEL: "Niveaux d'engagement",
    Measure.COUNT: "Nombre d'actions recensées",
    Measure.RATE: "Actions pour 1\u202f000 habitants",
}
REFERENCE_NAME = "Quartier du milieu"
NOT_SURVEYED = "personne n'a encore fait de relevé"
_TICKS = {Measure.COUNT: (0.0, 5.0, 10.0, 15.0), Measure.RATE: (0.0, 1.0, 2.0, 3.0, 4.0)}

#: The two charts, for arguments that can be hashed: those seen lately are kept, every district of the
#: Métropole and some comparisons. To be drawn, not changed.
radar = lru_cache(maxsize=100)(theme_charts.radar)
dot_plot = lru_cache(maxsize=100)(theme_charts.dot_plot)


def axis_of(measure: Measure, scale: Sequence[Level]) -> ChartAxis:
    """Give the fixed scale of a measure: words for levels, figures for the rest."""
    if measure is not Measure.LEVEL:
        texts = tuple(labels.number(tick) for tick in _TICKS[measure])
        return ChartAxis(TOPS[measure], _TICKS[measure], ("", *texts[1:]), texts)
    steps = [(float(level.score), level) for level in scale if level.score is not None]
    return ChartAxis(
        top=TOPS[measure],
        ticks=tuple(score for score, _ in steps),
        short=tuple(level.symbol if score else "" for score, level in steps),  # nothing fits in the centre
        full=tuple(level.label for _, level in steps),
    )


def count_text(grade: Grade) -> str:
    """Write the number of recorded actions; none is said only where someone looked."""
    if grade.level.score is None:
        return grade.level.label
    count = grade.evidence.recorded
    return labels.plural(count, "action", "actions") if count else "aucune action"


def rate_text(grade: Grade, population: int | None) -> str:
    """Write the number of recorded actions per 1,000 residents, and why there is none."""
    if grade.level.score is None:
        return grade.level.label
    rate = value(grade, Measure.RATE, population)
    return "population inconnue" if rate is None else labels.number(rate, 2)


def survey_text(grade: Grade) -> str:
    """Write when someone last looked."""
    if grade.evidence.surveyed:
        return level_texts.survey_text(grade.evidence.surveyed)
    return NOT_SURVEYED


def why_text(grade: Grade) -> str:
    """Tell what the level takes, the counts that reach it here, and who looked when that is not said yet."""
    if grade.level.score is None:
        return grade.level.sentence
    counts = level_texts.counts_text(grade.evidence)
    survey = survey_text(grade)
    return " ".join(filter(None, [grade.level.sentence, counts, f"{capital(survey)}."]))


def side_text(grade: Grade, population: int | None, measure: Measure) -> str:
    """Write all that a table says of one territory on one theme, in one cell."""
    if grade.level.score is None:
        return level_texts.name(grade.level)
    parts = [level_texts.name(grade.level)]
    if grade.evidence.recorded:
        parts.append(count_text(grade))
    if measure is Measure.RATE:
        parts.append(f"{rate_text(grade, population)} pour 1\u202f000 habitants")
    if grade.evidence.surveyed:
        parts.append(survey_text(grade))
    return ", ".join(parts)


def series_of(profile: Profile, themes: Mapping[str, str], measure: Measure) -> Series:
    """Give the line of a territory; ``themes`` are the names by id."""
    return Series(
        profile.name,
        values(profile, measure),
        tuple(
            f"{profile.name} · {themes[theme]} : {side_text(grade, profile.population, measure)}"
            for theme, grade in profile.grades.items()
        ),
    )


def reference_of(
    found: MiddleDistrict, themes: Mapping[str, str], measure: Measure, axis: ChartAxis
) -> Series:
    """Give the line of the district in the middle."""
    return Series(
        REFERENCE_NAME,
        found.values,
        tuple(
            f"{REFERENCE_NAME} · {name} : {_valued(one, measure, axis)}, "
            f"parmi les {known} quartiers connus sur {found.total}"
            for name, one, known in zip(themes.values(), found.values, found.known, strict=True)
        ),
    )


def _valued(one: float | None, measure: Measure, axis: ChartAxis) -> str:
    if one is None:
        return "non renseigné"
    if measure is Measure.LEVEL:
        return axis.full[axis.ticks.index(one)]
    return labels.number(one, 2 if measure is Measure.RATE else 0)


def beyond_text(series: Sequence[Series], themes: Sequence[str], axis: ChartAxis) -> str:
    """Say which values are drawn at the top of the axis because they are beyond it; empty when none is."""
    decimals = 1 if axis.top < 10 else 0  # noqa: PLR2004
    found = []
    for one in series:
        over = [
            f"{themes[rank]} {labels.number(one.values[rank] or 0, decimals)}" for rank in beyond(one, axis)
        ]
        if over:
            found.append(f"{one.name} ({', '.join(over)})")
    if not found:
        return ""
    return f"Au-delà de l'échelle, qui s'arrête à {labels.number(axis.top)} : {' ; '.join(found)}."


def scale_text(axis: ChartAxis, measure: Measure) -> str:
    """Spell the marks of the radar, which are symbols for levels."""
    if measure is not Measure.LEVEL:
        return f"Du centre vers le bord : de 0 à {labels.number(axis.top)}."
    steps = ", ".join(f"{short} {full}".strip() for short, full in zip(axis.short, axis.full, strict=True))
    return f"Du centre vers le bord : {steps}."


def step_text(profiles: Sequence[Profile], measure: Measure) -> str:
    """Say how much one action weighs in a rate: in a small district, a lot. Empty for other measures."""
    if measure is not Measure.RATE:
        return ""
    found = [
        f"{labels.number(1000 / one.population, 2)} pour {one.name} "
        f"({labels.plural(one.population, 'habitant', 'habitants')})"
        for one in profiles
        if one.population
    ]
    return f"Une seule action de plus ajoute {' et '.join(found)}." if found else ""
