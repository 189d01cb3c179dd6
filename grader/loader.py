"""What was handed in, as bytes: a module, a notebook, a folder or a zip becomes a Submission.

Nothing is parsed here. Names, sizes and kinds of files are checked before a byte is kept; links,
pipes, sockets and devices are refused by name and never opened.
"""

from __future__ import annotations

import hashlib
import io
import lzma
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path, PurePath, PurePosixPath

from grader.errors import SubmissionError, UsageError
from grader.model import Submission

__all__ = [
    "ARCHIVES",
    "BROKEN_ZIP",
    "CODE",
    "SKIPPED_FOLDERS",
    "archive_files",
    "entry_name",
    "folder_name",
    "gather",
    "is_code",
    "is_zip",
    "load_submission",
    "read_entry",
    "read_file",
]

MAX_FILE_BYTES = 64 << 20
MAX_TOTAL_BYTES = 128 << 20
MAX_FILES = 2_000
MAX_NAME_BYTES = 255
MAX_RATIO = 200  # a zip entry that grows more than this is a bomb
SKIPPED_FOLDERS = frozenset(
    {".git", ".hg", ".svn", ".ipynb_checkpoints", "__pycache__", "__MACOSX", ".venv", "venv"}
    | {"node_modules", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".idea", ".vscode"}
)
CODE = frozenset({".py", ".ipynb"})
ARCHIVES = frozenset(
    {".zip", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".zst"}
)
"""What files are packed in; only .zip is opened, and only where it is a whole submission."""
_READING = os.O_RDONLY
for _flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"):  # no system has all three
    _READING |= getattr(os, _flag, 0)
BROKEN_ZIP = (
    *(zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, OSError, zlib.error),
    *(ValueError, OverflowError, struct.error, lzma.LZMAError),  # of names, sizes, extra fields
)
"""What Python raises where a zip file is damaged or made to harm."""
_IS_UTF_8 = 0x800  # the flag of a zip entry whose name is
_UNFIT = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def is_code(name: PurePath) -> bool:
    """Whether a file is a module or notebook by its name, in capitals too."""
    return name.suffix.lower() in CODE


def is_zip(name: PurePath) -> bool:
    """Likewise of a zip file."""
    return name.suffix.lower() == ".zip"


def load_submission(path: Path, *, name: str | None = None) -> Submission:
    """Read one submission.

    Args:
        path: a .py or .ipynb file, a folder or a .zip of such files.
        name: what to call it; the file's or folder's own name if None.

    Raises:
        UsageError: there is no such path, or it cannot be read.
        SubmissionError: there is nothing in it that could be graded, or a file is refused.
    """
    try:
        submission = _load(path)
    except (UsageError, SubmissionError) as error:  # what it quotes, somebody else has named
        raise type(error)(_shown(str(error), 1000)) from None
    return Submission(name=_shown(name or submission.name, 255), files=submission.files)


def _load(path: Path) -> Submission:
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        raise UsageError(f"{path}: there is no such file or folder") from None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from None
    if stat.S_ISLNK(mode):  # it could lead to the solutions, or to somebody else's work
        raise SubmissionError(f"{path}: a link; name the file or folder that it leads to")
    if stat.S_ISDIR(mode):
        files = _by_plain_name(path, _folder(path))
        own_name = path.resolve().name
    elif not stat.S_ISREG(mode):
        raise SubmissionError(f"{path}: not an ordinary file or folder")
    elif is_zip(path):
        files = _by_plain_name(path, _zip(path))
        own_name = path.stem
    elif is_code(path):
        name = PurePosixPath(_UNFIT.sub("_", path.name))
        files = _by_plain_name(path, [(name, _read(path))])
        own_name = path.stem
    else:
        raise SubmissionError(
            f"{path}: a submission is a .py or .ipynb file, a folder of these, or a .zip"
        )
    _check_code(path, files)
    return Submission(name=own_name, files=files)


def _shown(text: str, limit: int) -> str:
    """Text that a file's name is part of, on one line and fit to be shown and written."""
    return _UNFIT.sub("\ufffd", text if len(text) <= limit else text[:limit] + "…")


def folder_name(name: str) -> str:
    """A submission's or student's name as the name of a folder; different names stay different."""
    cleaned = re.sub(r"[^\w.-]+", "-", name).strip(".-")
    cleaned = cleaned.encode("utf-8", "replace")[:100].decode("utf-8", "ignore")
    if cleaned == name:
        return cleaned
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{cleaned or 'submission'}-{digest}"


def gather(shown: Path, name: str, files: Iterable[tuple[str, bytes]]) -> Submission:
    """Put a submission together from files that somebody else found.

    Args:
        shown: where it lies, for messages.
        name: what to call it.
        files: name inside the submission, and bytes.

    Raises:
        SubmissionError: a name or the sum is refused, or there is nothing to grade in it.
    """
    kept = _by_plain_name(shown, _checked(shown, files))
    _check_code(shown, kept)
    return Submission(name=name, files=kept)


def _checked(
    shown: Path, files: Iterable[tuple[str, bytes]]
) -> Iterator[tuple[PurePosixPath, bytes]]:
    total = 0
    for count, (inside, data) in enumerate(files, 1):
        total += len(data)
        _check_sum(shown, total, count)
        yield _safe_name(inside, shown), data


def _by_plain_name(
    shown: Path, files: Iterable[tuple[PurePosixPath, bytes]]
) -> dict[PurePosixPath, bytes]:
    """The files with the endings of code in small letters, as Python looks for modules.

    Raises:
        SubmissionError: two would have one name.
    """
    kept: dict[PurePosixPath, bytes] = {}
    names: dict[PurePosixPath, PurePosixPath] = {}
    for name, data in files:
        plain = name.with_suffix(name.suffix.lower()) if is_code(name) else name
        if names.setdefault(plain, name) != name:
            raise SubmissionError(f"{shown}: `{plain}` is in it twice (letter case aside)")
        kept[plain] = data
    return kept


