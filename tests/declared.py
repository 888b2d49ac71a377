"""The indicators and the goalposts that the project's data declare, read once for the tests."""

from pathlib import Path

from qpverts.sources.reading import catalogue as catalogues
from qpverts.sources.reading.indicators import read_specs

SPECS = read_specs(catalogues.load(Path(__file__).parents[1] / "data"))
