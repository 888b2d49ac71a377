"""Measure the vegetation of districts on our engine and on others: same files, same figures, then the times.

Run with ``python -m benchmarks.engine`` where ``requirements-bench.txt`` is installed; it takes two minutes.
``--large 1e6`` compares on more polygons, ``--scale`` shows how our cost grows, ``--national`` runs 1,609
districts on 5 million polygons, here and on dask.distributed; ``--folder`` keeps the files that they make.
Nothing fails on time, since machines differ: ratios are what to compare. Figures that are not the same on all
engines fail the run.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from benchmarks import generate, runs
from benchmarks.runs import ROOT, Run, WrongAnswerError
from qpverts.errors import QpvertsError
from qpverts.geo.crs import HEXAGONE
from qpverts.sources.building.ground import convert
from qpverts.sources.importing.formats import read_vector

OFFICIAL = ROOT.parent / "shared" / "data"
PARCELS, FRANCE = "ocsge_parcelles_13.parquet", "QP2024_France_simplifie_WGS84.geojson"
OURS, BUILD = "ours", "build"
_INSTALL = "pip install -r requirements-bench.txt"
SAME, SAME_ENGINE = 1e-6, 1e-9
DISTRICTS = (66, 1_609)
POLYGONS = (10_000, 100_000, 1_000_000, 10_000_000)
NATIONAL = 5_000_000
BUDGET_S, BUDGET_MB = 60, 4_096


@dataclass(frozen=True, slots=True)
class Engine:
    """An engine as it is shown, and how it is installed."""

    label: str
    install: str = _INSTALL


ENGINES = {
    OURS: Engine("QPVerts"),
    BUILD: Engine("QPVerts, build avec lisières"),
    "duckdb_spatial": Engine("DuckDB spatial"),
    "sedona": Engine("SedonaDB"),
    "postgis": Engine("PostGIS", f"apt-get install postgresql postgresql-15-postgis-3, puis {_INSTALL}"),
    "overlay": Engine("GeoPandas, overlay"),
}


@dataclass(frozen=True, slots=True)
class Files:
    """The folder of the working files, each made once."""

    folder: Path
    official: Path

    def parcels(self) -> Path:
        """Give the working layer of the real parcels."""
        path = self.folder / "parcelles.parquet"
        if not path.exists():
            _say(f"Conversion de {PARCELS}…")
            convert(read_vector(self.official / PARCELS).frame, path)
        return path

    def metropole(self) -> Path:
        """Give the 66 districts of the Métropole."""
        path = self.folder / "perimetres-metropole.parquet"
        if not path.exists():
            frame = gpd.read_file(ROOT / "data" / "geo" / "qpv_2024.geojson")[["code_qp", "geometry"]]
            frame.to_parquet(path, write_covering_bbox=True, schema_version="1.1.0")
        return path

    def france(self, districts: int, polygons: int) -> tuple[Path, Path]:
        """Give a generated layer, and the districts that it surrounds."""
        layer = self.folder / f"couche-{districts}-{polygons}.parquet"
        perimeters = self.folder / f"perimetres-{districts}.parquet"
        if not (layer.exists() and perimeters.exists()):
            _say(f"Fabrication de {polygons:,} polygones autour de {districts:,} quartiers…")
            targets = generate.write_districts(self.official / FRANCE, perimeters, districts)
            real = gpd.read_parquet(self.metropole()).geometry
            generate.write_layer(gpd.read_parquet(self.parcels()), real, targets, polygons, layer)
        return layer, perimeters


def real(files: Files, times: int) -> None:
    """Compare the engines on the real parcels of the Métropole."""
    five_ways("66 quartiers, 72 059 parcelles réelles", files.parcels(), files.metropole(), times)


def large(files: Files, times: int, polygons: int) -> None:
    """Compare the engines on a generated layer, for the districts of the hexagone: one CRS serves for all."""
    layer, perimeters = files.france(DISTRICTS[-1], polygons)
    hexagone = files.folder / "perimetres-hexagone.parquet"
    west, south, east, north = HEXAGONE.bounds
    frame = gpd.read_parquet(perimeters).cx[west:east, south:north]
    frame.to_parquet(hexagone, write_covering_bbox=True, schema_version="1.1.0")
    five_ways(f"{len(frame):,} quartiers, {polygons:,} polygones", layer, hexagone, times)


def five_ways(title: str, layer: Path, perimeters: Path, times: int) -> None:
    """Compare the engines on one layer."""
    found = runs.rotation(ENGINES, times, layer, perimeters)
    answers = {
        f"{engine}, passage {turn}": done.answer
        for engine, turns in found.items()
        for turn, done in enumerate(turns, 1)
    }
    apart = runs.agreed(answers, SAME)
    print(f"{title} ; {times} passages chacun, à tour de rôle ; {_machine()}")
    print(table(found))
    print(f"Mêmes chiffres partout : écart relatif ≤ {apart:.0e}.")
    for engine, turns in found.items():
        if not turns:
            print(f"{ENGINES[engine].label} : absent. Pour l'avoir : {ENGINES[engine].install}")


def table(found: dict[str, list[Run]]) -> str:
    """Set the engines side by side; ratios are to the best of the others."""
    others = {engine: turns for engine, turns in found.items() if turns and engine not in {OURS, BUILD}}
    rows: list[tuple[str, ...]] = [
        ("", "processus entier", "rapport", "travail", "rapport", "processeur", "mémoire", "détail")
    ]
    for engine, turns in found.items():
        if not turns:
            rows.append((ENGINES[engine].label, *["absent"] * 6, ""))
            continue
        cells = [ENGINES[engine].label]
        for read in (_whole_s, _work_s):
            best = min((_median(read, other) for other in others.values()), default=float("nan"))
            cells += [_spread(read, turns), f"× {_median(read, turns) / best:.2f}"]
        steps = ", ".join(
            f"{step} {statistics.median(done.steps[step] for done in turns):.2f} s" for step in turns[0].steps
        )
        cells += [
            f"{_median(lambda done: done.cpu_s, turns):.2f} s",
            f"{_median(lambda done: done.peak_mb, turns):.0f} Mo",
            f"imports {_median(lambda done: done.imports_s, turns):.2f} s" + (f", {steps}" if steps else ""),
        ]
        rows.append(tuple(cells))
    return aligned(rows)


def scale(files: Files, most: int) -> None:
    """Show how our cost grows with districts and with polygons."""
    rows: list[tuple[str, ...]] = [
        ("quartiers", "polygones", "fichier", "processus entier", "travail", "processeur", "mémoire")
    ]
    for polygons in (size for size in POLYGONS if size <= most):
        for districts in DISTRICTS:
            layer, perimeters = files.france(districts, polygons)
            done = _present(BUILD, layer, perimeters)
            size_mb = layer.stat().st_size / 2**20
            rows.append((f"{districts:,}", f"{polygons:,}", f"{size_mb:.0f} Mo", *_figures(done)))
    print(f"QPVerts, build avec lisières, un passage ; {_machine()}")
    print(aligned(rows))


def national(files: Files) -> None:
    """Run the national case here, then on one and two workers of dask.distributed."""
    layer, perimeters = files.france(DISTRICTS[-1], NATIONAL)
    done = {
        engine: _present(engine, layer, perimeters) for engine in (BUILD, "dask_workers:1", "dask_workers:2")
    }
    apart = runs.agreed({engine: one.answer for engine, one in done.items()}, SAME_ENGINE)
    labels = ("QPVerts, ce processus", "dask, 1 ouvrier", "dask, 2 ouvriers")
    rows: list[tuple[str, ...]] = [("", "processus entier", "travail", "processeur", "mémoire")]
    rows += [(label, *_figures(one)) for label, one in zip(labels, done.values(), strict=True)]
    print(f"{DISTRICTS[-1]:,} quartiers, {NATIONAL:,} polygones ; {_machine()}")
    print(aligned(rows))
    one, two = done["dask_workers:1"].work_s, done["dask_workers:2"].work_s
    print(
        f"Mêmes chiffres : écart relatif ≤ {apart:.0e}. Deux ouvriers : {one / two:.2f} fois plus vite qu'un."
    )
    here = done[BUILD]
    held = here.whole_s <= BUDGET_S and here.peak_mb <= BUDGET_MB
    print(f"Budget de {BUDGET_S} s et {BUDGET_MB} Mo : {'tenu' if held else 'DÉPASSÉ'}.")


def _present(engine: str, layer: Path, perimeters: Path) -> Run:
    done = runs.run(engine, layer, perimeters)
    if done is None:
        raise WrongAnswerError(f"{engine} n'est pas installé : pip install -r requirements-scale.txt")
    return done


def _figures(done: Run) -> tuple[str, ...]:
    return (
        f"{done.whole_s:.2f} s",
        f"{done.work_s:.2f} s",
        f"{done.cpu_s:.2f} s",
        f"{done.peak_mb:.0f} Mo",
    )


def _whole_s(done: Run) -> float:
    return done.whole_s


def _work_s(done: Run) -> float:
    return done.work_s


def _median(read: Callable[[Run], float], turns: Sequence[Run]) -> float:
    return statistics.median(map(read, turns))


def _spread(read: Callable[[Run], float], turns: Sequence[Run]) -> str:
    values = [read(done) for done in turns]
    return f"{statistics.median(values):.2f} s ({min(values):.2f}–{max(values):.2f})"


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Line cells up: the first column on the left, the others on the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = []
    for first, *cells in rows:
        padded = [cell.rjust(width) for cell, width in zip(cells, widths[1:], strict=True)]
        lines.append("  ".join((first.ljust(widths[0]), *padded)).rstrip())
    return "\n".join(lines)


def _machine() -> str:
    return f"{os.cpu_count()} processeurs, charge {os.getloadavg()[0]:.1f}"


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the options and run what they ask for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description="Mesure le moteur.")
    parser.add_argument("--runs", type=int, default=5, help="passages de chaque moteur (5)")
    parser.add_argument("--scale", action="store_true", help="montre comment le coût grandit")
    parser.add_argument(
        "--most", type=float, default=POLYGONS[-1], help="polygones au plus pour --scale (1e7)"
    )
    parser.add_argument("--national", action="store_true", help="1 609 quartiers sur 5 millions de polygones")
    parser.add_argument("--large", type=float, help="les moteurs sur tant de polygones (1e6)")
    parser.add_argument("--folder", type=Path, help="garde ici les fichiers fabriqués, et les reprend")
    parser.add_argument("--official", type=Path, default=OFFICIAL, help="dossier des fichiers officiels")
    asked = parser.parse_args(arguments)
    if not asked.official.is_dir():
        _say(
            f"Le dossier {asked.official} n'est pas là : donnez celui des fichiers officiels avec --official."
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="qpverts-moteur-") as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        files = Files(folder.resolve(), asked.official)
        try:
            if asked.scale:
                scale(files, int(asked.most))
            if asked.national:
                national(files)
            if asked.large:
                large(files, asked.runs, int(asked.large))
            if not (asked.scale or asked.national or asked.large):
                real(files, asked.runs)
        except (WrongAnswerError, QpvertsError) as error:
            _say(f"ÉCHEC : {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
