"""How long it takes to judge every inspiration in every district: ``python benchmarks/transfer.py``.

Measured in processor time, so that other work on the machine does not count; budget: one second.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from qpverts.atlas.transfer_contexts import context_of  # noqa: E402
from qpverts.domain.transfer.alike_actions import Index  # noqa: E402  # the folder must be known first
from qpverts.domain.transfer.answers import assess  # noqa: E402
from qpverts.sources.load import load  # noqa: E402

RUNS = 5


def main() -> None:
    """Print the median and the worst of some runs, the first one without anything kept from another."""
    atlas = load(ROOT / "data")
    figures: dict[str, list[float]] = {"contexts": [], "answers": [], "resemblance": []}
    for _ in range(RUNS):
        start = time.process_time()
        places = {code: context_of(atlas, code) for code in atlas.qpvs}
        gathered = time.process_time()
        pairs = [
            assess(inspiration, place, atlas.transfer)
            for place in places.values()
            for inspiration in atlas.inspirations.values()
        ]
        judged = time.process_time()
        index = Index(atlas.actions.values(), atlas.transfer.likeness)
        for inspiration in atlas.inspirations.values():
            index.like(inspiration)
        done = time.process_time()
        figures["contexts"].append(gathered - start)
        figures["answers"].append(judged - gathered)
        figures["resemblance"].append(done - judged)
    print(f"{len(pairs)} pairs of an inspiration and a district, {RUNS} runs, seconds of processor")
    for name, seconds in figures.items():
        print(f"{name:12} median {statistics.median(seconds):.2f}  worst {max(seconds):.2f}")


if __name__ == "__main__":
    main()
