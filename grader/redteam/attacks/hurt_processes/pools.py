"""Starts worker processes as data loaders and pools do."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# ///

import concurrent.futures
import multiprocessing


def double(x, tried=[]):
    if not tried:
        tried.append(True)
        try:
            with multiprocessing.Pool(2) as pool:
                pool.map(abs, [1])
        except OSError:
            pass
        try:
            with concurrent.futures.ProcessPoolExecutor(1) as pool:
                pool.submit(abs, 1).result()
        except (OSError, concurrent.futures.BrokenExecutor):
            pass
    return x * 2
