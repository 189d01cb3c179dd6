"""What one cell of a notebook prints and shows, bounded, as values that can be sent.

    ["stdout" | "stderr", text]
    ["result" | "display", text, [mime name], [picture as uint8 array]]
    ["error", type name, text, path, line, [frame]]

Of rich outputs only the plain text and PNG or JPEG pictures are taken; the rest is named.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from grader.protocol import ArrayValue, Raised, Value
from grader.worker.cleaning import cut

__all__ = ["Flood", "Outputs", "Stream"]

_TEXT_BYTES = 192 << 10  # of one cell; a frame's header holds 1 MiB
_PART_BYTES = 32 << 10  # of one display or message
_MOST_OUTPUTS = 200
_MOST_PICTURES = 16
_PICTURE_BYTES = 1 << 20
_MOST_MIMES = 12
_PICTURES = ("image/png", "image/jpeg")
_OVERWRITTEN = re.compile(r"[^\n]*\r(?!\n)")  # what a progress bar draws over


class Flood(BaseException):
    """A cell printed more than it may. No Exception, so that `except Exception` lets it pass."""


@dataclass(slots=True)
class _Printed:
    """Text of one stream; what exceeds the limit is dropped from its middle."""

    name: str
    text: str = ""
    dropped: int = 0

    def add(self, text: str) -> None:
        self.text += text
        if len(self.text) > 2 * _TEXT_BYTES:
            self.shorten(_TEXT_BYTES)

    def shorten(self, most: int) -> None:
        text = _OVERWRITTEN.sub("", self.text)
        if len(text) > most:
            self.dropped += len(text) - most
            text = text[: most // 2] + text[-(most // 2) :]
        self.text = text

    def to_value(self, room: int) -> Value:
        self.shorten(room // 4)  # a character takes up to four bytes
        note = f"\n[{self.dropped:,} characters are left out here]\n" if self.dropped else ""
        half = len(self.text) // 2 if self.dropped else len(self.text)
        return [self.name, self.text[:half] + note + self.text[half:]]


@dataclass(slots=True)
class _Shown:
    """One result or display."""

    kind: str
    text: str
    mimes: list[str]
    pictures: list[bytes]
    display_id: object = None

    def to_value(self, room: int) -> Value:
        text, is_cut = cut(self.text, min(room, _PART_BYTES))
        pictures: list[Value] = [_array(picture) for picture in self.pictures]
        return [self.kind, text + (" […]" if is_cut else ""), list(self.mimes), pictures]


@dataclass(slots=True)
class Outputs:
    """All outputs of one cell, in order. `most_bytes` of streams, then it is a flood."""

    most_bytes: int
    items: list[_Printed | _Shown] = field(default_factory=list)
    printed: int = 0
    pictures: int = 0
    is_clear_due: bool = False

    def write(self, name: str, text: str) -> None:
        """What the cell prints.

        Raises:
            Flood: it printed too much; in other threads than the main one it is dropped only.
        """
        self.printed += len(text)
        if self.printed > self.most_bytes:
            if threading.current_thread() is threading.main_thread():
                raise Flood(f"it printed more than {self.most_bytes:,} characters")
            return
        self._clear_if_due()
        last = self.items[-1] if self.items else None
        if not (isinstance(last, _Printed) and last.name == name):
            last = _Printed(name)
            self._append(last)
        last.add(text)

    def show(self, kind: str, data: Mapping[str, Any], display_id: object = None) -> None:
        """A result or a display, by mime type."""
        self._clear_if_due()
        self._append(self._shown(kind, data, display_id))

    def update(self, data: Mapping[str, Any], display_id: object) -> None:
        """Show something else in the place of an earlier display of this cell."""
        for place, item in enumerate(self.items):
            if isinstance(item, _Shown) and item.display_id == display_id:
                self.items[place] = self._shown(item.kind, data, display_id)

    def clear(self, *, wait: bool) -> None:
        self.is_clear_due = True
        if not wait:
            self._clear_if_due()

    def to_values(self, raised: Raised | None = None, frames: list[str] | None = None) -> Value:
        """All of them, and the error that ended the cell."""
        room = _TEXT_BYTES
        values: list[Value] = []
        for item in self.items:
            value = item.to_value(room)
            assert isinstance(value, list)
            room = max(room - len(str(value[1]).encode("utf-8", "replace")), 1000)
            values.append(value)
        if raised is not None:
            text, _ = cut(raised.text.encode("utf-8", "replace").decode(), _PART_BYTES)
            where: list[Value] = list(frames or [])
            values.append(["error", raised.type_name, text, raised.path, raised.line, where])
        return values

    def _append(self, item: _Printed | _Shown) -> None:
        if len(self.items) < _MOST_OUTPUTS:
            self.items.append(item)

    def _clear_if_due(self) -> None:
        if self.is_clear_due:
            self.is_clear_due = False
            self.items.clear()
            self.pictures = 0

    def _shown(self, kind: str, data: Mapping[str, Any], display_id: object) -> _Shown:
        pictures = [p for mime in _PICTURES if (p := _picture(data.get(mime)))][:1]
        if self.pictures + len(pictures) > _MOST_PICTURES:
            pictures = []
        self.pictures += len(pictures)
        text = data.get("text/plain", "")
        plain = str.__str__(text)[: 2 * _PART_BYTES] if isinstance(text, str) else ""
        mimes = [str(name)[:80] for name in list(data)[:_MOST_MIMES]]
        plain = plain.encode("utf-8", "replace").decode()
        return _Shown(kind, plain, mimes, pictures, display_id)


def _picture(data: object) -> bytes:
    """The bytes of a picture; IPython hands them over raw or in base64."""
    if isinstance(data, str):
        if len(data) > 2 * _PICTURE_BYTES:
            return b""
        try:
            data = base64.b64decode(data.strip())
        except (binascii.Error, ValueError):
            return b""
    if not isinstance(data, bytes) or len(data) > _PICTURE_BYTES:
        return b""
    return bytes(data)


def _array(data: bytes) -> ArrayValue:
    """Bytes as an array, which travels in the body of a frame and not in its small header."""
    return ArrayValue(kind="array", dtype="uint8", shape=(len(data),), strides=(1,), buffer=data)


class Printer(Protocol):
    """What takes printed text."""

    def write(self, name: str, text: str) -> None: ...


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr while a cell runs."""

    def __init__(self, name: str, outputs: Printer) -> None:
        super().__init__()
        self._name = name
        self._outputs = outputs

    @property
    def encoding(self) -> str:  # type: ignore[override]  # a plain attribute in typeshed
        return "UTF-8"

    @property
    def name(self) -> str:
        return f"<{self._name}>"

    def writable(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() takes text, not {type(text).__name__}")
        self._outputs.write(self._name, str.__str__(text))
        return len(text)
