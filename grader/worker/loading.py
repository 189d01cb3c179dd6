"""The operation `load`: brings a submission's functions to life, the whole file if that works.

A module is imported as it stands; if that fails or takes too long, and for notebooks that were not
executed, its functions are made by definitions mode. Nothing is imported twice in one worker.
"""

from __future__ import annotations

import importlib.util
import linecache
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath
from types import ModuleType

from grader.observe import describe_exception, name_of_type
from grader.protocol import Raised
from grader.worker.absent import stand_in_for_absent
from grader.worker.alarm import limited
from grader.worker.choice import Found
from grader.worker.definitions import run_definitions, stand_in_for_broken
from grader.worker.documents import Document, Remark
from grader.worker.execution import Execution
from grader.worker.files import (
    imported_from,
    make_importable,
    module_spec,
    write_files,
)
from grader.worker.placeholders import Placeholder, sentence_of

__all__ = ["Loader"]


class Loader:
    """Loads functions of one submission, one exercise after the other.

    Attributes:
        functions: what was loaded so far, by name.
        values: what stands under names that hold no function.
        failures: why the others could not be.
        remarks: what the student should know about the loading, since the last call of `load`.
    """

    def __init__(
        self, documents: Sequence[Document], files: Mapping[str, bytes], work: Path
    ) -> None:
        self.functions: dict[str, Callable[..., object]] = {}
        self.values: dict[str, object] = {}
        self.failures: dict[str, Raised] = {}
        self.remarks: list[Remark] = []
        self._documents = {document.path: document for document in documents}
        self._files = files
        self._work = work
        self._modules: dict[str, ModuleType | None] = {}  # imported whole; None: that failed
        self._executed: dict[str, ModuleType] = {}
        self._is_written = False

    def prepare(self) -> None:
        """Write the submission to the work folder, once; what its code changes there stays."""
        if not self._is_written:
            self._is_written = True
            stand_in_for_absent()
            write_files(self._work, self._files)

    def execution(self, path: str, engine: str = "ipython") -> Execution:
        """The notebook at `path`, ready to be run cell by cell, in the names that `load` takes
        functions from if told so.

        Raises:
            KeyError: there is no such file.
        """
        self.prepare()
        make_importable(self._work, (self._work / path).parent, self._documents)
        execution = Execution(path, self._files[path], self._work, engine)
        if not execution.problem:
            self._executed[path] = execution.module
        return execution

    def load(
        self, found: Mapping[str, Found], *, whole: bool, seconds: float, executed: bool = False
    ) -> None:
        """Load the functions found.

        Args:
            found: where each function stands.
            whole: try to import modules as they stand.
            seconds: for importing one module as a whole; its definitions get as much again.
            executed: take functions from notebooks that were executed.
        """
        self.remarks = []
        self.prepare()
        wanted: dict[str, list[str]] = {}
        for name, one in found.items():
            self.functions.pop(name, None)
            self.failures.pop(name, None)
            if one.path in self._documents:
                wanted.setdefault(one.path, []).append(name)
            else:
                self.failures[name] = _absent(one.message or f"there is no `{name}`")
        for path, names in wanted.items():
            document = self._documents[path]
            is_executed = executed and path in self._executed
            lacking = self._take_executed(document, names) if is_executed else names
            if lacking:
                self._load_document(document, lacking, whole, seconds)

    def substitute(self, name: str, value: object) -> None:
        """Bind `name` to `value` wherever the student's functions look their names up."""
        spaces = [getattr(function, "__globals__", None) for function in self.functions.values()]
        spaces += [module.__dict__ for module in self._modules.values() if module is not None]
        spaces += [vars(module) for module in list(sys.modules.values()) if self._is_own(module)]
        for space in spaces:
            if type(space) is dict:
                space[name] = value

    def _is_own(self, module: object) -> bool:
        path = getattr(module, "__file__", None)
        return type(path) is str and path.startswith(str(self._work))

    def _load_document(
        self, document: Document, names: list[str], whole: bool, seconds: float
    ) -> None:
        make_importable(self._work, (self._work / document.path).parent, self._documents)
        module = self._imported(document, seconds) if whole and document.is_whole else None
        failures: dict[str, Raised] = {}
        if module is None:
            self._modules.setdefault(document.path, None)
            module = self._new_module(document)
            root = str(self._work)
            failures = run_definitions(
                module, document.pieces, names, root=root, seconds=0.8 * seconds
            )
            stand_in_for_broken(module, document.broken)
        for name in names:
            self._take(name, module, failures.get(name))

    def _take_executed(self, document: Document, names: list[str]) -> list[str]:
        """Keep what the executed notebook has under these names; the names that it lacks."""
        module = self._executed[document.path]
        lacking = [name for name in names if not callable(module.__dict__.get(name))]
        for name in names:
            if name not in lacking:
                self._take(name, module, None)
        for name in lacking:
            text = (
                f"`{name}` was not there after the notebook had been run; it was loaded from its "
                f"definition alone."
            )
            self.remarks.append(Remark(text=text, path=document.path))
        return lacking

    def _imported(self, document: Document, seconds: float) -> ModuleType | None:
        """The module imported as a whole; None if that fails, or failed before."""
        if document.path in self._modules:
            return self._modules[document.path]
        sibling = imported_from(self._work / document.path)
        if sibling is not None:
            return sibling
        module, error = self._import(document.path, seconds)
        if error is None:
            self._modules[document.path] = module
            return module
        self._modules[document.path] = None
        raised = describe_exception(error, str(self._work))
        what = f"{raised.type_name}: {raised.text}" if raised.text else raised.type_name
        text = (
            f"The file could not be imported as a whole ({what}); its functions were loaded one "
            f"by one."
        )
        self.remarks.append(Remark(text=text, path=raised.path or document.path, line=raised.line))
        return None

    def _import(self, path: str, seconds: float) -> tuple[ModuleType, BaseException | None]:
        spec = module_spec(self._work, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        # Blanket: this runs the student's file, whatever it raises, exits included.
        try:
            with limited(seconds):
                assert spec.loader is not None
                spec.loader.exec_module(module)
        except BaseException as error:
            sys.modules.pop(spec.name, None)
            return module, error
        return module, None

    def _new_module(self, document: Document) -> ModuleType:
        """An empty module; tracebacks and inspect.getsource find the text of its cells."""
        spec = module_spec(self._work, document.path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        for cell, text in document.texts:
            if cell is not None:
                filename = str(PurePath(self._work, f"{document.path}, cell {cell}"))
                lines = text.splitlines(keepends=True)
                linecache.cache[filename] = (len(text), None, lines, filename)
        return module

    def _take(self, name: str, module: ModuleType, failure: Raised | None) -> None:
        """Keep what the module has under the name, if that is a function."""
        value = module.__dict__.get(name)
        if failure is None and name not in module.__dict__:
            failure = _absent(f"`{name}` has no value after the file has run")
        elif failure is None and isinstance(value, Placeholder):
            failure = _absent(sentence_of(value))
        elif failure is None and not callable(value):
            self.values[name] = value
            failure = _absent(
                f"`{name}` is a value of type {name_of_type(value)}, not a function; "
                f"another statement may have taken its name"
            )
        if failure is None:
            self.functions[name] = module.__dict__[name]
        else:
            self.failures[name] = failure


def _absent(text: str) -> Raised:
    classes = ("NameError", "Exception", "BaseException")
    return Raised(classes=classes, text=text, type_name="NameError")
