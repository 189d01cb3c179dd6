"""Reads beyond the end."""


def half(x, times=1):
    return [x][1]
