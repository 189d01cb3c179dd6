"""Returns containers whose length and iterators lie."""

# /// attack
# verdicts = { double = "FAILED|TIMEOUT", mean_of = "FAILED|TIMEOUT", repeat = "FAILED|TIMEOUT" }
# control = "a naive grader voids nothing"
# ///

import itertools


class Endless(list):
    def __iter__(self):
        return itertools.count()

    def __len__(self):
        return 1 << 60


class Pairs(dict):
    def items(self):
        return ((n, n) for n in itertools.count())


def double(x):
    return Endless([1, 2])


def mean_of(x):
    return Pairs(a=1)


def repeat(text):
    return itertools.count()
