"""``sync``: the official files, fetched by their addresses or taken from a folder."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.progress import Progress as Bars

from qpverts.cli.terminal import Subparsers, say
from qpverts.sources.fetching.sync import FetchOutcome, FetchState, Progress, Report, sync
from qpverts.sources.reading import catalogue as catalogues

INTERRUPTED = 130  # what a shell gives to a command stopped by its user
_STEPS = 4  # lines on the way, when the size of the whole is known
_STRIDE = 10_000_000  # bytes between two lines when the size of the whole is not known
_PLURALS = {
    FetchState.NEW: "nouveaux",
    FetchState.SAME: "inchangés",
    FetchState.ABSENT: "absents",
    FetchState.FAILED: "échecs",
}


def declare(commands: Subparsers) -> None:
    """Add ``sync``."""
    parser = commands.add_parser(
        "sync",
        help="télécharger les fichiers officiels, ou les prendre dans un dossier",
        description="Télécharge les jeux de données distants du catalogue dans le dossier de travail. "
        "La dernière bonne copie de ce qui échoue reste en place.",
    )
    parser.add_argument(
        "--from",
        type=Path,
        dest="folder",
        metavar="DOSSIER",
        help="prendre les mêmes fichiers dans ce dossier",
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="JEU",
        help="seulement ce jeu de données ; à répéter pour plusieurs",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Fetch, and give the account; 0 when nothing failed."""
    try:
        catalogue = catalogues.load(options.data)
        with _reporter() as report:
            outcomes = sync(catalogue, options.var, folder=options.folder, only=options.only, report=report)
    except KeyboardInterrupt:
        say("\nInterrompu. Les fichiers déjà récupérés restent en place : relancez pour les autres.")
        return INTERRUPTED
    _account(outcomes)
    return 1 if any(outcome.state is FetchState.FAILED for outcome in outcomes) else 0


def _account(outcomes: tuple[FetchOutcome, ...]) -> None:
    """Say what became of each source, then the sum."""
    width = max((len(outcome.dataset.id) for outcome in outcomes), default=0)
    states = max(map(len, FetchState))
    say("")
    for outcome in outcomes:
        told = outcome.message or size_text(outcome.bytes)
        say(f"{outcome.dataset.id:<{width}}  {outcome.state:<{states}}  {told}")
    counts = Counter(outcome.state for outcome in outcomes)
    parts = [
        f"{counts[state]} {_PLURALS.get(state, state) if counts[state] > 1 else state}"
        for state in FetchState
        if counts[state]
    ]
    say(f"\n{', '.join(parts)}." if parts else "Aucun fichier à télécharger n'est déclaré au catalogue.")


def size_text(size: int) -> str:
    """Give a size in French megabytes (10⁶ bytes), or kilobytes below one.

    >>> size_text(2_264_192), size_text(9_500)
    ('2,3 Mo', '10 ko')
    """
    return f"{size / 1e6:.1f} Mo".replace(".", ",") if size >= 1e6 else f"{size / 1e3:.0f} ko"  # noqa: PLR2004


@contextmanager
def _reporter() -> Iterator[Report]:
    """Give what shows the progress: bars on a terminal, plain lines elsewhere."""
    console = Console()
    if not console.is_terminal:
        yield _lines()
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Bars(*columns, console=console) as bars:
        yield _bars(bars)


def _bars(bars: Bars) -> Callable[[Progress], None]:
    tasks: dict[str, TaskID] = {}

    def report(progress: Progress) -> None:
        name = progress.dataset.id
        if name not in tasks:
            tasks[name] = bars.add_task(name, total=None)
        if progress.note:
            bars.console.print(f"{name} : {progress.note}", markup=False, highlight=False, soft_wrap=True)
        else:
            bars.update(tasks[name], completed=progress.done, total=progress.total)

    return report


def _lines() -> Callable[[Progress], None]:
    """Say the start, the faults, and each quarter on the way (each 10 MB when the size is not known)."""
    told: dict[str, int] = {}

    def report(progress: Progress) -> None:
        name = progress.dataset.id
        if progress.note:
            say(f"{name} : {progress.note}")
        elif name not in told:
            say(f"{name} : {progress.dataset.title}")
            told[name] = 0
        else:
            step = progress.done * _STEPS // progress.total if progress.total else progress.done // _STRIDE
            if step > told[name] and progress.done != progress.total:
                told[name] = step
                share = f" sur {size_text(progress.total)}" if progress.total else ""
                say(f"{name} : {size_text(progress.done)}{share}")

    return report
