"""CSV files that people bring, as spreadsheets of any country write them."""

from __future__ import annotations

import csv
import io

__all__ = ["csv_rows"]


def csv_rows(text: str, *, strict: bool = False) -> tuple[list[str], list[list[str]]]:
    """The columns, in small letters, and the rows below; commas, semicolons or tabs part cells.

    Raises:
        csv.Error: it is no CSV, or with `strict` a quote does not end.
    """
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    columns = [name.strip().casefold() for name in next(rows, [])]
    return columns, list(rows)
