"""The newest good data, for those who answer requests: looked for now and then, kept when files go bad."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path
from typing import cast

from starlette.concurrency import run_in_threadpool

from qpverts.atlas.atlas import Atlas
from qpverts.errors import DataError
from qpverts.settings import load as load_settings
from qpverts.sources import load as atlases

log = logging.getLogger(__name__)

#: Seconds between two looks at the data folder: looking costs more than answering.
LOOK_EVERY_S = 1.0


class Latest:
    """Keeps the atlas of the newest good data of the configured folder; shared by all threads."""

    def __init__(self) -> None:
        self._atlas: Atlas | None = None
        self._folder: Path | None = None
        self._looked = float("-inf")
        self._refused = ""
        self._lock = threading.Lock()

    def fresh(self) -> Atlas | None:
        """Give the atlas when it was looked for lately: a few nanoseconds, for almost every request."""
        return self._atlas if time.monotonic() - self._looked < LOOK_EVERY_S else None

    def current(self) -> Atlas:
        """Look at the data folder, and give the newest good data.

        Raises
        ------
        DataError
            When the data are faulty and never were good, in this folder, since this process started.
        """
        folder = load_settings().data_dir
        kept = self._atlas if self._folder == folder else None
        if not self._lock.acquire(blocking=kept is None):
            return cast("Atlas", kept)  # someone else is looking: what there is will do
        try:
            try:
                kept = atlases.current()
            except DataError as error:
                if kept is None:
                    raise
                if str(error) != self._refused:
                    self._refused = str(error)
                    log.exception("the last good data are kept")
            else:
                self._refused = ""
            self._atlas, self._folder, self._looked = kept, folder, time.monotonic()
            return kept
        finally:
            self._lock.release()

    async def obtain(self) -> Atlas:
        """Give the same without holding up the other requests; raises as :meth:`current`."""
        atlas = self.fresh()
        return await run_in_threadpool(self.current) if atlas is None else atlas


latest = Latest()
