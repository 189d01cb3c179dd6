"""Gives its functions signatures, names and wrappers that make no sense."""

# /// attack
# verdicts = { double = "FAILED|ERROR", mean_of = "FAILED|ERROR|SKIPPED" }
# control = "a naive grader voids nothing"
# ///

class Callable:
    __signature__ = "no signature"
    __wrapped__ = property(lambda self: self)
    __name__ = property(lambda self: 1 / 0)

    def __call__(self, *arguments):
        return self


double = Callable()
mean_of = type("mean_of", (), {"__call__": lambda self, x: self})
