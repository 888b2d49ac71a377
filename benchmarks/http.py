"""Measure how many public pages and files one process serves, beside the usual way (``benchmarks/naive``).

Run with ``python -m benchmarks.http`` where ``wrk`` is installed (Debian: ``apt-get install wrk``); about two
minutes. ``--nginx`` also measures through nginx, with the cache of ``deploy/qpverts.conf``, when it is there.
Nothing fails on time, since machines differ: compare ratios, and read the load of the machine printed beside.
An address that does not answer 200, or a page that asks another host for anything, fails the run.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import httpx

from benchmarks import nginx
from benchmarks.server import NoServerError, Server, load_average, serving
from qpverts.sources import load as atlases
from qpverts.viz.maps.addresses import DATA_PREFIX

BUDGET_PER_S = 1_500
BUDGET_KB = 250
NAIVE = "benchmarks/naive/public.py"
_OK = 200
_PLAIN, _LIGHT = {"Accept-Encoding": "identity"}, {"Accept-Encoding": "br, gzip"}
_UNITS = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}
_LOADED = {"link": "href", "script": "src", "img": "src", "source": "srcset"}
#: Links of these kinds are addresses to tell, not files to fetch.
_TOLD = {"canonical", "alternate"}


class WrongAnswerError(Exception):
    """An answer that is not what readers must get."""


@dataclass(frozen=True, slots=True)
class Target:
    """What is asked for, again and again; the budget is that of pages."""

    name: str
    path: str
    headers: Mapping[str, str]

    @property
    def is_page(self) -> bool:
        """Tell pages from data files."""
        return self.path.startswith("/public/")


@dataclass(frozen=True, slots=True)
class Figures:
    """What ``wrk`` saw: answers a second, milliseconds, and the bytes of one answer's body."""

    per_s: float
    p50_ms: float
    p99_ms: float
    size: int


class _Files(HTMLParser):
    """The addresses that a page makes a browser fetch at once."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a style sheet, a script, an icon or a picture."""
        known = dict(attrs)
        told = _TOLD.intersection((known.get("rel") or "").split())
        lazy = known.get("loading") == "lazy"
        address = known.get(_LOADED.get(tag, ""))
        if address and not told and not lazy and not address.startswith("data:"):
            self.found.append(address.split()[0])


def targets(version: str) -> list[Target]:
    """List what is measured."""
    district = "/public/quartier/QN01338I-air-bel"
    return [
        Target("accueil public", "/public/", _PLAIN),
        Target("accueil public, compressé", "/public/", _LIGHT),
        Target("page d'un quartier, compressée", district, _LIGHT),
        Target("quartiers.csv, compressé", "/donnees/quartiers.csv", _LIGHT),
        Target("couche des quartiers, compressée", f"{DATA_PREFIX}/{version}/quartiers.geojson", _LIGHT),
    ]


