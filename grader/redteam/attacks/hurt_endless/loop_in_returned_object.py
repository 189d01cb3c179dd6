"""Returns objects that loop when they are looked at: printed, counted, compared, copied."""

# /// attack
# verdicts = { double = "FAILED|TIMEOUT", mean_of = "FAILED|TIMEOUT" }
# ///

def forever(self, *arguments):
    while True:
        pass


NAMES = ("repr", "str", "len", "iter", "eq", "hash", "reduce", "reduce_ex", "array", "float", "int")
Trap = type("Trap", (), {f"__{name}__": forever for name in (*NAMES, "getattr", "bool", "index")})
Text = type("Text", (str,), {f"__{name}__": forever for name in NAMES if name != "hash"})


def double(x):
    return Trap()


def mean_of(x):
    return Text("x")
