"""The part of *Méthode* that puts the two claims to the test; it only reads what was measured."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping

import plotly.graph_objects as go
import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.domain.claims import EDGE_SHARES_PCT, Green, Reference
from qpverts.domain.text import capital
from qpverts.geo.crs import LAMBERT_93
from qpverts.sources.building.recompute import Report
from qpverts.ui.address import projection
from qpverts.ui.parts import data_tables, plotly_charts
from qpverts.ui.parts.cached import per_atlas
from qpverts.ui.parts.components import safe
from qpverts.viz.charts import claim_charts
from qpverts.viz.charts.theme_charts import ChartSize
from qpverts.viz.words import claim_texts
from qpverts.viz.words.labels import NBSP, typeset

ANCHOR = "verifie-par-les-donnees"


def section(atlas: Atlas, report: Report) -> None:
    """Draw both claims: the answer first, then figures, limits and method."""
    st.header(typeset("Deux affirmations mises à l'épreuve des données"), anchor=ANCHOR)
    _edge(atlas)
    _carbon(atlas, report)


def _edge(atlas: Atlas) -> None:
    st.subheader(typeset(claim_texts.EDGE_CLAIM))
    st.markdown(f"**{safe(claim_texts.answer(atlas.edge_tests, Green.VEGETATION))}**")
    st.markdown(
        f"{safe(claim_texts.edge_sentence(atlas.edges, Green.VEGETATION, EDGE_SHARES_PCT[1]))} "
        f"{safe(claim_texts.nuance(atlas.edge_tests, Green.VEGETATION))}"
    )
    left, right = st.columns(2)
    means, spread = _charts(atlas, projection.chart_size())
    with left:
        st.markdown(
            typeset(
                "**Les quartiers et des lieux au hasard** (losange : moyenne des quartiers ; "
                "trait gris : moyenne de lieux au hasard, et ce que donnent 95 tirages sur 100)"
            )
        )
        st.plotly_chart(
            means, theme=None, key="bordure_moyennes", config=plotly_charts.CONFIG,
            alt="Part moyenne du contour au bord du vert : quartiers et lieux au hasard, pour chaque "
            "comparaison. Les mêmes valeurs sont dans le tableau qui suit.",
        )  # fmt: skip
    with right:
        st.markdown("**Combien de quartiers, à quelle part de leur contour** (végétation)")
        counts = claim_charts.steps(atlas.edges, Green.VEGETATION)
        st.plotly_chart(
            spread, theme=None, key="bordure_repartition", config=plotly_charts.CONFIG,
            alt="Nombre de quartiers par tranche de dix points du contour au bord de la végétation : "
            + ", ".join(map(str, counts)),
        )  # fmt: skip
    for green in Green:
        st.markdown(
            typeset(
                f"**{safe(claim_texts.GREENS[green])}** : {safe(claim_texts.answer(atlas.edge_tests, green))}"
            )
        )
        data_tables.draw(
            {
                name: safe(cell)
                for name, cell in claim_texts.comparison(atlas.edge_tests, green, reference).items()
            }
            for reference in Reference
        )
    _map(atlas)
    _limits(atlas)


@per_atlas(max_entries=4)
def _charts(atlas: Atlas, size: ChartSize) -> tuple[go.Figure, go.Figure]:
    """Draw the charts once for each state of the data and each size: Plotly checks every word of them."""
    green = Green.VEGETATION
    return claim_charts.means(atlas.edge_tests, size), claim_charts.spread(atlas.edges, green, size)


def _map(atlas: Atlas) -> None:
    """Show where districts pass the random places around them, as a picture and, if asked, a table."""
    rows = {
        row.code_qp: row
        for row in atlas.edges
        if row.green is Green.VEGETATION and row.reference is Reference.AROUND
    }
    ranks = {code: row.rank_pct for code, row in rows.items()}
    names = {code: qpv.name for code, qpv in atlas.qpvs.items()}
    picture = _picture(atlas, ranks, names)
    known = sum(rank is not None for rank in ranks.values())
    above = sum(rank is not None and rank > 50 for rank in ranks.values())  # noqa: PLR2004  # as chance would
    told = typeset(
        f"{above} quartiers sur {known} sont plus au bord de la végétation que la moitié de leurs lieux au "
        "hasard, pris à moins de 1 km d'un quartier de leur commune."
    )
    key = "".join(
        f'<li><span style="background:{colour}"></span>{html.escape(words)}</li>'
        for colour, words in claim_charts.rank_names()
    )
    st.html(
        f'<figure class="carte-bordure"><img src="{picture}" alt="Carte{NBSP}: {html.escape(told)}">'
        f"<figcaption>{html.escape(told)}<ul>{key}</ul></figcaption></figure>"
    )
    if st.toggle("Voir la bordure quartier par quartier", key="bordure_en_tableau"):
        data_tables.draw(
            {
                "Quartier": safe(names[code]),
                "Contour au bord de la végétation": safe(claim_texts.share(row.value)),
                "Selon la lecture": safe(claim_texts.between(row.low, row.high)),
                "Au hasard, à 1 km (milieu)": safe(claim_texts.share(row.p50)),
                "9 lieux sur 10": safe(claim_texts.between(row.p05, row.p95)),
                "Rang": safe(claim_texts.share(row.rank_pct)),
            }
            for code, row in rows.items()
            if code in names
        )


@per_atlas(max_entries=2)
def _picture(atlas: Atlas, _ranks: Mapping[str, float | None], _names: Mapping[str, str]) -> str:
    """Draw the map, with ranks and names that come from the atlas."""
    outlines = atlas.backgrounds.communes.to_crs(LAMBERT_93).geometry
    return claim_charts.rank_map(outlines, atlas.perimeters, _ranks, _names)


def _limits(atlas: Atlas) -> None:
    places = max((row.places for row in atlas.edges), default=0)
    st.markdown("**Ce que ce calcul ne dit pas**\n\n" + _listed(claim_texts.LIMITS))
    st.caption(typeset(claim_texts.RULE))
    st.caption(typeset(claim_texts.METHOD.format(places=places)))


def _carbon(atlas: Atlas, report: Report) -> None:
    """Say why the second claim cannot be tested, and what it would take."""
    st.subheader(typeset(claim_texts.CARBON_CLAIM))
    st.markdown(f"**{safe(capital(claim_texts.CARBON_ANSWER))}**")
    known = sum(values["pauvrete"].value is not None for values in atlas.indicators.values())
    answers = {control.answer for control in report.controls if control.indicator == "pauvrete"}
    checked = f" (contrôle : {', '.join(sorted(answers))})" if answers else ""
    poverty = f"le taux de pauvreté, connu pour {known} quartiers sur {len(atlas.qpvs)}{checked}"
    needed = safe(" ; ".join(claim_texts.CARBON_NEEDED))
    st.markdown(
        _listed(
            [
                *(text.format(poverty=safe(poverty)) for text in claim_texts.CARBON_WHY),
                f"**Ce qu'il faudrait** (à chercher, rien de cela n'est dans l'application) : {needed}.",
            ]
        )
    )


def _listed(texts: Iterable[str]) -> str:
    return "\n".join(f"- {typeset(text)}" for text in texts)
