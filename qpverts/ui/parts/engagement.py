"""The charts by theme on *Quartier* and *Comparer*: radar, dot plot, table, and what they rest on."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.grading.profile import Measure, MiddleDistrict, Profile, profile, reference, value
from qpverts.domain.territory import Territory
from qpverts.ui.address import projection, query, state
from qpverts.ui.parts import data_tables, plotly_charts, territory_names
from qpverts.ui.parts.components import safe
from qpverts.viz.charts import engagement
from qpverts.viz.words import compare_texts, level_texts, sentences
from qpverts.viz.words.labels import typeset

_KEY = "choix_mesure"


def of_district(atlas: Atlas, code: str, measure: Measure) -> None:
    """Draw the section of *Quartier*: charts, table, and why each level."""
    one = _profile(atlas, atlas.index.of_qpv(code))
    st.header("Engagement par thématique")
    st.markdown(f"**{safe(sentences.themes_known_text(one))}**")
    _charts(atlas, [one], measure)
    names = _names(atlas)
    data_tables.draw(
        {
            "Thématique": safe(names[theme]),
            "Niveau": safe(level_texts.name(grade.level)),
            "Actions recensées": safe(engagement.count_text(grade)),
            "Pour 1\u202f000 habitants": safe(engagement.rate_text(grade, one.population)),
            "Dernier relevé": safe(engagement.survey_text(grade)),
        }
        for theme, grade in one.grades.items()
    )
    with st.expander(typeset("Pourquoi ces niveaux ?")):
        why = {
            typeset(f"**{safe(names[theme])} : {safe(level_texts.name(grade.level))}**"): safe(
                engagement.why_text(grade)
            )
            for theme, grade in one.grades.items()
        }
        st.markdown("\n\n".join(f"{title}  \n{text}" for title, text in why.items()))


def of_sides(atlas: Atlas, sides: Sequence[Territory], measure: Measure) -> None:
    """Draw the section of *Comparer*: three sentences, all territories on the same charts, and the table."""
    profiles = [_profile(atlas, side) for side in sides]
    names = _names(atlas)
    st.header("Engagement par thématique")
    said = compare_texts.sentences(profiles, names)
    st.markdown("\n".join(f"- {safe(sentence)}" for sentence in said))
    if note := compare_texts.perimeters_text(sides, [one.name for one in profiles]):
        st.caption(safe(note))
    apart = sides[0].key != sides[1].key  # a territory beside itself is drawn once
    _charts(atlas, profiles if apart else profiles[:1], measure)
    with st.container(key="tableau_compare_themes"):
        data_tables.draw(
            {"Thématique": safe(names[theme])}
            | {
                safe(name): safe(engagement.side_text(one.grades[theme], one.population, measure))
                for name, one in zip(territory_names.headings(sides), profiles, strict=True)
            }
            for theme in names
        )


def _charts(atlas: Atlas, profiles: Sequence[Profile], measure: Measure) -> None:
    """Draw the choice of measure and the two charts, in places that are always there."""
    _switch(measure)
    names = _names(atlas)
    axis = engagement.axis_of(measure, atlas.scale)
    lines = tuple(engagement.series_of(one, names, measure) for one in profiles)
    middle = engagement.reference_of(_middle(atlas, measure), names, measure, axis)
    drawn = (lines, tuple(names.values()), axis, middle, projection.chart_size())
    what = f"{engagement.MEASURES[measure]}, par thématique"
    plotly_charts.pair(engagement.radar(*drawn), engagement.dot_plot(*drawn), what)
    notes = [
        engagement.scale_text(axis, measure),
        engagement.step_text(profiles, measure),
        engagement.beyond_text(lines, tuple(names.values()), axis),
        "Un trou dans la ligne : thématique non renseignée, ce qui n'est pas zéro.",
        "En gris, le quartier du milieu parmi ceux de la Métropole où la thématique est connue.",
        level_texts.WARNING,
    ]
    st.caption(safe(" ".join(filter(None, notes))))


def _switch(measure: Measure) -> None:
    st.session_state[_KEY] = measure.value
    st.segmented_control(
        typeset("Ce que l'on mesure"),
        [one.value for one in Measure],
        key=_KEY,
        format_func=lambda one: engagement.MEASURES[Measure(one)],
        required=True,
        on_change=_switched,
    )


def _switched() -> None:
    chosen = st.session_state[_KEY]
    query.write(**{state.MEASURE: None if chosen == Measure.LEVEL.value else chosen})


def _profile(atlas: Atlas, territory: Territory) -> Profile:
    return profile(
        territory_names.said_name(territory),
        territory.codes,
        actions=atlas.actions.values(),
        surveys=atlas.surveys,
        populations=[atlas.facts[code].figures.population for code in territory.codes],
        themes=[theme.id for theme in atlas.vocabulary.themes],
        scale=atlas.scale,
    )


def _middle(atlas: Atlas, measure: Measure) -> MiddleDistrict:
    return reference(
        [
            [value(grade, measure, atlas.facts[code].figures.population) for grade in grades.values()]
            for code, grades in atlas.grades.items()
        ]
    )


def _names(atlas: Atlas) -> dict[str, str]:
    return atlas.vocabulary.theme_labels
