"""Changes the environment, the working directory and the umask that a grader may rely on."""

# /// attack
# verdicts = { double = "FAILED|ERROR" }
# control = "it changes nothing that the naive grader counts"
# ///

import os
import sys

os.environ.update(PYTEST_ADDOPTS="--collect-only", GRADER_TIER="process", PYTHONPATH="/box")
os.umask(0)
os.chdir("/")
sys.path.clear()
sys.modules.clear()


def double(x):
    return 0
