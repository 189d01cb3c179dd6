"""The bytes of a student's file as text, whatever editor wrote them."""

from __future__ import annotations

import codecs
import io
import tokenize

from grader.errors import SubmissionError

__all__ = ["decode_json", "decode_source"]

_BYTE_ORDER_MARKS = (  # the longer first: UTF-32's begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode_source(data: bytes) -> tuple[str, str]:
    """The text of a Python file with line ends of \\n only, and a note or "".

    Raises:
        SubmissionError: the bytes are no text.
    """
    text, note = _decode(data)
    if "\0" in text:
        raise SubmissionError("it holds NUL bytes, so it is not Python source; save it as text")
    return text.replace("\r\n", "\n").replace("\r", "\n"), note


def _decode(data: bytes) -> tuple[str, str]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), f"it was read as {encoding.upper()}; use UTF-8"
            except UnicodeDecodeError:
                raise SubmissionError(f"it is not valid {encoding.upper()}") from None
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding), ""
    except (SyntaxError, UnicodeDecodeError, LookupError, ValueError):
        # No UTF-8, or not what its first lines claim. Latin-1 gives every byte some character, so
        # at most the letters in comments and strings come out wrong.
        return data.decode("latin-1"), "it is not valid UTF-8 and was read as Latin-1; use UTF-8"


def decode_json(data: bytes) -> str:
    """The text of a notebook file.

    Raises:
        SubmissionError: the bytes are no text.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    return data.decode("utf-8-sig", "replace")
