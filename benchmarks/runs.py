"""Runs of the engines, each in a process of its own, and whether their answers agree."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.engines.__main__ import ABSENT

ROOT = Path(__file__).resolve().parents[1]
_LIMIT_S = 1_800
#: Below this, in square metres or per cent, figures are compared as they are and not by their ratio.
_SMALL = 1.0
_NONE = (0.0, 0.0, 0.0, 0.0)

Key = tuple[str, str]
Answer = dict[Key, tuple[float, ...]]


class WrongAnswerError(Exception):
    """An engine that failed, or whose figures are not those of the others."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: seconds (of the process, of its imports, of the work, of the processor), MB and figures."""

    whole_s: float
    imports_s: float
    work_s: float
    cpu_s: float
    steps: Mapping[str, float]
    peak_mb: float
    answer: Answer


def run(engine: str, layer: Path, perimeters: Path) -> Run | None:
    """Run an engine once; None when it is not installed.

    Raises
    ------
    WrongAnswerError
        When it failed.
    """
    written = layer.with_suffix(f".{engine.replace(':', '-')}.json")
    command = [sys.executable, "-m", "benchmarks.engines", engine, str(layer), str(perimeters), str(written)]
    began = time.perf_counter()
    try:
        done = subprocess.run(  # noqa: S603  # our own
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=_LIMIT_S
        )
        whole_s = time.perf_counter() - began
        if done.returncode == ABSENT:
            return None
        if done.returncode:
            last = done.stderr.strip().splitlines()[-1:]
            raise WrongAnswerError(f"{engine} s'est arrêté : {' '.join(last)}")
        told = json.loads(written.read_text(encoding="utf-8"))
    except subprocess.TimeoutExpired as error:
        raise WrongAnswerError(f"{engine} n'a pas fini en {_LIMIT_S} s") from error
    finally:
        written.unlink(missing_ok=True)
    answer = {(code, part): tuple(figures) for code, part, *figures in told.pop("rows")}
    return Run(whole_s, answer=answer, **told)


def rotation(engines: Iterable[str], times: int, layer: Path, perimeters: Path) -> dict[str, list[Run]]:
    """Run engines in turn, so that what disturbs the machine disturbs all; a first turn is not counted.

    An engine that is not installed has no runs.
    """
    runs: dict[str, list[Run]] = {engine: [] for engine in engines}
    present = [engine for engine in runs if run(engine, layer, perimeters) is not None]
    for _ in range(times):
        for engine in present:
            if (done := run(engine, layer, perimeters)) is not None:
                runs[engine].append(done)
    return runs


def distances(answers: Mapping[str, Answer]) -> dict[str, float]:
    """Give how far each answer is from the middle of all, at its worst figure and relative to it.

    A district that an answer leaves out has zeros there: no ground is known.
    """
    keys = {key for answer in answers.values() for key in answer}
    worst = dict.fromkeys(answers, 0.0)
    for key in keys:
        figures = {engine: answer.get(key, _NONE) for engine, answer in answers.items()}
        middle = [statistics.median(column) for column in zip(*figures.values(), strict=True)]
        for engine, found in figures.items():
            for value, reference in zip(found, middle, strict=True):
                apart = abs(value - reference) / max(abs(reference), _SMALL)
                worst[engine] = max(worst[engine], apart)
    return worst


def agreed(answers: Mapping[str, Answer], within: float) -> float:
    """Give how far apart answers are at the most.

    Raises
    ------
    WrongAnswerError
        When it is more than ``within``, naming the engines.
    """
    found = distances(answers)
    wrong = [f"{engine} ({apart:.1e})" for engine, apart in found.items() if not apart <= within]
    if wrong:
        raise WrongAnswerError(f"chiffres qui s'écartent de plus de {within:g} : {', '.join(wrong)}")
    return max(found.values())
