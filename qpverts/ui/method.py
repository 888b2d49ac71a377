"""The parts of *Méthode*, generated from the indicator definitions and the catalogue."""

from __future__ import annotations

import streamlit as st

from qpverts.domain import specs
from qpverts.sources.atlas import Atlas
from qpverts.sources.catalogue import Availability, Dataset
from qpverts.ui import components
from qpverts.ui.components import safe
from qpverts.viz import labels

_STATUS = {
    Availability.EMBEDDED: "dans l'application",
    Availability.REMOTE: "à distance",
    Availability.BROKEN: "en panne",
}


def reading() -> None:
    """Say how to read the figures."""
    st.markdown(
        "- **Non renseigné, non couvert, non publié** : nous ne savons pas. Ce n'est jamais zéro.\n"
        "- **Une fourchette** accompagne chaque chiffre que la forme d'un parc peut changer.\n"
        "- **Pour plusieurs quartiers**, les effectifs s'additionnent avant le calcul d'un taux ; "
        "un taux publié sans ses effectifs n'est pas recalculé.\n"
        "- **Un nombre d'actions recensées** mesure l'effort de recensement autant que l'engagement."
    )


def indicators_section(atlas: Atlas) -> None:
    """Define every indicator, with its value for the whole Métropole."""
    st.header("Les indicateurs")
    everywhere = atlas.index.metropole
    for family, members in specs.FAMILIES.items():
        st.subheader(family)
        for spec in members:
            with st.expander(safe(spec.label)):
                indicator = atlas.indicator(spec, everywhere)
                components.definition(indicator, atlas.catalogue)
                text = safe(labels.value_text(indicator))
                bounds = labels.range_text(indicator)
                st.markdown(
                    f"**Ensemble ({indicator.known} quartiers sur {indicator.total}) :** {text}"
                    + (f" ({bounds})" if bounds else "")
                )


def catalogue_section(atlas: Atlas) -> None:
    """List every dataset with provider, licence, vintage and state."""
    st.header("Les données")
    st.markdown(
        "Chaque fichier est déclaré dans un catalogue avec sa source et son empreinte ; "
        "rien n'est lu qui n'y figure. Le contrôle complet : `python -m qpverts check`."
    )
    for dataset in atlas.catalogue.datasets:
        with st.expander(safe(f"{dataset.title} ({_STATUS[dataset.status]})")):
            _dataset(dataset)


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
    st.markdown("  \n".join(f"**{name} :** {safe(text)}" for name, text in rows.items() if text))
