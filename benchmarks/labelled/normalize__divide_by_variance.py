import torch

def normalize(x, mean, std):
    m = torch.as_tensor(mean, dtype=x.dtype).flatten()
    s = torch.as_tensor(std, dtype=x.dtype).flatten()
    c = x.shape[-3]
    if m.numel() not in (1, c) or s.numel() not in (1, c):
        raise ValueError
    if bool((s == 0).any()):
        raise ValueError
    variance = s * s
    return (x - m[:, None, None]) / variance[:, None, None]