def _check_code(shown: Path, files: Collection[PurePosixPath]) -> None:
    if any(map(is_code, files)):
        return
    if not files:
        raise SubmissionError(f"{shown}: nothing is in it; there is no .py or .ipynb file to grade")
    packed = next((name for name in files if name.suffix.lower() in ARCHIVES), None)
    raise SubmissionError(
        f"{shown}: there is no .py or .ipynb file in it"
        + (f"; `{packed}` cannot be opened here, ask for a .zip of the files" if packed else "")
    )


def read_file(path: Path) -> bytes:
    """The bytes of an ordinary file; no link is followed, no pipe waited for.

    Raises:
        UsageError, SubmissionError.
    """
    return _read(path)


def archive_files(path: Path, data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files in a student's archive that lies inside another one.

    Raises:
        SubmissionError: it is no zip file, or something in it is refused.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name, content in _entries(path, archive):
                yield str(name), content
    except BROKEN_ZIP as error:
        raise SubmissionError(f"{path}: not a zip file that can be read ({error})") from None


def read_entry(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One file of an archive, if its kind and size are allowed.

    Raises:
        SubmissionError: they are not, or it cannot be read.
    """
    try:
        return _entry(path, archive, entry)
    except BROKEN_ZIP as error:
        raise SubmissionError(f"{path}: `{entry_name(entry)}` cannot be read ({error})") from None


def _read(path: Path) -> bytes:
    try:
        # O_NONBLOCK and the second look: a pipe put in the file's place must not hang us
        descriptor = os.open(path, _READING)
        with open(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise SubmissionError(f"{path}: not an ordinary file")
            if status.st_nlink > 1:  # the grader may read what its author may not
                raise SubmissionError(
                    f"{path}: this file has a second name elsewhere (a hard link); hand in a copy"
                )
            data = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    if len(data) > MAX_FILE_BYTES:
        raise SubmissionError(f"{path}: larger than {MAX_FILE_BYTES >> 20} MiB")
    return data


def _folder(root: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    total = count = 0
    for folder, folders, names in os.walk(root, onerror=_refuse):
        folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
        for name in (*folders, *names):
            if Path(folder, name).is_symlink():
                what = "folder" if name in folders else "file"
                raise SubmissionError(f"{folder}/{name}: a link; hand in the {what} itself")
        for name in sorted(names):
            path = Path(folder, name)
            data = _read(path)
            total, count = total + len(data), count + 1
            _check_sum(root, total, count)
            yield _safe_name(path.relative_to(root).as_posix(), root), data


def _refuse(error: OSError) -> None:
    raise UsageError(f"{error.filename}: cannot be read ({error.strerror})")


def _zip(path: Path) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield from _entries(path, archive)
    except BROKEN_ZIP as error:
        raise SubmissionError(f"{path}: not a zip file that can be read ({error})") from None


def entry_name(entry: zipfile.ZipInfo) -> str:
    """Its name; zip programs on Linux write UTF-8 without the flag that says so."""
    if entry.flag_bits & _IS_UTF_8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return entry.filename


def _entries(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[PurePosixPath, bytes]]:
    total = count = 0
    seen: set[str] = set()
    _check_sum(path, 0, sum(map(_counts, archive.infolist())))  # before the first is unpacked
    for entry in archive.infolist():
        if entry.is_dir():
            continue
        name = _safe_name(entry_name(entry), path)
        if SKIPPED_FOLDERS & set(name.parts):
            continue
        if str(name).casefold() in seen:
            raise SubmissionError(f"{path}: `{name}` is in it twice (letter case aside)")
        seen.add(str(name).casefold())
        data = _entry(path, archive, entry)
        total, count = total + len(data), count + 1
        _check_sum(path, total, count)
        yield name, data


def _counts(entry: zipfile.ZipInfo) -> bool:
    return not entry.is_dir() and not SKIPPED_FOLDERS & set(entry_name(entry).split("/"))


def _entry(path: Path, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    name = entry_name(entry)
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise SubmissionError(f"{path}: `{name}` is a link or device; hand in the file itself")
    if entry.file_size > max(entry.compress_size, 1) * MAX_RATIO and entry.file_size > 1 << 20:
        raise SubmissionError(f"{path}: `{name}` grows too much when unpacked")
    with archive.open(entry) as file:
        data = file.read(min(entry.file_size, MAX_FILE_BYTES) + 1)
    if len(data) > min(entry.file_size, MAX_FILE_BYTES):
        raise SubmissionError(f"{path}: `{name}` is larger than it says or than is allowed")
    return data


def _check_sum(path: Path, total: int, count: int) -> None:
    if total > MAX_TOTAL_BYTES or count > MAX_FILES:
        raise SubmissionError(
            f"{path}: more than {MAX_TOTAL_BYTES >> 20} MiB or {MAX_FILES:,} files"
        )


def _safe_name(name: str, inside: Path) -> PurePosixPath:
    """`name` as a relative path, refused if it could lead anywhere else."""
    path = PurePosixPath(name.replace("\\", "/"))
    odd = path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]
    odd = odd or any(len(os.fsencode(part)) > MAX_NAME_BYTES for part in path.parts)
    if odd or any(ord(c) < 32 or c == "\x7f" for c in name):
        raise SubmissionError(f"{inside}: it holds a file with a name that is refused: {name!r}")
    return path
