"""Executed notebooks as files for their students: nbformat 4 made from checked values.

A student's own JSON, its outputs and its metadata are left behind. Pictures are in only as a box
in which no student code ran has encoded them anew.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from grader.errors import WarmParentDied
from grader.messages import say
from grader.model import ExerciseResult, Limits
from grader.protocol import ArrayValue, Operation, Value
from grader.runner import Cell, CellOutput, Execution
from grader.sandbox import BoxFailed, Sandbox

__all__ = ["Executed", "executed_notebooks"]

MAX_BYTES = 8 << 20  # of one file; pictures are left out first
_PAGE_PICTURE_BYTES = 80 << 10
_PAGE_BYTES = 400 << 10  # of all pictures of a submission
_STEM_BYTES = 180
_DECODE_SECONDS = 20.0
_DECODING = Limits(wall_seconds=_DECODE_SECONDS, memory_bytes=512 << 20)
_PNG_START = b"\x89PNG\r\n\x1a\n"
_MAX_PNG_BYTES = 1 << 20
_KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Executed:
    """What executed notebooks leave: files by name, and pictures by path and number of cell."""

    files: Mapping[str, bytes]
    pictures: Mapping[tuple[str, int], tuple[str, ...]]

    def shown_in(self, result: ExerciseResult) -> ExerciseResult:
        """The result with the pictures under the cells of its sources."""
        if not self.pictures:
            return result
        sources = tuple(
            replace(s, pictures=self.pictures.get((s.path, s.cell), ()))
            if s.cell is not None
            else s
            for s in result.sources
        )
        return replace(result, sources=sources)


def executed_notebooks(executions: Sequence[Execution], sandbox: Sandbox) -> Executed:
    """A file for each notebook: executed.ipynb, or executed-<its name> if there are more.

    A notebook that nbformat does not take has no file: results do not wait for it.
    """
    ran = [execution for execution in executions if execution.cells]
    names = _names([execution.path for execution in ran])
    pictures = _encoded_anew(ran, sandbox)
    files = {name: _file(one, pictures) for name, one in zip(names, ran, strict=True)}
    return Executed(
        files={name: data for name, data in files.items() if data},
        pictures=dict(_for_page(ran, pictures)),
    )


def _for_page(
    executions: Sequence[Execution], pictures: Mapping[bytes, bytes]
) -> Iterator[tuple[tuple[str, int], tuple[str, ...]]]:
    """The pictures of each code cell as base64, as long as a page has room for them."""
    left = _PAGE_BYTES
    for execution in executions:
        for cell in execution.cells:
            shown: list[str] = []
            for old in (picture for output in cell.outputs for picture in output.pictures):
                new = pictures.get(old, b"")
                if new and len(new) <= min(left, _PAGE_PICTURE_BYTES):
                    left -= len(new)
                    shown.append(base64.b64encode(new).decode())
            if shown and cell.number is not None:
                yield (execution.path, cell.number), tuple(shown)


def _names(paths: Sequence[str]) -> list[str]:
    if len(paths) == 1:
        return ["executed.ipynb"]
    return [f"executed-{number}-{_stem(path)}.ipynb" for number, path in enumerate(paths, 1)]


def _stem(path: str) -> str:
    """For a file's name, which no file system takes in any length: letters may have four bytes."""
    plain = "".join(c if c.isalnum() else "-" for c in PurePosixPath(path).stem)
    return plain.encode()[:_STEM_BYTES].decode(errors="ignore")


def _encoded_anew(executions: Sequence[Execution], sandbox: Sandbox) -> Mapping[bytes, bytes]:
    """Pictures as PNG, by the bytes that came; those that cannot be decoded are not in it."""
    outputs = [o for e in executions for cell in e.cells for o in cell.outputs]
    wanted = list(dict.fromkeys(p for output in outputs for p in output.pictures))
    if not wanted:
        return {}
    arrays: list[Value] = [
        ArrayValue(kind="array", dtype="uint8", shape=(len(p),), strides=(1,), buffer=p)
        for p in wanted
    ]
    box = sandbox.spawn(_DECODING, "kernel")
    try:
        reply = box.request(Operation.PICTURES, {"pictures": arrays}, seconds=_DECODE_SECONDS)
    except (BoxFailed, WarmParentDied):
        return {}
    finally:
        box.close()
    if not isinstance(reply, list) or len(reply) != len(wanted):
        return {}
    return {old: new for old, value in zip(wanted, reply, strict=True) if (new := _png(value))}


def _png(value: Value) -> bytes:
    if not isinstance(value, ArrayValue) or value.dtype != "uint8":
        return b""
    data = bytes(value.buffer)
    return data if data.startswith(_PNG_START) and len(data) <= _MAX_PNG_BYTES else b""


def _file(execution: Execution, pictures: Mapping[bytes, bytes]) -> bytes:
    """The notebook with all its pictures, or with none if it were too large."""
    for kept in (pictures, {}):
        data = _checked(execution, kept)
        if len(data) <= MAX_BYTES:
            return data
    bare = [Cell(index=c.index, kind=c.kind, source=c.source) for c in execution.cells]
    return _checked(Execution(path=execution.path, cells=tuple(bare)), {})


def _checked(execution: Execution, pictures: Mapping[bytes, bytes]) -> bytes:
    import nbformat  # noqa: PLC0415  # it takes a while, and only executed notebooks need it

    members = _notebook(execution, pictures)
    try:
        nbformat.validate(members)
    except nbformat.ValidationError:
        return b""
    return json.dumps(members, ensure_ascii=True, indent=1).encode() + b"\n"


def _notebook(execution: Execution, pictures: Mapping[bytes, bytes]) -> dict[str, Any]:
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": _KERNEL, "language_info": {"name": "python"}},
        "cells": [_cell(cell, pictures) for cell in execution.cells],
    }


def _cell(cell: Cell, pictures: Mapping[bytes, bytes]) -> dict[str, Any]:
    common = {"id": f"cell-{cell.index}", "cell_type": cell.kind, "source": _plain(cell.source)}
    if cell.kind != "code":
        return {**common, "metadata": {}}
    return {
        **common,
        "metadata": {"grader": {"status": str(cell.status)}},
        "execution_count": cell.number,
        "outputs": [_output(output, cell, pictures) for output in cell.outputs],
    }


def _output(output: CellOutput, cell: Cell, pictures: Mapping[bytes, bytes]) -> dict[str, Any]:
    match output.kind:
        case "stdout" | "stderr":
            return {"output_type": "stream", "name": output.kind, "text": output.text}
        case "error":
            return {
                "output_type": "error",
                "ename": output.name,
                "evalue": output.text,
                "traceback": [*output.frames, f"{output.name}: {output.text}"],
            }
    data = dict(_data(output, pictures))
    if output.kind == "result":
        number = cell.number
        shown = {"output_type": "execute_result", "execution_count": number, "data": data}
    else:
        shown = {"output_type": "display_data", "data": data}
    return {**shown, "metadata": {}}


def _data(output: CellOutput, pictures: Mapping[bytes, bytes]) -> Iterator[tuple[str, str]]:
    """Text, at most one picture, and the names of what was left out."""
    text = output.text
    others = [mime for mime in output.mimes if mime not in ("text/plain", "image/png")]
    if others:
        text += "\n" + say("notebook.not kept", names=", ".join(others))
    yield "text/plain", text
    for picture in output.pictures[:1]:
        if picture in pictures:
            yield "image/png", base64.b64encode(pictures[picture]).decode()


def _plain(source: str) -> str:
    return source.encode("utf-8", "replace").decode()
