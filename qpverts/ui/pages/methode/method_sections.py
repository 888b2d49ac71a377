"""The parts of *Méthode*, generated from the indicator definitions and the catalogue."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qpverts.atlas.atlas import Atlas
from qpverts.atlas.datasets import Availability, Dataset
from qpverts.domain.figures.indicators import IndicatorSpec
from qpverts.settings import load as load_settings
from qpverts.sources.building import recompute
from qpverts.ui.address import navigation
from qpverts.ui.parts import components, data_tables
from qpverts.ui.parts.cached import per_atlas
from qpverts.ui.parts.components import folded, lines_of, safe
from qpverts.viz.words import labels, level_texts, sentences
from qpverts.viz.words.labels import typeset

_STATUS = {
    Availability.EMBEDDED: "dans l'application",
    Availability.REMOTE: "à distance",
    Availability.BROKEN: "en panne",
}


def reading() -> None:
    """Say how to read the figures."""
    st.markdown(
        typeset(
            "- **Non renseigné, non couvert, non publié** : nous ne savons pas. Ce n'est jamais zéro.\n"
            "- **Une fourchette** accompagne chaque chiffre que peut changer la forme d'un espace vert, ou "
            "la place de la végétation dans une parcelle. « Ou plus », « ou moins » : ce que nous ne "
            "connaissons pas peut encore pousser le chiffre dans ce sens.\n"
            "- **Pour plusieurs quartiers**, les effectifs s'additionnent avant le calcul d'un taux ; "
            "un taux publié sans ses effectifs n'est pas recalculé.\n"
            "- **Un nombre d'actions recensées** mesure l'effort de recensement autant que l'engagement."
        )
    )


def indicators_section(atlas: Atlas, report: recompute.Report) -> None:
    """Define every indicator, with its inputs, its value for the whole Métropole and its control."""
    st.header("Les indicateurs")
    controls = {control.indicator: control for control in report.controls}
    for family, members in atlas.specs.families.items():
        st.subheader(family)
        for spec in members:
            folded(
                safe(spec.label),
                f"indicateur_{spec.id}",
                partial(_indicator, atlas, spec, controls.get(spec.id)),
            )


def _indicator(atlas: Atlas, spec: IndicatorSpec, control: recompute.Control | None) -> None:
    indicator = atlas.indicator(spec, atlas.index.metropole)
    everyone = [values[spec.id] for values in atlas.indicators.values()]
    facts = {
        f"Ensemble ({indicator.known} quartiers sur {indicator.total})": labels.full_text(indicator),
        "D'un quartier à l'autre": sentences.spread_text(everyone),
        "Contrôle": _answer(control) if control else "",
    }
    st.markdown(f"{components.definition(indicator, atlas.catalogue)}\n\n{lines_of(facts)}")


def levels_section(atlas: Atlas) -> None:
    """Show the declared scale of levels: what each means, what it takes, and its score."""
    st.header(typeset("Les niveaux d'engagement"))
    st.markdown(
        typeset(
            "Chaque quartier reçoit un niveau par thématique, par des règles écrites dans un fichier "
            "(`data/actions/niveaux.toml`). Un niveau est atteint quand tous ses seuils le sont ; une action "
            "de plus ne fait jamais descendre. « Non renseigné » n'a pas de score : ce n'est pas zéro. "
            "Les actions arrêtées ne comptent pas."
        )
    )
    data_tables.draw(
        {
            "Niveau": safe(level_texts.name(level)),
            "Ce qu'il veut dire": safe(level.sentence),
            "Il faut au moins": safe(level_texts.thresholds_text(level) or "–"),
            "Score": "–" if level.score is None else str(level.score),
        }
        for level in atlas.scale
    )
    st.caption(safe(level_texts.HOW_RANKED))
    navigation.link("grille", "Lire la grille", icon=":material/grid_on:")


def controls_section(report: recompute.Report) -> None:
    """Say of each published figure whether it was computed again from its inputs, and what that gave."""
    st.header("Le contrôle des chiffres")
    if report.day:
        day = labels.source_date(report.day)
        st.markdown(f"Chiffres recalculés le {day} sur les couches présentes sur cette machine.")
    else:
        st.markdown(
            typeset(
                "Chiffres recalculés par l'application à partir de la table publiée et des espaces verts. "
                "Les mesures faites sur des couches que l'application n'emporte pas se vérifient par "
                "`python -m qpverts sync --from DOSSIER`, puis `python -m qpverts check --numbers`."
            )
        )
    data_tables.draw(
        {"Chiffre": safe(control.label), "Réponse": control.answer, "Détail": safe(_detail(control))}
        for control in report.controls
    )


def report_of(atlas: Atlas) -> recompute.Report:
    """Give the control of the published figures: the one kept, else what needs no layer."""
    return recompute.kept(atlas, load_settings().var_dir) or _without_layers(atlas)


@per_atlas(max_entries=2)
def _without_layers(atlas: Atlas) -> recompute.Report:
    """Control the figures: it takes longer than the rest of the page."""
    return recompute.without_layers(atlas)


def _answer(control: recompute.Control) -> str:
    return f"{control.answer}, {_detail(control)}"


def _detail(control: recompute.Control) -> str:
    if control.reason:
        return control.reason
    count = labels.plural(control.figures, "chiffre recalculé", "chiffres recalculés")
    if control.blanks:
        count += f", {labels.plural(control.blanks, 'non couvert', 'non couverts')}"
    return f"{count} ; à revoir : {', '.join(control.gaps[:10])}" if control.gaps else count


def catalogue_section(atlas: Atlas) -> None:
    """List every dataset with provider, licence, vintage and state."""
    st.header("Les données")
    st.markdown(
        typeset(
            "Chaque fichier est déclaré dans un catalogue avec sa source et son empreinte ; "
            "rien n'est lu qui n'y figure. Le contrôle complet : `python -m qpverts check`."
        )
    )
    for dataset in atlas.catalogue.datasets:
        label = safe(f"{dataset.title} ({_STATUS[dataset.status]})")
        folded(label, f"donnees_{dataset.id}", partial(_dataset, dataset))


def _dataset(dataset: Dataset) -> None:
    rows = {
        "Fournisseur": dataset.provider,
        "Licence": dataset.licence,
        "Mention": dataset.attribution,
        "Millésime": dataset.vintage,
        "Entré dans le projet le": dataset.retrieved.strftime("%d/%m/%Y") if dataset.retrieved else "",
        "Nombre": labels.number(dataset.count) if dataset.count else "",
        "Fichier": dataset.path,
        "Adresse": dataset.url,
        "À savoir": dataset.note,
    }
    st.markdown(lines_of(rows))
