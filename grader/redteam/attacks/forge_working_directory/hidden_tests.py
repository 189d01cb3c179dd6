"""Has a test_hidden.py and a course.toml of its own."""

# /// attack
# kind = "planted"
# plant = "test_hidden.py"
# control = "the naive grader has its tests in the working directory"
# ///

import pathlib

pathlib.Path("ran-hidden_tests").touch()
