"""The control: a grader as many courses have one. It imports what was handed in, and believes it.

    python naive.py FOLDER…      in each: attack.py, oracle.py, test_naive.py; output.txt comes of it

Every attack that reads or forges must succeed here, else the suite would not notice a success.
"""

import atexit
import json
import os
import signal
import sys

import numpy  # noqa: F401  # once for all folders
import pytest
import torch  # noqa: F401  # likewise


class Passed(list):
    def pytest_runtest_logreport(self, report):
        if report.when == "call" and report.passed:
            self.append(report.nodeid)


def grade(folder):
    os.chdir(folder)
    sys.path.insert(0, folder)
    passed = Passed()
    code = pytest.main(["-q", "-s", "--tb=line", "-pno:cacheprovider", "test_naive.py"], plugins=[passed])
    with open("results.json", "w") as file:
        json.dump({"points": len(passed)}, file)
    return int(code)


def points_of(folder, exit_code):
    """What the results say; without any, whether the process ended well."""
    if os.path.exists(f"{folder}/results.json"):
        with open(f"{folder}/results.json") as file:
            return json.load(file)["points"]
    return 100 if exit_code == 0 else 0


for place in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        for number in (1, 2):
            os.dup2(os.open(f"{place}/output.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
        signal.alarm(30)
        result = grade(place)
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(result)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(place, points_of(place, ended), flush=True)
