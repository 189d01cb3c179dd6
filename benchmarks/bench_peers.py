"""Our grader beside pytest, nbgrader, otter and check50: seconds per submission, one job each.

The same exercises, hidden tests and submissions in each tool's own form. Peers are installed into
environments of their own (--environments); torch is lent to them from this one, so that nobody
waits for a second download. They run a submission as their command does, with what it writes; ours
runs a class with its sandbox, pages and gradebook. A peer that does not run is reported as such.
Medians; the load of the machine is printed, since it moves all figures.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from classes import WORKLOADS, Workload, lend_course, make_class  # after the path

GOALS = {"pytest": 55, "nbgrader": 75, "otter-grader": 85, "check50": None}
PACKAGES = {
    "pytest": ["pytest"],
    "nbgrader": ["nbgrader", "ipykernel"],
    "otter-grader": ["otter-grader", "ipykernel", "nbconvert"],
    "check50": ["check50"],
}
PEERS = Path(__file__).resolve().parent / "peers"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workloads", nargs="*", choices=WORKLOADS, default=list(WORKLOADS))
    parser.add_argument("--ours", type=int, default=200, help="submissions for us")
    parser.add_argument("--theirs", type=int, default=6, help="submissions for each peer")
    parser.add_argument("--tools", nargs="*", default=list(PACKAGES))
    parser.add_argument(
        "--environments", type=Path, default=Path.home() / ".cache/cnn-grader/peers"
    )
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = "1"
    for workload in options.workloads:
        with tempfile.TemporaryDirectory() as name:
            measure(Path(name), WORKLOADS[workload], options)


def measure(root: Path, workload: Workload, options: argparse.Namespace) -> None:
    course = lend_course(root / "course", workload)
    tests = names()
    print(f"{', '.join(workload.exercises)}: {len(tests)} tests; load {os.getloadavg()[0]:.1f}, "
          f"{os.cpu_count()} processors; seconds a submission")  # fmt: skip
    theirs = make_class(root / "theirs", options.theirs, workload=workload, seed=3)
    ours = {jobs: time_us(root, course, workload, options.ours, jobs) for jobs in (1, 2)}
    for jobs, (seconds, whole) in ours.items():
        print(f"grader, {jobs} job(s)  {seconds:8.3f}  (with starting: {whole:.3f})")
    print(f"two jobs are {ours[1][0] / ours[2][0]:.2f} times as fast as one", flush=True)
    for tool in options.tools:
        report(tool, theirs, root / tool, options.environments, ours[1][0])


def time_us(
    root: Path, course: Path, workload: Workload, size: int, jobs: int
) -> tuple[float, float]:
    """Seconds a submission: in the run of a class, and with everything before and after it."""
    folder = make_class(root / f"ours{jobs}", size, workload=workload, seed=10 + jobs)
    small = make_class(root / f"few{jobs}", 4, workload=workload, seed=20 + jobs)
    spent = []
    for hand_in in (small, folder):
        command = [
            str(Path(sys.executable).with_name("grader")), "batch", str(hand_in),
            "--course", str(course), "--jobs", str(jobs),
            "--gradebook", str(root / f"gradebook{jobs}" / "gradebook.db"),
            "--out", str(root / f"pages{jobs}"),
        ]  # fmt: skip
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        spent.append(time.perf_counter() - started)
    return (spent[1] - spent[0]) / (size - 4), spent[1] / size


def report(tool: str, hand_in: Path, folder: Path, environments: Path, ours: float) -> None:
    try:
        binaries = install(tool, environments)
        folder.mkdir()
        spent = list(RUNS[tool](binaries, hand_in, folder))
    except (subprocess.CalledProcessError, OSError, RuntimeError) as error:
        said = getattr(error, "stderr", b"") or str(error).encode()
        print(f"{tool:<18} did not run: {said.decode(errors='replace').strip()[-300:]}")
        return
    median = statistics.median(spent)
    goal = f"(goal {GOALS[tool]}x)" if GOALS[tool] else ""
    print(f"{tool:<18} {median:8.3f}  {median / ours:.0f}x ours {goal}", flush=True)


def install(tool: str, environments: Path, packages: Sequence[str] = ()) -> Path:
    """Where the programs of a peer lie; `packages` if it is not in the table above."""
    folder = environments / tool
    binaries = folder / "bin"
    if not (binaries / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [
            str(binaries / "python"),
            "-m",
            "pip",
            "install",
            "-q",
            *(packages or PACKAGES[tool]),
        ]
        subprocess.run(pip, check=True, capture_output=True)
        own = subprocess.run(
            [str(binaries / "python"), "-c", "import sysconfig as s; print(s.get_path('purelib'))"],
            check=True, capture_output=True, text=True,
        ).stdout.strip()  # fmt: skip
        Path(own, "zz_torch.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return binaries


def timed(command: list[str], folder: Path, *, codes: tuple[int, ...] = (0,)) -> float:
    started = time.perf_counter()
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ['PATH']}"  # nbgrader calls alembic
    environment = {**os.environ, "PATH": path}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, check=False, timeout=300
    )
    if done.returncode not in codes:
        raise subprocess.CalledProcessError(
            done.returncode, command, stderr=done.stdout[-300:] + done.stderr[-300:]
        )
    return time.perf_counter() - started


def names() -> list[str]:
    """Of all tests, as the plain form has them."""
    code = "import plain, json; print(json.dumps(sorted(plain.tests())))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PEERS, capture_output=True, text=True, check=True
    )
    listed: list[str] = json.loads(done.stdout)
    return listed


LOAD = f"""
import sys
sys.path.insert(0, {str(PEERS)!r})
import plain
"""


def imports() -> str:
    """Of a submission's modules, as a plain test has them."""
    return "".join(f"from {slug} import *\n" for slug in os.environ["EXERCISES"].split())


