import torch

def nll_loss(log_probs, target, reduction="mean"):
    if log_probs.shape[0] != target.shape[0]:
        raise ValueError
    total = 0.0
    for row, label in zip(log_probs, target):
        k = int(label)
        if k < 0 or k >= log_probs.shape[1]:
            raise IndexError
        total = total - row[k]
    return total / len(target)
