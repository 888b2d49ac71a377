"""Run one engine once, in a process of its own: ``-m benchmarks.engines NAME LAYER PERIMETERS ANSWER``.

``NAME`` is a module of this folder, with an option after a colon if it takes one (``dask_workers:2``).
"""

from __future__ import annotations

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path

from benchmarks.engines import APART, Steps

ABSENT = 3


def main() -> int:
    """Time the imports and the work; write them with the memory and the rows."""
    asked, layer, perimeters, answer = sys.argv[1:]
    name, *options = asked.split(":")
    began = time.perf_counter()
    try:
        engine = import_module(f"benchmarks.engines.{name}")
    except ImportError as error:
        print(error, file=sys.stderr)
        return ABSENT
    imports_s = time.perf_counter() - began
    steps: Steps = {}
    began = time.perf_counter()
    try:
        rows = engine.run(layer, perimeters, steps, *options)
    except FileNotFoundError as error:
        if error.filename != getattr(engine, "COMMAND", error):
            raise
        print(error, file=sys.stderr)
        return ABSENT
    work_s = time.perf_counter() - began - sum(steps.get(step, 0.0) for step in APART)
    used = os.times()
    written = {
        "imports_s": imports_s,
        "work_s": work_s,
        "cpu_s": used.user + used.system + used.children_user + used.children_system,
        "steps": {step: seconds for step, seconds in steps.items() if step not in APART},
        "peak_mb": highest_mb() + getattr(engine, "servers_mb", float)(),
        "rows": rows,
    }
    Path(answer).write_text(json.dumps(written), encoding="utf-8")
    return 0


def highest_mb() -> float:
    """Give the largest memory that this process ever held, in MB (Linux)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
