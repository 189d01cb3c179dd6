"""Whether an executed notebook can do harm to whoever opens it."""

from __future__ import annotations

import base64
import io
import json
import re
from collections.abc import Iterator
from typing import Any

__all__ = ["notebook_problems"]

_MOST_BYTES = 9 << 20
_MOST_PIXELS = 1 << 24
_HARMLESS = {"text/plain", "image/png"}
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def notebook_problems(data: bytes) -> list[str]:
    """What is wrong with it, in words."""
    if len(data) > _MOST_BYTES:
        return [f"it takes {len(data):,} bytes"]
    notebook = json.loads(data)
    problems = []
    if notebook["metadata"].keys() - {"kernelspec", "language_info"}:
        problems.append("it has metadata of the submission's")
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            problems += _of_output(output)
    return problems


def _of_output(output: dict[str, Any]) -> Iterator[str]:
    data = output.get("data", {})
    for kind in data.keys() - _HARMLESS:
        yield f"it holds an output of type {kind}"
    if output.get("metadata"):
        yield "an output has metadata of its own"
    texts = [data.get("text/plain", ""), *(output.get(name, "") for name in ("text", "evalue"))]
    if any(_CONTROL.search(text) for text in (*texts, *output.get("traceback", ()))):
        yield "it holds control characters"
    if "image/png" in data:
        yield from _of_picture(base64.b64decode(data["image/png"]))


def _of_picture(data: bytes) -> Iterator[str]:
    """It was encoded by us, so its header may be read here."""
    from PIL import Image  # noqa: PLC0415  # only notebooks with pictures need it

    with Image.open(io.BytesIO(data)) as picture:
        if picture.width * picture.height > _MOST_PIXELS:
            yield f"it holds a picture of {picture.width} by {picture.height} pixels"
        if picture.info:
            yield f"a picture has more than pixels: {sorted(picture.info)}"
