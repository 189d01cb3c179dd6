"""What a notebook expects around its training: MNIST from torchvision, and processes that load it.

`torchvision.datasets.MNIST` gives the training split that the grader handed in; with train=False
it gives the committed public images, never held-out ones. A DataLoader loads in this process.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from grader.worker.without_gpu import WithoutGpu

__all__ = ["Surroundings"]

Part = tuple[Tensor, Tensor]
_NO_WORKERS = (
    "`num_workers` was set to 0: your code may start no processes here. On your own machine it may."
)
_OF_WORKERS = ("num_workers", "prefetch_factor", "persistent_workers", "multiprocessing_context")


class Surroundings:
    """Stand-ins for one training run; `notes` says which of them were used."""

    def __init__(self, train: Part, public: Part, device: torch.device) -> None:
        self._parts = {True: train, False: public}
        self._without_gpu = WithoutGpu() if device.type == "cpu" else None
        self._asked_for_workers = False

    @property
    def notes(self) -> list[str]:
        own = [_NO_WORKERS] if self._asked_for_workers else []
        return own + (self._without_gpu.notes if self._without_gpu is not None else [])

    def install(self) -> None:
        """Put them in place, for as long as this worker lives."""
        self._install_data()
        self._install_loader()
        if self._without_gpu is not None:
            self._without_gpu.install()

    def _install_data(self) -> None:
        try:
            from PIL import Image
            from torchvision import datasets
        except ImportError:  # another profile: nothing to stand in for
            return
        parts = self._parts

        class MNIST(torch.utils.data.Dataset[Any]):
            """Images and labels as torchvision gives them, without files and network."""

            def __init__(
                self,
                root: object = None,
                train: bool = True,
                transform: Callable[[Any], Any] | None = None,
                target_transform: Callable[[Any], Any] | None = None,
                download: bool = False,
            ) -> None:
                pixels, labels = parts[bool(train)]
                self.data, self.targets = pixels[:, 0].cpu(), labels.cpu()
                self.train, self.transform = train, transform
                self.target_transform = target_transform
                self.classes = [str(number) for number in range(10)]

            def __len__(self) -> int:
                return len(self.data)

            def __getitem__(self, index: int) -> tuple[Any, Any]:
                image: Any = Image.fromarray(self.data[index].numpy())
                label: Any = int(self.targets[index])
                if self.transform is not None:
                    image = self.transform(image)
                if self.target_transform is not None:
                    label = self.target_transform(label)
                return image, label

        datasets.MNIST = datasets.mnist.MNIST = MNIST

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
