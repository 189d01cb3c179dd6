"""What a notebook expects around its training: MNIST from torchvision, processes and threads.

`torchvision.datasets.MNIST` gives the training split that the grader handed in; with train=False
it gives the committed public images, never held-out ones. A DataLoader loads in this process, and
there is one thread: more would take turns on one processor, and their time counts.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from grader.worker.without_gpu import WithoutGpu

__all__ = ["Surroundings"]

Part = tuple[Tensor, Tensor]
_NO_WORKERS = (
    "`num_workers` was set to 0: your code may start no processes here. On your own machine it may."
)
_ONE_THREAD = (
    "`torch.set_num_threads` changed nothing: there is one processor for your training, and the "
    "time of all threads counts."
)
_OF_WORKERS = (
    "num_workers", "prefetch_factor", "persistent_workers", "multiprocessing_context", "timeout",
)  # fmt: skip


class Surroundings:
    """Stand-ins for one training run; `notes` says which of them were used."""

    def __init__(self, train: Part, public: Part, device: torch.device) -> None:
        self._parts = {True: train, False: public}
        self._without_gpu = WithoutGpu() if device.type == "cpu" else None
        self._asked_for_workers = False
        self._asked_for_threads = False

    @property
    def notes(self) -> list[str]:
        own = [_NO_WORKERS] if self._asked_for_workers else []
        own += [_ONE_THREAD] if self._asked_for_threads else []
        return own + (self._without_gpu.notes if self._without_gpu is not None else [])

    def install(self) -> None:
        """Put them in place, for as long as this worker lives."""
        self._install_data()
        self._install_loader()
        self._install_threads()
        if self._without_gpu is not None:
            self._without_gpu.install()

    def _install_data(self) -> None:
        try:
            from torchvision import datasets
        except ImportError:  # another profile: nothing to stand in for
            return
        parts = self._parts
        published: Any = datasets.mnist.MNIST

        class MNIST(published):  # type: ignore[misc]  # what torchvision has is not typed
            """torchvision's, without files and network."""

            def __init__(
                self,
                root: str | Path = "data",
                train: bool = True,
                transform: Callable[[Any], Any] | None = None,
                target_transform: Callable[[Any], Any] | None = None,
                download: bool = False,
            ) -> None:
                changes = {"transform": transform, "target_transform": target_transform}
                datasets.VisionDataset.__init__(self, root, **changes)
                pixels, labels = parts[bool(train)]
                self.data, self.targets = pixels[:, 0].cpu(), labels.cpu()
                self.train = train

            def download(self) -> None: ...

        datasets.MNIST = datasets.mnist.MNIST = MNIST

    def _install_threads(self) -> None:
        def as_before(count: int) -> None:
            self._asked_for_threads = True

        library: Any = torch
        library.set_num_threads = library.set_num_interop_threads = as_before

    def _install_loader(self) -> None:
        kind: Any = torch.utils.data.DataLoader
        original = kind.__init__
        signature = inspect.signature(original)

        @functools.wraps(original)
        def without_workers(*args: Any, **kwargs: Any) -> None:
            given = signature.bind(*args, **kwargs)
            if given.arguments.get("num_workers"):
                self._asked_for_workers = True
                for name in _OF_WORKERS:
                    given.arguments.pop(name, None)
            original(*given.args, **given.kwargs)

        kind.__init__ = without_workers
