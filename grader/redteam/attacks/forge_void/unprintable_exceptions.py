"""Raises exceptions whose text, class and attributes raise again."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "ERROR", repeat = "ERROR" }
# control = "a naive grader voids nothing"
# ///

class Meta(type):
    @property
    def __name__(cls):
        raise RuntimeError

    def __instancecheck__(cls, other):
        raise RuntimeError


class Bad(Exception, metaclass=Meta):
    def __str__(self):
        raise Bad

    __repr__ = __str__

    @property
    def __traceback__(self):
        raise Bad

    def __getattribute__(self, name):
        raise ValueError


def double(x):
    raise Bad


def mean_of(x):
    raise BaseExceptionGroup("group", [KeyboardInterrupt(), Bad.__new__(Bad)])


def repeat(text):
    error = ValueError("loop")
    error.__cause__ = error.__context__ = error
    raise error
