"""Where does a person live? An address searched online when they ask for it, or a click on the map."""

from __future__ import annotations

from functools import partial

import streamlit as st

from qpverts.errors import RemoteError
from qpverts.sources import geocoder
from qpverts.ui.address import query, state
from qpverts.ui.parts import components
from qpverts.ui.parts.components import panel
from qpverts.ui.parts.map_view import fly_to
from qpverts.viz.words.labels import typeset

_ADDRESS, _FOUND = "adresse", "adresses_trouvees"


def address_panel(point: tuple[float, float] | None) -> None:
    """Draw the button that opens the search of an address; ``point`` is the one chosen now, in degrees."""
    panel("Mon adresse", "adr", partial(_address, point), icon=":material/home_pin:")


def _address(point: tuple[float, float] | None) -> None:
    """Search an address through IGN, only when online services are switched on."""
    online = st.toggle(typeset("Utiliser le service d'adresses de l'IGN (internet)"), key="adresse_en_ligne")
    if not online:
        st.markdown(
            typeset(
                "Sans internet, **cliquez sur la carte** à l'endroit de votre logement : "
                "le quartier et l'espace vert les plus proches s'affichent."
            )
        )
    else:
        st.text_input("Adresse", key=_ADDRESS, max_chars=200, placeholder="36 rue de la Pinède, Marseille")
        st.button("Chercher cette adresse", on_click=_geocode, icon=":material/search:")
    for place in st.session_state.get(_FOUND, ()):
        st.button(
            components.safe(place.label), key=f"lieu_{place.lat}_{place.lon}", on_click=_stand,
            args=(place.lat, place.lon), icon=":material/location_on:",
        )  # fmt: skip
    if message := st.session_state.get("adresse_message"):
        st.info(components.safe(message))
    if point:
        st.button("Effacer le point choisi", on_click=query.clear, args=([state.POINT],))


def _geocode() -> None:
    st.session_state[_FOUND] = ()
    try:
        st.session_state[_FOUND] = geocoder.search(st.session_state.get(_ADDRESS, ""))
        st.session_state["adresse_message"] = (
            ""
            if st.session_state[_FOUND]
            else ("Aucune adresse de la région ne correspond. Ajoutez la commune, ou cliquez sur la carte.")
        )
    except RemoteError as error:
        st.session_state["adresse_message"] = str(error)


def _stand(lat: float, lon: float) -> None:
    query.write(**dict.fromkeys(state.CHOICES) | {state.POINT: f"{lat},{lon}"})
    fly_to(point=(lat, lon))
    st.session_state[_FOUND] = ()
