"""Never ends."""


def half(x, times=1):
    while True:
        pass
