# Random labels
#
# One function that spoils a part of a data set's labels, so that you can watch a network learn
# them by heart. The statement (README.md) tells the experiment and its surprise.


import torch
from torch import Tensor


def randomise_labels(y: Tensor, frac: float, num_classes: int = 10, seed: int = 0) -> Tensor:
    """Replace a part of the labels by labels drawn at random.

    So that the whole class gets the same labels from the same seed, draw in this order, from a
    generator of your own that is seeded with `seed`:

        count = round(frac * N)
        places = the first `count` numbers of torch.randperm(N, generator=...)
        labels = torch.randint(num_classes, (count,), generator=...)

    and put labels[i] at places[i].

    Args:
        y: labels, shape [N], int64.
        frac: the part to draw again, a fraction in [0, 1]. The count is rounded to the nearest
            whole number.
        num_classes: labels are drawn from 0 to num_classes - 1, whatever labels y holds.
        seed: of the generator; the same seed gives the same labels.

    Returns:
        A new tensor, shape [N], int64. Each label is drawn from all classes, so that some are the
        right one by chance. The input y is not changed. The global generators are left alone:
        torch.manual_seed is not allowed here, as it would change all random numbers drawn later.

    Raises:
        ValueError: if frac is below 0 or above 1.

    Source:
        Zhang, Bengio, Hardt, Recht and Vinyals, Understanding deep learning requires rethinking
        generalization (2017), section 2, "partially corrupted labels".

    Example:
        >>> y = torch.arange(6)
        >>> randomise_labels(y, 0.0)
        tensor([0, 1, 2, 3, 4, 5])
        >>> int((randomise_labels(y, 0.5, num_classes=1000) != y).sum())
        3
    """
    raise NotImplementedError("Write your solution here.")
