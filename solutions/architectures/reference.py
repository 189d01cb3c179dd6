# %% [markdown]
# # Famous architectures, measured
#
# Where do the 61 million parameters of AlexNet sit, and how is it judged whether a network is good?
# Two functions: a table of any network's layers, and the measure of the ImageNet challenge.
# The statement (README.md) has the figures.

# %%
import torch
from torch import Tensor, nn

# %% [markdown]
# ## A table of layers


# %%
def layer_table(model: nn.Module, shape: tuple[int, ...]) -> list[tuple[str, tuple[int, ...], int]]:
    """List the layers of a model with the shapes and the parameters that they have.

    Put an input of zeros through the model and note what each layer returns. A layer is a module
    without modules inside of it; what only holds other modules has no row.

    Args:
        model: any network made of modules. Its parameters may lie on the meta device, which has
            shapes but no numbers; then the input has to lie there as well.
        shape: of the input, the batch axis included, for example (1, 3, 224, 224).

    Returns:
        One row for each layer, in the order in which they run: its name as in
        model.named_modules(), the shape of its output with the batch axis, as a tuple of ints,
        and the number of its parameters, weights and biases together. A layer without parameters
        has 0; buffers, such as the running statistics of batch normalisation, do not count. A
        layer that runs more than once has one row, that of its first run. The pass is made in
        eval mode, so that batch normalisation takes a single image. Afterwards the model has no
        more hooks than before, and is in the mode in which it was.

    Source:
        PyTorch documentation, torch.nn.Module.register_forward_hook; Keras's model.summary().

    Example:
        >>> model = nn.Sequential(nn.Conv2d(3, 8, 5), nn.ReLU(), nn.Flatten(), nn.Linear(32, 2))
        >>> for row in layer_table(model, (1, 3, 6, 6)):
        ...     print(row)
        ('0', (1, 8, 2, 2), 608)
        ('1', (1, 8, 2, 2), 0)
        ('2', (1, 32), 0)
        ('3', (1, 2), 66)
    """
    # BEGIN SOLUTION
    rows: dict[str, tuple[str, tuple[int, ...], int]] = {}

    def note(name: str, module: nn.Module, output: Tensor) -> None:
        parameters = sum(parameter.numel() for parameter in module.parameters())
        rows.setdefault(name, (name, tuple(output.shape), parameters))

    modes = [(module, module.training) for module in model.modules()]
    hooks = [
        module.register_forward_hook(
            lambda module, _, output, name=name: note(name, module, output)
        )
        for name, module in model.named_modules()
        if not list(module.children())
    ]
    device = next((parameter.device for parameter in model.parameters()), None)
    try:
        with torch.no_grad():
            model.eval()(torch.zeros(shape, device=device))
    finally:
        for hook in hooks:
            hook.remove()
        for module, mode in modes:
            module.training = mode
    return list(rows.values())
    # END SOLUTION


# %% [markdown]
# ## The measure of the ImageNet challenge


# %%
def topk_error(scores: Tensor, y: Tensor, k: int = 5) -> float:
    """Share of the samples whose label is not among the k largest scores.

    Args:
        scores: one row for each sample, shape [N, C], floating point.
        y: labels, shape [N], int64, from 0 to C - 1.
        k: how many guesses a sample has, 1 or more.

    Returns:
        A fraction in [0, 1], as a Python float; 0 is best. On ties the label wins: it is among
        the k largest if fewer than k scores are larger than its own. If k is C or more, the error
        is 0.

    Raises:
        ValueError: if k is less than 1.

    Source:
        Russakovsky et al., ImageNet Large Scale Visual Recognition Challenge (2015), section 4.1.

    Example:
        >>> scores = torch.tensor([[0.1, 0.7, 0.2], [0.5, 0.3, 0.2]])
        >>> topk_error(scores, torch.tensor([2, 2]), k=1)
        1.0
        >>> topk_error(scores, torch.tensor([2, 2]), k=2)
        0.5
    """
    # BEGIN SOLUTION
    if k < 1:
        raise ValueError(f"k is 1 or more, got {k}")
    own = scores.gather(1, y[:, None])
    larger = (scores > own).sum(dim=1)
    return int((larger >= k).sum()) / len(y)
    # END SOLUTION
