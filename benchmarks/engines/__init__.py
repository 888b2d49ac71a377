"""The engines that ``python -m benchmarks.engine`` compares: a module each, which all do the same work.

``run(layer, perimeters, steps)`` reads the two files (GeoParquet, EPSG:4326), and gives rows
``(code_qp, part, known_pct, low_m2, value_m2, high_m2)``: the share of a district (``part`` is ``inside``) or
of the district with its surroundings at 300 m (``near``) whose vegetation is known, and this vegetation with
its bounds. ``steps`` takes the seconds of steps that are to be told apart; :data:`APART` are not work.
"""

from __future__ import annotations

Row = tuple[str, str, float, float, float, float]
Steps = dict[str, float]

#: Steps that start servers, and stop them: counted in the time of the whole process, not in that of the work.
APART = ("démarrage", "arrêt")
