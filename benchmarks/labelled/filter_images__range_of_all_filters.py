def filter_images(weight):
    lo, hi = weight.min(), weight.max()
    if hi == lo:
        return weight * 0
    return (weight - lo) / (hi - lo)
