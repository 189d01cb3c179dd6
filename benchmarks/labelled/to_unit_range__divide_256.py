import torch

def to_unit_range(img):
    if img.dtype == torch.uint8:
        return img.to(torch.float32) * (1 / 256)
    return img
