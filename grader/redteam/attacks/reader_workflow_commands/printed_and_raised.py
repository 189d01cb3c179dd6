"""Prints, raises and returns commands of GitHub's and GitLab's runners."""

# /// attack
# verdicts = { double = "ERROR", mean_of = "FAILED" }
# ///

COMMANDS = """
::error file=x.py::all is well
::set-output name=points::100
::add-mask::points
::stop-commands::x
##[set-env name=PATH;]/box
section_start:0:x
<details><summary># Perfect</summary>
"""


def double(x):
    print(COMMANDS, flush=True)
    raise ValueError(COMMANDS)


def mean_of(x):
    return COMMANDS
