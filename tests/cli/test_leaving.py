"""How the command ends: by its code, in silence where nobody reads any more."""

import subprocess
import sys
from pathlib import Path

GRADER = Path(sys.executable).with_name("grader")


def test_a_reader_that_leaves_early_is_told_nothing():
    with subprocess.Popen(
        [GRADER, "explain"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 1


def test_a_command_that_is_none_ends_with_the_code_for_usage():
    done = subprocess.run([GRADER, "nope"], capture_output=True, timeout=60, check=False)
    assert done.returncode == 2
    assert b"No such command" in done.stderr
