"""Writing values as text, always the same way: the same values give the same bytes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable


def csv_text(
    header: Iterable[object],
    rows: Iterable[Iterable[object]],
    *,
    delimiter: str = ",",
    line_end: str = "\n",
) -> str:
    """Write a table as CSV; ``None`` gives an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()


def json_bytes(value: object) -> bytes:
    """Write a value as JSON on one line, UTF-8, without a space.

    Raises
    ------
    ValueError
        When it holds a number that JSON has no word for (nan, infinity).
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
