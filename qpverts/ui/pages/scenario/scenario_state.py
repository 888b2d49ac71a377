"""What is chosen on *Scénarios*, read from its address: a district, and up to three scenarios."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qpverts.atlas.atlas import Atlas
from qpverts.domain.acting import scenario
from qpverts.domain.acting.scenario import Scenario
from qpverts.domain.territory import WINDOW, Kind
from qpverts.ui.address.state import DISTRICT, Reader

#: The scenarios, and the one that a click changes.
SCENARIOS = ("s1", "s2", "s3")
ACTIVE = "s"
DEFAULT_DISTRICT = "QN01338I"


@dataclass(frozen=True, slots=True)
class ScenarioState:
    """What is chosen on *Scénarios*: scenarios by parameter, ``active`` being that of the one at hand."""

    code: str
    scenarios: Mapping[str, Scenario]
    active: str
    notices: tuple[str, ...]

    @property
    def current(self) -> Scenario:
        """Give the scenario at hand."""
        return self.scenarios[self.active]


def scenario_state(params: Mapping[str, str], atlas: Atlas) -> ScenarioState:
    """Read the query string of *Scénarios*; without a district, the demonstrator one."""
    read = Reader(params)
    territory = read.district(DISTRICT, atlas)
    if territory and territory.kind is not Kind.QPV:
        read.notices.append("Cette page traite un quartier à la fois : choisissez-en un dans la liste.")
    code = territory.key if territory and territory.kind is Kind.QPV else DEFAULT_DISTRICT
    themes = {theme.id for theme in atlas.vocabulary.themes}
    found: dict[str, Scenario] = {}
    for name in SCENARIOS:
        found[name], refused = scenario.read(params.get(name, ""), themes, WINDOW)
        for part in refused[:1]:
            read.refuse(part, f"un ajout que l'on sache lire ({scenario.MOST} de chaque sorte au plus)")
    active = read.one_of(ACTIVE, SCENARIOS, "un scénario (s1, s2 ou s3)") or SCENARIOS[0]
    return ScenarioState(code, found, active, tuple(read.notices))
