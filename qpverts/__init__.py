"""QPVerts: the ecological transition in the *quartiers prioritaires* of Aix-Marseille-Provence.

Data walk through the package one way::

    sources ──► geo ──► (indicators in domain terms) ──► viz ──► ui, web ──► pages

``domain`` and ``geo`` are pure: no file, no network, no Streamlit. ``sources`` does all reading.
"""

__version__ = "0.3.0"
