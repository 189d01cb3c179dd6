"""The worker's request loop: student code is one call below, so every operation is fenced.

    parse  load  describe  call  call_handle  execute ...            protocol.messages has them all

An operation that fails, whatever it raises, answers with a Raised; the loop goes on until the
other side is gone. Nothing that a reply says is evidence except the values that calls returned.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, TypeVar, cast

import torch

from grader.observe import describe_exception, from_wire, observe, to_wire
from grader.protocol import (
    Channel,
    Handle,
    Operation,
    PeerGone,
    Recipe,
    Reply,
    Request,
    Value,
)
from grader.source_check import Checker
from grader.steps import inside
from grader.worker.call_trace import traced_calls
from grader.worker.checking import check_sources, checker_of
from grader.worker.choice import Found
from grader.worker.documents import Document, read_documents
from grader.worker.execution import Execution
from grader.worker.handles import Handles
from grader.worker.loading import Loader
from grader.worker.parsing import find_functions, note_of, reply_to_parse
from grader.worker.reset import reset
from grader.worker.stand_ins import stand_in_for_grader
from grader.worker.states import State
from grader.worker.without_gpu import WithoutGpu
from grader.worker.written import written_modules

if TYPE_CHECKING:
    from grader.worker.train import Trainer

__all__ = ["Worker", "serve"]

_WORK = PurePath("/box/work")
_T = TypeVar("_T")
_Arguments = Mapping[str, Value]


def serve(channel: Channel, work: PurePath = _WORK) -> None:
    """Answer requests until the other side is gone."""
    worker = Worker(Path(work))
    with stand_in_for_grader(), contextlib.suppress(PeerGone):
        while True:
            request = Request.from_value(channel.receive())
            for reply in worker.answer(request):
                if not _sent(channel, reply):
                    break


def _sent(channel: Channel, reply: Reply) -> bool:
    """Send a reply; one that cannot be encoded is replaced by the reason, and ends the request.

    Nothing has been sent when encoding fails, so the connection stays in step.
    """
    try:
        channel.send(reply.to_value())
    except PeerGone:
        raise
    except Exception as error:  # e.g. the student returned a frame of ours with odd members
        channel.send(replace(reply, value=describe_exception(error), last=True).to_value())
        return False
    return True


class Worker:
    """What one worker knows: the submission, its functions, the objects kept."""

    def __init__(self, work: Path) -> None:
        self.work = work
        self.root = str(work)
        self.handles = Handles()
        self.files: Mapping[str, bytes] = {}
        self.written: Mapping[str, bytes] = {}  # by notebooks
        self.read: Sequence[Document] = ()
        self.loader: Loader | None = None
        self.checker: Checker | None = None
        self.trainer: Trainer | None = None
        self.execution: Execution | None = None
        self.is_without_gpu = False
        self.operations: dict[Operation, Callable[[_Arguments], Value]] = {
            Operation.PARSE: self.parse,
            Operation.LOAD: self.load,
            Operation.DESCRIBE: self.describe,
            Operation.GET_STATE: self.get_state,
            Operation.DROP: self.drop,
            Operation.TRACE: self.trace,
            Operation.SUBSTITUTE: self.substitute,
            Operation.TRAIN: self.train,
            Operation.EXECUTE: self.execute,
            Operation.PICTURES: self.pictures,
        }

    def answer(self, request: Request) -> Iterator[Reply]:
        """The replies to one request; never raises for what the student's code does."""
        index = 0
        # Blanket: an operation runs the student's code, and may be interrupted by its signals.
        try:
            if request.operation in (Operation.CALL, Operation.CALL_HANDLE):
                for reply in self.calls(request):
                    yield reply
                    index = reply.index + 1
            else:
                value = self.operations[request.operation](request.arguments)
                yield Reply(number=request.number, index=0, value=value)
        except (PeerGone, GeneratorExit):
            raise
        except BaseException as error:
            raised = describe_exception(error, self.root)
            yield Reply(number=request.number, index=index, value=raised)

    def calls(self, request: Request) -> Iterator[Reply]:
        arguments = request.arguments
        function = self.callee(request)
        cases = _member(arguments, "cases", list)
        seed = _optional(arguments, "seed", int, 0)
        gradient = _optional(arguments, "gradient", bool, False)
        watch = _optional(arguments, "watch", bool, False)
        if _optional(arguments, "reset", bool, False):
            reset(seed)
        for index, case in enumerate(cases):
            args, kwargs = from_wire(case, self.handles.__getitem__, recipes=True)
            observation = observe(
                function,
                args,
                kwargs,
                gradient=gradient,
                watch=watch,
                seed=seed,
                keep=self.handles.keep,
                root=self.root,
            )
            last = index + 1 == len(cases)
            value = observation.to_value()
            yield Reply(number=request.number, index=index, value=value, last=last)
        if not cases:
            yield Reply(number=request.number, index=0, value=None)

    def callee(self, request: Request) -> Callable[..., object]:
        if request.operation is Operation.CALL_HANDLE:
            handle = _member(request.arguments, "handle", Handle)
            return cast("Callable[..., object]", self.handles[handle])
        function = self.function(request.arguments)
        harness = _optional(request.arguments, "harness", str, "")
        return inside(harness, function) if harness else function

    def trace(self, arguments: _Arguments) -> Value:
        """The forbidden calls that functions make on a few cases."""
        seconds = _member(arguments, "seconds", float)
        rows: list[Value] = []
        for name, asked in _member(arguments, "functions", dict).items():
            cases, forbidden, harness = cast("tuple[list[Value], list[str], str]", asked)
            function = self.function({"function": cast("str", name)})
            rows += traced_calls(
                inside(harness, function) if harness else function,
                (from_wire(case, self.handles.__getitem__, recipes=True) for case in cases),
                forbidden,
                name=cast("str", name),
                root=self.root,
                seconds=seconds,
            )
        return rows

    def function(self, arguments: _Arguments) -> Callable[..., object]:
        name = _member(arguments, "function", str)
        if self.loader is None or name not in self.loader.functions:
            raise NameError(f"`{name}` was not loaded")
        return self.loader.functions[name]

    def documents(self, arguments: _Arguments) -> Sequence[Document]:
        """The files as documents; those of an earlier request where this one brings none."""
        files = _optional(arguments, "files", dict, self.files)
        if self.loader is None or files != self.files:
            self.files = cast("dict[str, bytes]", files)
            self.read = read_documents(self.files)
            self.written = written_modules(self.files)
            self.loader = Loader(self.read, {**self.files, **self.written}, self.work)
            self.checker = None
        path = arguments.get("path")
        return [document for document in self.read if not path or document.path == path]

    def found(self, arguments: _Arguments) -> tuple[Sequence[Document], dict[str, Found]]:
        documents = self.documents(arguments)
        names = cast("list[str]", _member(arguments, "functions", list))
        slug = _optional(arguments, "slug", str, "")
        return documents, find_functions(documents, names, slug)

    def parse(self, arguments: _Arguments) -> Value:
        documents, found = self.found(arguments)
        forbidden = cast("dict[str, list[str]]", _optional(arguments, "forbidden", dict, {}))
        imports = cast("list[str]", _optional(arguments, "imports", list, []))
        if self.checker is None:  # for all exercises that are asked for
            self.checker = checker_of([*self.read, *read_documents(self.written)])
        files = [*self.files, *self.written]
        checked = check_sources(self.checker, found, forbidden, imports, files)
        return reply_to_parse(documents, found, checked.findings, checked.remarks)

    def load(self, arguments: _Arguments) -> Value:
        """What failed, by function; notes on the loading stand under the empty name."""
        _, found = self.found(arguments)
        if arguments.get("written_only") is True:
            found = {name: one for name, one in found.items() if one.state is State.WRITTEN}
        assert self.loader is not None
        mode = arguments.get("mode", "auto")
        seconds = float(cast("float", arguments.get("seconds", 5.0)))
        whole, executed = mode != "definitions", mode == "executed"
        if arguments.get("without_gpu") is True and not self.is_without_gpu:
            WithoutGpu().install()
            self.is_without_gpu = True
        self.loader.load(found, whole=whole, executed=executed, seconds=seconds)
        reply: dict[Value, Value] = {name: self.loader.failures.get(name) for name in found}
        reply[""] = [note_of(remark) for remark in self.loader.remarks]
        return reply

    def substitute(self, arguments: _Arguments) -> Value:
        """Put the object of a recipe in the place of one of the student's functions."""
        name = _member(arguments, "function", str)
        recipe = _member(arguments, "recipe", Recipe)
        if self.loader is None:
            raise NameError("nothing was loaded")
        self.loader.substitute(name, from_wire(recipe, recipes=True))
        return None

    def describe(self, arguments: _Arguments) -> Value:
        signature = inspect.signature(self.function(arguments))
        parameters: list[Value] = [
            [p.name, p.kind.name.lower(), p.default is not p.empty]
            for p in signature.parameters.values()
        ]
        return {"parameters": parameters}

    def get_state(self, arguments: _Arguments) -> Value:
        module = self.handles[_member(arguments, "handle", Handle)]
        if not isinstance(module, torch.nn.Module):
            raise TypeError(f"a state belongs to a module, not to a {type(module).__name__}")
        return to_wire(dict(torch.nn.Module.state_dict(module)))

    def train(self, arguments: _Arguments) -> Value:
        if self.trainer is None:
            from grader.worker.train import Trainer  # only workers that train need it

            self.trainer = Trainer()
        return self.trainer.answer(arguments, self.loader)

    def execute(self, arguments: _Arguments) -> Value:
        """Open a notebook, or run one cell of the one that is open."""
        if "path" in arguments:
            path = _member(arguments, "path", str)
            self.documents({"files": arguments.get("files")})
            assert self.loader is not None
            engine = _optional(arguments, "engine", str, "ipython")
            self.execution = self.loader.execution(path, engine)
            return self.execution.plan()
        if self.execution is None:
            raise NameError("no notebook is open")
        seconds = float(_member(arguments, "seconds", float))
        output_bytes = _member(arguments, "output_bytes", int)
        return self.execution.run(_member(arguments, "cell", int), seconds, output_bytes)

    def pictures(self, arguments: _Arguments) -> Value:
        from grader.worker.pictures import encode_anew  # few workers look at pictures

        return [encode_anew(picture) for picture in _member(arguments, "pictures", list)]

    def drop(self, arguments: _Arguments) -> Value:
        for number in _member(arguments, "handles", list):
            if isinstance(number, int):
                self.handles.drop(number)
        return None


def _member(arguments: _Arguments, name: str, kind: type[_T]) -> _T:
    value = arguments.get(name)
    if not isinstance(value, kind):
        raise TypeError(f"the argument `{name}` must be a {kind.__name__}")
    return value


def _optional(arguments: _Arguments, name: str, kind: type[_T], default: _T) -> _T:
    return _member(arguments, name, kind) if arguments.get(name) is not None else default
