"""Lets code that asks for a GPU run where there is none: everything stays on the CPU.

`.cuda()`, `.to("cuda")` and `device="cuda"` change nothing, `torch.cuda.synchronize` has nothing to
wait for; `torch.compile`, which would start a compiler, gives back what it is given.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

__all__ = ["WithoutGpu", "as_it_is"]

_NO_GPU = (
    "Your code asks for a GPU. It ran on the CPU, where `.cuda()` and `.to('cuda')` change "
    "nothing. `device = 'cuda' if torch.cuda.is_available() else 'cpu'` works everywhere."
)
_NOT_COMPILED = "`torch.compile` changed nothing: there is no compiler here."
_FACTORIES = (
    "arange", "as_tensor", "asarray", "empty", "empty_like", "eye", "full", "full_like", "linspace",
    "logspace", "normal", "ones", "ones_like", "rand", "rand_like", "randint", "randint_like",
    "randn", "randn_like", "randperm", "tensor", "zeros", "zeros_like",
)  # fmt: skip
_NOTHING_TO_DO = ("synchronize", "set_device", "reset_peak_memory_stats")  # of torch.cuda


def as_it_is(model: Any = None, **options: Any) -> Any:
    """In the place of `torch.compile`: what it was given, also as a decorator with options."""
    return model if model is not None else lambda function: function


class _Idle:
    """In the place of a stream, an event or the context of a device: nothing happens in it."""

    def __init__(self, *args: object, **options: object) -> None: ...

    def __enter__(self) -> None: ...

    def __exit__(self, *error: object) -> None: ...

    def _nothing(self, *args: object) -> None: ...

    record = synchronize = wait = wait_event = wait_stream = _nothing

    def query(self) -> bool:
        return True

    def elapsed_time(self, end: object) -> float:
        """Milliseconds on a GPU: it has not worked."""
        return 0.0


class WithoutGpu:
    """The stand-ins; `notes` says which of them were used."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def install(self) -> None:
        """Put them in place, for as long as this worker lives; nothing where there is a GPU."""
        if torch.cuda.is_available() or torch.backends.mps.is_available():
            return
        kinds: tuple[Any, ...] = (nn.Module, torch.Tensor)
        for kind in kinds:
            kind.cuda = self._staying(kind.cuda)
            kind.to = self._on_cpu(kind.to)
        kinds[1].pin_memory = self._staying(kinds[1].pin_memory)
        # these parameters without a shape let through the methods of torch's that they know
        lazy: Any = vars(nn.parameter)["UninitializedTensorMixin"]
        lazy._allowed_methods = [*lazy._allowed_methods, torch.Tensor.cuda, torch.Tensor.to]
        for name in _FACTORIES:
            setattr(torch, name, self._on_cpu(getattr(torch, name)))
        torch.compile = self._compiled
        torch.load = self._loading(torch.load)
        torch.set_default_device = self._with_default(torch.set_default_device)
        torch.set_default_tensor_type = self._with_default(torch.set_default_tensor_type)
        self._install_generator()
        self._install_cuda()

    def _install_generator(self) -> None:
        """A class still, since `isinstance` is asked of generators."""
        original, on_cpu = torch.Generator, self._cpu_for

        class Kind(type):
            def __instancecheck__(cls, one: object) -> bool:
                return isinstance(one, original)

        class Generator(metaclass=Kind):
            def __new__(cls, device: Any = "cpu") -> Any:
                return original(on_cpu(device))

        vars(torch)["Generator"] = Generator

    def _install_cuda(self) -> None:
        cuda: Any = torch.cuda
        for name in _NOTHING_TO_DO:
            setattr(cuda, name, self._nothing)
        cuda.get_device_name = lambda device=None: "no GPU"
        cuda.current_device = lambda: 0
        for name in ("Event", "Stream", "device", "stream"):
            setattr(cuda, name, _Idle)

    def _note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)

    def _staying(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def cuda(self_: Any, *args: object, **kwargs: object) -> Any:
            self._note(_NO_GPU)
            return self_

        return cuda

    def _on_cpu(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def on_cpu(*args: Any, **kwargs: Any) -> Any:
            if len(args) > 1 and type(args[1]) in (str, torch.device):
                args = (args[0], self._cpu_for(args[1]), *args[2:])
            if kwargs and "device" in kwargs:
                kwargs["device"] = self._cpu_for(kwargs["device"])
            return original(*args, **kwargs)

        return on_cpu

    def _cpu_for(self, device: Any) -> Any:
        if str(device).partition(":")[0] not in ("cuda", "mps"):
            return device
        self._note(_NO_GPU)
        return "cpu"

    def _nothing(self, *args: object, **kwargs: object) -> None:
        self._note(_NO_GPU)

    def _loading(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """What was saved on a GPU is loaded too, wherever it is to go."""

        @functools.wraps(original)
        def load(f: Any, map_location: Any = None, *args: Any, **kwargs: Any) -> Any:
            if map_location is None or isinstance(map_location, (str, torch.device)):
                map_location = "cpu" if map_location is None else self._cpu_for(map_location)
            return original(f, map_location, *args, **kwargs)

        return load

    def _with_default(self, original: Callable[..., Any]) -> Callable[..., Any]:
        """For a device, and for a type such as torch.cuda.FloatTensor."""

        @functools.wraps(original)
        def set_default(kind: Any) -> None:
            if ".cuda." in str(kind):
                self._note(_NO_GPU)
                kind = str(kind).rpartition(".")[2].rstrip("'>")
                kind = getattr(torch, kind)
            original(self._cpu_for(kind))

        return set_default

    def _compiled(self, model: Any = None, **options: Any) -> Any:
        self._note(_NOT_COMPILED)
        return as_it_is(model)
