"""Proves that what goes to students holds nothing of the solutions: by name, by hash, by text.

Text is compared as tokens, without comments, docstrings, quotes and line breaks, so that a copy
that was indented or renumbered is still found. A run of 16 tokens of a secret file, four
different names among them, must not stand in any released file, nor a whole solution block of
the reference, however short. What the stub itself gives away (signatures) is no secret. Files
packed by gzip or zip are looked into.
"""

from __future__ import annotations

import codecs
import hashlib
import io
import json
import re
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from grader.release.contents import contents_of, text_of
from grader.release.stubs import make_stubs, solution_blocks

__all__ = ["find_leaks"]

RUN_LENGTH = 16  # tokens; public and hidden tests share shorter runs, such as their imports
NAMES_IN_RUN = 4  # different ones; below that a run is an array of numbers
SHORTEST_BLOCK = 6  # tokens; `return x` alone is no solution

SECRET_NAMES = {"reference.py", "oracle.py", "test_hidden.py", "results.staff.json"}
SECRET_FOLDERS = {
    "solutions",
    "accepted",
    "wrong_answer",
    "run_time_error",
    "time_limit_exceeded",
    "forbidden",
    "gradebook",
}

Run = tuple[str, ...]

_BINARY = b"\0"
_TOKEN = re.compile(r"\d+(?:\.\d*)?|\w+|[^\w\s\"'\\]")


def find_leaks(released: Mapping[PurePosixPath, bytes], solutions: Path) -> list[str]:
    """One sentence for each secret found in `released`; an empty list is the proof.

    Args:
        released: the files that students would get.
        solutions: the course's folder of that name.
    """
    secrets = {
        path.relative_to(solutions): path.read_bytes()
        for path in sorted(solutions.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    by_hash = {_sha256(raw): path for path, raw in secrets.items() if raw.strip()}
    by_run = _secret_runs(secrets)
    leaks: list[str] = []
    everything = (one for path, raw in released.items() for one in contents_of(raw, path))
    for raw, path in everything:
        if path.name in SECRET_NAMES or SECRET_FOLDERS & set(path.parts):
            leaks.append(f"{path}: its name is that of a secret file")
        if (same := by_hash.get(_sha256(raw))) is not None:
            leaks.append(f"{path}: the same bytes as solutions/{same}")
        elif (found := _first_leak(raw, path, by_run)) is not None:
            run, origin = found
            leaks.append(f"{path}: holds text of solutions/{origin}: `{' '.join(run)}`")
    return leaks


def _first_leak(
    raw: bytes, path: PurePosixPath, by_run: Mapping[Run, Path]
) -> tuple[Run, Path] | None:
    if _BINARY in raw[:1024] and not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return None  # pictures, images: compared by their bytes alone
    lengths = sorted({len(run) for run in by_run})
    for text in _texts(raw, path):
        for tokens in (_tokens(text), _tokens(_code_only(text))):
            for run in (run for length in lengths for run in _runs(tokens, length)):
                if run in by_run:
                    return run, by_run[run]
    return None


def _secret_runs(secrets: Mapping[Path, bytes]) -> dict[Run, Path]:
    """Every run of tokens that must not be seen, with the file it comes from."""
    runs: dict[Run, Path] = {}
    allowed: set[Run] = set()
    for path, raw in secrets.items():
        if path.suffix != ".py":
            continue
        source = text_of(raw)
        for run in _runs(_tokens(_code_only(source)), RUN_LENGTH):
            if len({token for token in run if token.isidentifier()}) >= NAMES_IN_RUN:
                runs.setdefault(run, path)
        if path.name == "reference.py":
            stub, _ = make_stubs(source, path.parent.name)
            allowed |= {
                run for text in (stub, _code_only(stub)) for run in _runs(_tokens(text), RUN_LENGTH)
            }
            for block in solution_blocks(source):
                tokens = _tokens(_code_only(_without_imports(block)))
                if SHORTEST_BLOCK <= len(tokens) < RUN_LENGTH:
                    runs.setdefault(tuple(tokens), path)
    return {run: path for run, path in runs.items() if run not in allowed}


def _without_imports(block: str) -> str:
    """What a block imports is no secret: a statement may say the same."""
    lines = block.splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith(("import ", "from ")))


def _texts(raw: bytes, path: PurePosixPath) -> Iterator[str]:
    """The readable texts of a file; a notebook has one per cell and output."""
    text = text_of(raw)
    if path.suffix != ".ipynb":
        yield text
        return
    try:
        yield from _strings(json.loads(text))
    except ValueError:
        yield text


def _strings(value: object) -> Iterator[str]:
    match value:
        case str():
            yield value
        case [*items] if items and all(isinstance(item, str) for item in items):
            yield "".join(map(str, items))  # nbformat's way to write several lines
        case [*items]:
            for item in items:
                yield from _strings(item)
        case dict():
            for item in value.values():
                yield from _strings(item)


def _code_only(source: str) -> str:
    """Python without comments and docstrings; other text as it is."""
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(source).readline))
    except (tokenize.TokenError, SyntaxError):
        return source
    kept: list[str] = []
    before = tokenize.NEWLINE
    for token in tokens:
        starts_statement = before in {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT}
        if token.type in {tokenize.COMMENT, tokenize.NL}:
            continue
        if not (token.type == tokenize.STRING and starts_statement):
            kept.append(token.string)
        before = token.type
    return " ".join(kept)


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _runs(tokens: list[str], length: int) -> Iterable[Run]:
    return zip(*(tokens[start:] for start in range(length)), strict=False)


def _sha256(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()