def run_pytest(binaries: Path, hand_in: Path, folder: Path) -> Iterator[float]:
    test = (
        LOAD + "sys.path.insert(0, '.')\nimport pytest\n" + imports() + "\n"
        "@pytest.mark.parametrize('name', sorted(plain.tests()))\n"
        "def test_one(name):\n    plain.check(name, globals())\n"
    )
    for student in sorted(hand_in.iterdir()):
        place = Path(shutil.copytree(student, folder / student.name))
        (place / "test_all.py").write_text(test)
        command = [str(binaries / "python"), "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        yield timed([*command, "--junitxml=out.xml", "test_all.py"], place, codes=(0, 1))


def run_check50(binaries: Path, hand_in: Path, folder: Path) -> Iterator[float]:
    checks = folder / "checks"
    checks.mkdir()
    (checks / ".cs50.yml").write_text("check50:\n  files:\n    - !include '*.py'\n")
    code = "import check50\n" + LOAD + "import os\n\n"
    for name in names():
        code += (
            f"@check50.check()\ndef {name}():\n    '''{name}'''\n"
            "    sys.path.insert(0, os.getcwd())\n"
            "    names = {}\n"
            f"    exec({imports()!r}, names)\n"
            f"    try:\n        plain.check({name!r}, names)\n"
            "    except Exception as error:\n        raise check50.Failure(str(error)[:200])\n\n"
        )
    (checks / "__init__.py").write_text(code)
    for student in sorted(hand_in.iterdir()):
        place = Path(shutil.copytree(student, folder / student.name))
        command = [str(binaries / "check50"), "--dev", "-o", "json", "--output-file", "out.json"]
        yield timed([*command, str(checks)], place, codes=(0, 1))
        if '"results": [' not in (place / "out.json").read_text():
            raise RuntimeError((place / "out.json").read_text()[:300])


def cell(source: str, kind: str = "code", **grading: object) -> dict[str, object]:
    metadata = {"nbgrader": {"schema_version": 3, **grading}} if grading else {}
    one: dict[str, object] = {"cell_type": kind, "metadata": metadata, "source": source}
    one["id"] = str(grading.get("grade_id", "plain"))
    return one | {"outputs": [], "execution_count": None}


def notebook(cells: list[dict[str, object]]) -> str:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return json.dumps(
        {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    )


def modules_of(student: Path) -> str:
    return "\n\n".join(path.read_text() for path in sorted(student.glob("*.py")))


def graded_cells(source: str) -> list[dict[str, object]]:
    solution = cell(
        source, grade=False, solution=True, locked=False, task=False, grade_id="solution"
    )
    tests = [
        cell(
            f"plain.check({name!r}, globals())",
            grade=True, solution=False, locked=True, task=False, points=1, grade_id=name,
        )
        for name in names()
    ]  # fmt: skip
    setup = cell(LOAD, grade=False, solution=False, locked=True, task=False, grade_id="setup")
    return [setup, solution, *tests]


def run_nbgrader(binaries: Path, hand_in: Path, folder: Path) -> Iterator[float]:
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.root = '.'\n")
    source = folder / "source/week1/week1.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(notebook(graded_cells("### BEGIN SOLUTION\npass\n### END SOLUTION")))
    timed([str(binaries / "nbgrader"), "generate_assignment", "week1"], folder)
    for student in sorted(hand_in.iterdir()):
        place = folder / "submitted" / student.name / "week1"
        place.mkdir(parents=True)
        (place / "week1.ipynb").write_text(notebook(graded_cells(modules_of(student))))
        options = ["week1", "--student", student.name]
        yield sum(
            timed([str(binaries / "nbgrader"), verb, *options], folder)
            for verb in ("autograde", "generate_feedback")
        )


def run_otter(binaries: Path, hand_in: Path, folder: Path) -> Iterator[float]:
    tests = folder / "tests"
    tests.mkdir()
    for name in names():
        (tests / f"{name}.py").write_text(
            "from otter.test_files import test_case\n\nOK_FORMAT = False\n"
            f"name = {name!r}\npoints = 1\n\n"
            "@test_case(points=1, hidden=True)\n"
            f"def test_it(env):\n    env['plain'].check({name!r}, env)\n"
        )
    archive = folder / "autograder.zip"
    generate = [
        str(binaries / "otter"),
        "generate",
        "-t",
        "tests",
        "-o",
        str(archive),
        "--no-environment",
    ]
    timed(generate, folder)
    for student in sorted(hand_in.iterdir()):
        place = folder / student.name
        place.mkdir()
        cells = [cell(LOAD), cell(modules_of(student))]
        (place / "week1.ipynb").write_text(notebook(cells))
        yield timed(
            [str(binaries / "otter"), "run", "-a", str(archive), "-o", ".", "week1.ipynb"], place
        )


RUNS: dict[str, Callable[[Path, Path, Path], Iterator[float]]] = {
    "pytest": run_pytest,
    "nbgrader": run_nbgrader,
    "otter-grader": run_otter,
    "check50": run_check50,
}

if __name__ == "__main__":
    main()
