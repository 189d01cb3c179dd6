"""Notebooks: executed here against stock nbclient, and definitions mode against a module.

The notebook has five cells and imports torch. All ways run in turn, so that what else the machine
does meets all of them; medians and their ratios count. Stock nbclient starts an ipykernel as an
ordinary process, without any sandbox; here a cycle is: box (not from the spare), run all cells,
load the function from what was executed, call it, end the box. With the spare, as graders use it,
the box was forked while the submission before was tested.

    python benchmarks/bench_notebook.py [--rounds 7] [--goal 4] [--definitions-goal 1.3]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Literal

import nbclient
import nbformat

from grader.config import ExecutionSettings
from grader.model import Limits
from grader.protocol import ArrayValue, Operation, Value
from grader.runner.execution import CellStatus, run_notebook
from grader.sandbox import Box, Sandbox

CELLS = (
    "import torch",
    "def relu(x):\n    return torch.clamp(x, min=0)",
    "x = torch.arange(6.0).reshape(2, 3) - 3\nrelu(x)",
    "%timeit -n1 -r1 x @ x.T",
    "print('done')",
)


def main() -> int:
    """Print the medians; 1 if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--goal", type=float, default=4.0)
    parser.add_argument("--definitions-goal", type=float, default=1.3)
    options = parser.parse_args()
    times: dict[str, list[float]] = {}

    def timed(what: str, action: Callable[[], None]) -> None:
        started = time.perf_counter()
        action()
        times.setdefault(what, []).append(time.perf_counter() - started)

    with Sandbox() as sandbox:
        tier = sandbox.isolation
        executed(sandbox, Limits())
        executed(sandbox, Limits(), "nbclient")
        loaded(sandbox, Limits(), NOTEBOOK)
        for number in range(options.rounds):
            # Other limits than the spare's: it cannot be used, and the fork is waited for.
            fresh = Limits(cpu_seconds=300, output_bytes=(1 << 20) + number)
            timed("stock", stock)
            timed("executed", lambda limits=fresh: executed(sandbox, limits))
            timed("nbclient", lambda limits=fresh: executed(sandbox, limits, "nbclient"))
            time.sleep(0.3)  # the spare of that cycle is made
            timed("spared", lambda limits=fresh: executed(sandbox, limits))
            for _ in range(10):
                time.sleep(0.1)
                timed("module", lambda limits=fresh: loaded(sandbox, limits, MODULE))
                time.sleep(0.1)
                timed("notebook", lambda limits=fresh: loaded(sandbox, limits, NOTEBOOK))
    return report(str(tier), times, options)


def report(tier: str, times: dict[str, list[float]], options: argparse.Namespace) -> int:
    user = "root" if os.geteuid() == 0 else "an ordinary user"
    print(f"tier {tier}, as {user}, {options.rounds} rounds in turn, medians (least to most):")
    show("stock nbclient and ipykernel, no sandbox", times["stock"])
    show("executed in a box, and called", times["executed"])
    show("the same from a spare", times["spared"])
    show("executed in a box by nbclient, and called", times["nbclient"])
    show("definitions of the notebook, and called", times["notebook"])
    show("the same code as a module, and called", times["module"])
    medians = {what: statistics.median(seconds) for what, seconds in times.items()}
    faster = medians["stock"] / medians["executed"]
    spared = medians["stock"] / medians["spared"]
    driven = medians["stock"] / medians["nbclient"]
    share = medians["notebook"] / medians["module"]
    print(f"  executing is {faster:.1f} times as fast, {spared:.1f} with a spare (goal: 4)")
    print(f"  by nbclient in the box it is {driven:.1f} times as fast")
    print(f"  definitions take {share:.2f} times what the module takes (goal: 1.3)")
    return 0 if faster >= options.goal and share <= options.definitions_goal else 1


def _notebook() -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    return nbformat.v4.new_notebook(cells=cells)


NOTEBOOK: dict[str, Value] = {"relu.ipynb": json.dumps(_notebook()).encode()}
MODULE: dict[str, Value] = {"relu.py": "\n".join(CELLS).replace("%timeit -n1 -r1 ", "").encode()}


def stock() -> None:
    notebook = _notebook()
    nbclient.NotebookClient(notebook, timeout=60, shutdown_kernel="immediate").execute()
    assert notebook.cells[2].outputs[0].output_type == "execute_result"


def executed(
    sandbox: Sandbox, limits: Limits, engine: Literal["ipython", "nbclient"] = "ipython"
) -> None:
    box = sandbox.spawn(limits, "kernel" if engine == "ipython" else engine)
    settings = ExecutionSettings(engine=engine)
    try:
        run = run_notebook(box, dict(NOTEBOOK), "relu.ipynb", settings, 1 << 20)
        assert [cell.status for cell in run.cells] == [CellStatus.OK] * len(CELLS), run
        load_and_call(box, NOTEBOOK, "executed")
    finally:
        box.close()


def loaded(sandbox: Sandbox, limits: Limits, files: dict[str, Value]) -> None:
    box = sandbox.spawn(limits)
    try:
        wanted: dict[str, Value] = {"files": dict(files), "functions": ["relu"]}
        assert isinstance(box.request(Operation.PARSE, wanted, seconds=10.0), dict)
        load_and_call(box, files, "auto")
    finally:
        box.close()


def load_and_call(box: Box, files: dict[str, Value], mode: str) -> None:
    arguments: dict[str, Value] = {
        "files": dict(files),
        "functions": ["relu"],
        "mode": mode,
        "seconds": 5.0,
    }
    reply = box.request(Operation.LOAD, arguments, seconds=10.0)
    assert isinstance(reply, dict), reply
    assert reply["relu"] is None, reply
    data = bytes(4 * 64)
    array = ArrayValue(kind="tensor", dtype="float32", shape=(8, 8), strides=(8, 1), buffer=data)
    case: dict[str, Value] = {"function": "relu", "cases": [[[array], {}]], "seed": 1}
    for observation in box.stream(Operation.CALL, case, count=1, seconds=10.0):
        assert observation.raised is None, observation.raised


def show(what: str, seconds: list[float]) -> None:
    low, middle, high = (1000 * f(seconds) for f in (min, statistics.median, max))
    print(f"  {what:42} {middle:8.1f} ms ({low:.1f} to {high:.1f})")


if __name__ == "__main__":
    sys.exit(main())
