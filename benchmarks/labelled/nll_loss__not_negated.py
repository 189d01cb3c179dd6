def nll_loss(log_probs, target, reduction="mean"):
    n, c = log_probs.shape
    if len(target) != n:
        raise ValueError("lengths")
    if target.numel() and (int(target.min()) < 0 or int(target.max()) >= c):
        raise ValueError("label")
    picked = log_probs.gather(1, target.view(-1, 1)).squeeze(1)
    if reduction == "mean":
        return picked.sum() / n
    if reduction == "sum":
        return picked.sum()
    return picked
