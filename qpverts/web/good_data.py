"""The newest good data for whoever answers requests, or the last good ones; looked for now and then."""

from __future__ import annotations

import time

from starlette.concurrency import run_in_threadpool

from qpverts.atlas.atlas import Atlas
from qpverts.sources import load as atlases

#: Seconds between two looks at the data folder: looking costs more than answering.
LOOK_EVERY_S = 1.0


class SparingLook:
    """Remembers what was found at the last look; shared by all threads."""

    def __init__(self) -> None:
        self._found: Atlas | None = None
        self._looked = float("-inf")

    def recent(self) -> Atlas | None:
        """Give the atlas when it was looked for lately: a few nanoseconds, for almost every request."""
        return self._found if time.monotonic() - self._looked < LOOK_EVERY_S else None

    def now(self) -> Atlas:
        """Look at the data folder, and give the newest good data, or the last good ones.

        Raises
        ------
        DataError
            When the data are faulty and never were good, in this folder, since this process started.
        """
        found = atlases.current_or_last_good()
        self._found, self._looked = found, time.monotonic()
        return found

    async def obtain(self) -> Atlas:
        """Give a recent one, else look without holding up the other requests; raises as :meth:`now`."""
        found = self.recent()
        return await run_in_threadpool(self.now) if found is None else found


good_data = SparingLook()
