"""`python -m grader` is the command `grader`, without the current folder on the import path."""

import sys

sys.path[:] = [entry for entry in sys.path if entry not in ("", ".")]
if __name__ == "__main__":
    import os

    here = os.getcwd()
    sys.path[:] = [entry for entry in sys.path if os.path.realpath(entry) != os.path.realpath(here)]
    from grader.cli import main

    main()