def measure(url: str, target: Target, *, seconds: int, connections: int) -> Figures:
    """Ask for one address without pause; any other answer than 200 is an error."""
    with (
        httpx.Client(trust_env=False, base_url=url) as client,
        client.stream("GET", target.path, headers=dict(target.headers)) as answer,
    ):
        size = sum(len(part) for part in answer.iter_raw())
        if answer.status_code != _OK:
            raise WrongAnswerError(f"{target.path} répond {answer.status_code}")
    headers = [part for name, value in target.headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["wrk", "--latency", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", *headers]
    done = subprocess.run(  # noqa: S603  # our own
        [*command, url + target.path], capture_output=True, text=True, check=True
    )
    return read(done.stdout, size)


def read(printed: str, size: int) -> Figures:
    """Read what ``wrk`` prints."""
    if wrong := re.search(
        r"Non-2xx or 3xx responses: \d+|Socket errors: (?!connect 0, read 0, write 0).*", printed
    ):
        raise WrongAnswerError(wrong[0])
    latencies = {
        share: float(value) * _UNITS[unit]
        for share, value, unit in re.findall(r"(\d+)%\s+([\d.]+)(us|ms|s|m)\b", printed)
    }
    per_s = re.search(r"Requests/sec:\s+([\d.]+)", printed)
    if not per_s:
        raise WrongAnswerError(printed)
    return Figures(float(per_s[1]), latencies["50"], latencies["99"], size)


def weights(url: str, path: str) -> list[tuple[str, int]]:
    """Give the compressed size of a page and of each file that it makes a browser fetch, once each.

    Raises
    ------
    WrongAnswerError
        When one is on another host, or does not answer.
    """
    with httpx.Client(trust_env=False, headers=dict(_LIGHT)) as client:
        page = client.get(url + path)
        parser = _Files()
        parser.feed(page.text)
        addresses = list(dict.fromkeys(urljoin(str(page.url), found) for found in parser.found))
        if foreign := [one for one in addresses if urlsplit(one).netloc != urlsplit(url).netloc]:
            raise WrongAnswerError(f"demandé ailleurs : {', '.join(foreign)}")
        sizes = []
        for address in [url + path, *addresses]:
            with client.stream("GET", address) as answer:
                if answer.status_code != _OK:
                    raise WrongAnswerError(f"{address} répond {answer.status_code}")
                sizes.append((urlsplit(address).path, sum(len(part) for part in answer.iter_raw())))
    return sizes


def table(rows: Sequence[tuple[Target, Figures, Figures | None, Figures | None]]) -> str:
    """Set the figures of ours, of the usual way and through nginx beside the budget."""
    lines = [
        "| demandé | octets | req/s | p50 | p99 | usuelle, req/s | rapport | budget | par nginx, req/s |"
    ]
    lines.append("|" + "---|" * 9)
    for target, ours, naive, front in rows:
        is_held = ours.per_s >= BUDGET_PER_S
        budget = f"≥ {BUDGET_PER_S} : {'tenu' if is_held else 'MANQUÉ'}" if target.is_page else "–"
        usual = (f"{naive.per_s:.0f}", f"× {ours.per_s / naive.per_s:.0f}") if naive else ("–", "–")
        cells = [target.name, str(ours.size), f"{ours.per_s:.0f}", f"{ours.p50_ms:.1f} ms"]
        cells += [f"{ours.p99_ms:.1f} ms", *usual, budget, f"{front.per_s:.0f}" if front else "–"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def compare(options: argparse.Namespace) -> str:
    """Measure each address in turn on ours then on the usual way, so that a load disturbs both."""
    asked = targets(atlases.current().version)
    how = {"seconds": options.seconds, "connections": options.connections}
    fronted: list[Figures | None] = [None] * len(asked)
    with serving() as ours, serving(NAIVE) as naive:
        before = load_average()
        pairs = [(measure(ours.url, one, **how), measure(naive.url, one, **how)) for one in asked]
        parts = weights(ours.url, "/public/"), weights(ours.url, asked[2].path)
        if options.nginx:
            fronted = list(_fronted(ours, asked, how))
    rows = [(one, *pair, front) for one, pair, front in zip(asked, pairs, fronted, strict=True)]
    said = (
        f"wrk : {options.connections} connexions, {options.seconds} s par mesure ; "
        f"{os.cpu_count()} processeurs, dont wrk a sa part ; "
        f"charge de la machine {before} au début, {load_average()} à la fin"
    )
    told = [
        said,
        table(rows),
    ]
    for sizes in parts:
        total = sum(size for _, size in sizes) / 1000
        verdict = "tenu" if total <= BUDGET_KB else "MANQUÉ"
        told.append(
            f"{sizes[0][0]} pèse {total:.0f} ko en tout (budget {BUDGET_KB} : {verdict}), rien d'ailleurs :"
        )
        told += [f"  {size / 1000:6.1f} ko  {path}" for path, size in sizes]
    return "\n".join(told)


def _fronted(server: Server, asked: Sequence[Target], how: Mapping[str, int]) -> list[Figures | None]:
    with nginx.before([server.port]) as front:
        return [measure(front.url, one, **how) for one in asked]


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Ce que tient un processus : pages publiques et données.")
    parser.add_argument("--seconds", type=int, default=6, help="durée de chaque mesure")
    parser.add_argument("--connections", type=int, default=16, help="lecteurs en même temps")
    parser.add_argument("--nginx", action="store_true", help="aussi derrière nginx et son cache")
    options = parser.parse_args()
    if not shutil.which("wrk"):
        print("wrk n'est pas installé (Debian : apt-get install wrk) : RIEN n'est mesuré.", file=sys.stderr)
        return 2
    if options.nginx and not nginx.is_there():
        print("nginx n'est pas installé : la mesure derrière lui est laissée.", file=sys.stderr)
        options.nginx = False
    try:
        print(compare(options))
    except (WrongAnswerError, NoServerError, nginx.NoProxyError) as error:
        print(f"ÉCHEC : {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
