"""What the hidden tests compare with: torch's own ReLU."""

import torch.nn.functional as F


def relu(x):
    """F.relu."""
    return F.relu(x)
