"""Shows values that loop for ever when they are shown."""

# /// attack
# verdicts = { double = "PASSED" }
# points = 3
# forms = ["executed", "nbclient"]
# ///

class Loops:
    def __repr__(self):
        while True:
            pass

    _repr_html_ = _repr_png_ = _ipython_display_ = __repr__


Loops()

# %%
def double(x):
    return x * 2
