"""What a notebook expects around its training: MNIST from torchvision, and a GPU.

`torchvision.datasets.MNIST` gives the training split that the grader handed in; with train=False
it gives the committed public images, never held-out ones. Where there is no GPU, `.cuda()` and
`.to("cuda")` leave everything on the CPU.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

__all__ = ["Surroundings"]

Part = tuple[Tensor, Tensor]
_NO_GPU = (
    "Your code asks for a GPU. It was trained on the CPU, where `.cuda()` and `.to('cuda')` change "
    "nothing. `device = 'cuda' if torch.cuda.is_available() else 'cpu'` works everywhere."
)


class Surroundings:
    """Stand-ins for one training run; `notes` says which of them were used."""

    def __init__(self, train: Part, public: Part, device: torch.device) -> None:
        self._parts = {True: train, False: public}
        self._device = device
        self._asked_for_gpu = False

    @property
    def notes(self) -> list[str]:
        return [_NO_GPU] if self._asked_for_gpu else []

    def install(self) -> None:
        """Put them in place, for as long as this worker lives."""
        self._install_data()
        if self._device.type == "cpu" and not torch.cuda.is_available():
            self._install_cpu()

    def _install_data(self) -> None:
        try:
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
                image: Any = self.data[index].numpy()
                label: Any = int(self.targets[index])
                if self.transform is not None:
                    image = self.transform(image)
                if self.target_transform is not None:
                    label = self.target_transform(label)
                return image, label

        datasets.MNIST = datasets.mnist.MNIST = MNIST

    def _install_cpu(self) -> None:
        def stay(self_: Any, *args: object, **kwargs: object) -> Any:
            self._asked_for_gpu = True
            return self_

        kinds: tuple[Any, ...] = (nn.Module, torch.Tensor)
        for kind in kinds:
            kind.cuda = stay
            kind.to = self._on_cpu(kind.to)

    def _on_cpu(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def to(self_: Any, *args: Any, **kwargs: Any) -> Any:
            if args and type(args[0]) in (str, torch.device):
                args = (self._cpu_for(args[0]), *args[1:])
            if kwargs and "device" in kwargs:
                kwargs["device"] = self._cpu_for(kwargs["device"])
            return original(self_, *args, **kwargs)

        return to

    def _cpu_for(self, device: Any) -> Any:
        name = str(device)
        if name.partition(":")[0] not in ("cuda", "mps"):
            return device
        self._asked_for_gpu = True
        return "cpu"
