"""Answers for the cells to come, and for the loading, from within a cell."""

# /// attack
# verdicts = { double = "FAILED|ERROR|SKIPPED" }
# forms = ["executed", "nbclient"]
# control = "a naive grader has no protocol"
# ///

import gc

import loot

due = max(found.number for found in gc.get_objects() if type(found).__name__ == "Request")
for number in range(due, due + 3):
    loot.send([number, 0, True, {"status": "ok", "outputs": [["stdout", "3 of 3 passed"]]}])

# %%
def double(x):
    return x * 3

# %%
for number in range(due, due + 9):
    loot.send([number, 0, True, {"double": None, "": []}])
