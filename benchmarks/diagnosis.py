"""How often hints are right, silent or wrong on code that no table was built from.

population   what it is                                             label
mutants      every generic mutant of every reference                by behaviour
dropped      references in which one option has no effect           by behaviour
pairs        two wrong answers of a function merged into one code   the two, or by behaviour
labelled     benchmarks/labelled: by hand, in other styles          in the file's name

"By behaviour": the mistakes whose answers the code also gives on calls drawn from another seed,
which the hint did not come from. A hint is right if it names nothing but what the label holds.
Files of `labelled` are FUNCTION__MISTAKE[+MISTAKE].py, FUNCTION__none.py where no known mistake
fits; a `__2` behind that only tells files apart.

    python benchmarks/diagnosis.py [--population NAME]… [--pairs 8] [--jobs 2] [SLUG…]
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import itertools
import json
import math
import random
import subprocess
import sys
import tempfile
import tokenize
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from pathlib import Path, PurePosixPath

from grader.catalog import Exercise, load_course
from grader.compare import Recording
from grader.misconceptions import Table, matching
from grader.model import FunctionResult, Submission, Verdict
from grader.pipeline import Diagnosis, wrong_answer_submission
from grader.runner import run
from grader.sandbox import Sandbox
from grader.verify.mutants import IGNORES
from grader.verify.proof import impatient
from grader.verify.shards import in_shards
from grader.verify.survival import mutants_of

ROOT = Path(__file__).resolve().parent.parent
SEED, OTHER_SEEDS = 0, (101,)
POPULATIONS = ("mutants", "dropped", "pairs", "labelled")
GOAL = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Code to get a hint for. `label` is None where behaviour decides alone."""

    population: str
    function: str
    name: str
    source: str
    label: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """What came of it: "right", "silent", "wrong", or "passes", which counts nowhere."""

    population: str
    function: str
    name: str
    outcome: str
    said: str
    label: str


# -- the populations


def mutant_samples(exercise: Exercise) -> Iterator[Sample]:
    for mutant in mutants_of(exercise):
        yield Sample(
            population="dropped" if mutant.change.startswith(IGNORES) else "mutants",
            function=mutant.function,
            name=mutant.change,
            source=mutant.source,
            label=None,
        )


def labelled_samples(exercise: Exercise) -> Iterator[Sample]:
    for path in sorted(Path(__file__).with_name("labelled").glob("*.py")):
        function, label, *_ = path.stem.split("__")
        if function in exercise.names:
            names = frozenset() if label == "none" else frozenset(label.split("+"))
            source = path.read_text(encoding="utf-8")
            yield Sample(
                population="labelled", function=function, name=path.stem, source=source, label=names
            )


def pair_samples(exercise: Exercise, count: int) -> Iterator[Sample]:
    """Up to `count` pairs of each function whose changes do not touch each other."""
    draw = random.Random(1)
    base = exercise.reference.read_text(encoding="utf-8")
    for function in exercise.names:
        wrong = {w.name: w.path for w in exercise.wrong_answers if w.function == function}
        pairs = list(itertools.combinations(sorted(wrong), 2))
        draw.shuffle(pairs)
        merged = (
            (one, two, text)
            for one, two in pairs[: 12 * count]
            if (text := merge(base, *(wrong[n].read_text(encoding="utf-8") for n in (one, two))))
        )
        for one, two, text in itertools.islice(merged, count):
            yield Sample(
                population="pairs",
                function=function,
                name=f"{one} and {two}",
                source=text,
                label=frozenset({one, two}),
            )


def merge(base: str, one: str, two: str) -> str:
    """Both changes of `base` in one module, token by token; "" if they touch each other."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("one", "base", "two")]
        for path, text in zip(paths, (one, base, two), strict=True):
            path.write_text("\n".join(tokens(text)) + "\n", encoding="utf-8")
        done = subprocess.run(
            ["git", "merge-file", "-p", *map(str, paths)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    if done.returncode:
        return ""
    pairs = [line.partition("\t")[::2] for line in done.stdout.splitlines()]
    try:
        text = tokenize.untokenize((int(kind), ast.literal_eval(value)) for kind, value in pairs)
        dump = ast.dump(ast.parse(text))
    except (SyntaxError, ValueError, IndexError):  # the changes do not make one module
        return ""
    known = {ast.dump(bare(other)) for other in (base, one, two)}
    return "" if dump in known else text


def tokens(source: str) -> list[str]:
    text = ast.unparse(bare(source)) + "\n"
    return [
        f"{token.type}\t{token.string!r}"
        for token in tokenize.generate_tokens(StringIO(text).readline)
    ]


def bare(source: str) -> ast.Module:
    """Without docstrings and annotations of functions, which differ for no reason."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef)) and ast.get_docstring(node):
            del node.body[0]
        if isinstance(node, ast.FunctionDef):
            node.returns = None
        if isinstance(node, ast.arg):
            node.annotation = None
    return tree


# -- judging


class Judge:
    """Runs samples of one exercise and judges the hints that they get."""

    def __init__(self, exercise: Exercise, sandbox: Sandbox) -> None:
        self._exercise = impatient(exercise)
        self._sandbox = sandbox
        self._diagnoses: dict[int, Diagnosis] = {}

    def judge(self, samples: Sequence[Sample], advance: Callable[[int], None]) -> list[Judged]:
        first = dict(zip(samples, self._explained(samples, SEED, advance), strict=True))
        hinted = [s for s, (function, _) in first.items() if is_open(s, said_of(function))]
        others = {sample: [] for sample in hinted}
        for seed in OTHER_SEEDS:
            for sample, (function, recording) in zip(
                hinted, self._explained(hinted, seed, lambda count: None), strict=True
            ):
                tables = self._diagnosis(seed).tables(self._exercise, sample.function)
                others[sample].append(behaves_like(function, recording, tables))
        return [judged(s, function, others.get(s, [])) for s, (function, _) in first.items()]

    def _explained(
        self, samples: Sequence[Sample], seed: int, advance: Callable[[int], None]
    ) -> Iterator[tuple[FunctionResult, Recording]]:
        exercise = self._exercise
        path = PurePosixPath(f"{exercise.slug}.py")
        submissions = [
            Submission(name=str(number), files={path: sample.source.encode()})
            for number, sample in enumerate(samples)
        ]
        graded = run([exercise], submissions, self._sandbox, seed=seed)
        for sample, one in zip(samples, graded, strict=True):
            advance(1)
            recording = one.recordings.get(exercise.slug, Recording())
            result = self._diagnosis(seed).explain(exercise, one.exercises[0], recording)
            yield next(f for f in result.functions if f.name == sample.function), recording

    def _diagnosis(self, seed: int) -> Diagnosis:
        if seed not in self._diagnoses:
            exercise, wrong = self._exercise, self._exercise.wrong_answers
            submissions = [wrong_answer_submission(exercise, one) for one in wrong]
            graded = run([exercise], submissions, self._sandbox, seed=seed)
            answers = {
                one: result.recordings.get(exercise.slug, Recording()).answers()
                for one, result in zip(wrong, graded, strict=True)
            }
            self._diagnoses[seed] = Diagnosis(self._sandbox, seed)
            self._diagnoses[seed].know(exercise, answers)
        return self._diagnoses[seed]


def is_open(sample: Sample, said: frozenset[str]) -> bool:
    """Whether behaviour has to decide, with other seeds."""
    unlabelled = said - (sample.label or frozenset())
    if sample.population == "labelled":
        return any(one.startswith("without ") for one in unlabelled)
    return bool(unlabelled)


def said_of(function: FunctionResult) -> frozenset[str]:
    """The mistakes that its hints name, and "without OPTION" for options without effect."""
    named = {test.misconception for test in function.tests if test.hint}
    if not named and function.hint:
        named = {f"without {option}" for option in function.ignores}
    return frozenset(named)


def behaves_like(
    function: FunctionResult, recording: Recording, tables: Sequence[Table]
) -> frozenset[str]:
    found = matching(list(recording.of(function.name)), tables)
    names = {table.name for tables in found.values() for table in tables}
    return frozenset(names | {f"without {option}" for option in function.ignores})


def judged(sample: Sample, function: FunctionResult, others: Sequence[frozenset[str]]) -> Judged:
    said = said_of(function)
    behaviour = frozenset.intersection(*others) if others else frozenset()
    label = sample.label
    if sample.population != "labelled":
        label = behaviour | (label or frozenset())
    assert label is not None
    allowed = label | {one for one in behaviour if one.startswith("without ")}
    if function.verdict is Verdict.PASSED:
        outcome = "passes"
    elif not said:
        outcome = "silent"
    else:
        outcome = "right" if said <= allowed else "wrong"
    return Judged(
        population=sample.population,
        function=sample.function,
        name=sample.name,
        outcome=outcome,
        said=", ".join(sorted(said)),
        label=", ".join(sorted(label)) or "none",
    )


# -- figures


def interval(hits: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """The exact (Clopper-Pearson) interval of a share."""
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else bisect(lambda p: 1 - below(hits, of, p) - tail)
    high = 1.0 if hits == of else bisect(lambda p: tail - below(hits + 1, of, p))
    return low, high


def below(hits: int, of: int, share: float) -> float:
    """The probability of fewer than `hits` of `of`."""
    return math.fsum(
        math.comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(hits)
    )  # fmt: skip


def bisect(rising: Callable[[float], float]) -> float:
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return low


def report(found: Sequence[Judged]) -> bool:
    print("| population | code | right | silent | wrong | wrong, per cent (95 %) |")
    print("|---|---:|---:|---:|---:|---|")
    for population in (*POPULATIONS, "all"):
        own = [j for j in found if population in (j.population, "all") and j.outcome != "passes"]
        if own:
            counts = Counter(judged.outcome for judged in own)
            low, high = (100 * share for share in interval(counts["wrong"], len(own)))
            row = f"| {population} | {len(own)} | {counts['right']} | {counts['silent']} |"
            share = 100 * counts["wrong"] / len(own)
            print(f"{row} {counts['wrong']} | {share:.1f} ({low:.1f} to {high:.1f}) |")
    passing = sum(judged.outcome == "passes" for judged in found)
    print(f"\n{passing} more pass every test.")
    for judged in found:
        if judged.outcome == "wrong":
            print(f"wrong: {judged.population}: {judged.function}: {judged.name}")
            print(f"    said {judged.said}; label {judged.label}")
    counted = [judged for judged in found if judged.outcome != "passes"]
    return sum(j.outcome == "wrong" for j in counted) <= GOAL * len(counted)


def main() -> int:
    """Print the table and every wrong hint; 1 if more than 2 % are wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slugs", nargs="*")
    parser.add_argument("--population", action="append", choices=POPULATIONS)
    parser.add_argument("--pairs", type=int, default=8, help="of each function")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--save", type=Path, help="what came of each sample so far, as JSON")
    options = parser.parse_args()
    course = load_course(ROOT)
    exercises = [course.exercise(slug) for slug in options.slugs] or [*course.exercises.values()]
    populations = options.population or POPULATIONS

    def samples_of(exercise: Exercise) -> list[Sample]:
        every = itertools.chain(
            mutant_samples(exercise) if {"mutants", "dropped"} & {*populations} else (),
            pair_samples(exercise, options.pairs) if "pairs" in populations else (),
            labelled_samples(exercise) if "labelled" in populations else (),
        )
        return [sample for sample in every if sample.population in populations]

    @contextlib.contextmanager
    def open_shard() -> Iterator[Callable[[Exercise, Callable[[int], None]], list[Judged]]]:
        with Sandbox() as sandbox:
            yield lambda exercise, advance: Judge(exercise, sandbox).judge(
                samples_of(exercise), advance
            )

    exercises.sort(key=lambda exercise: len(exercise.wrong_answers))
    found: list[Judged] = []
    for _, judged in in_shards(exercises, options.jobs, open_shard, lambda count: None):
        found += judged
        if options.save:
            options.save.write_text(json.dumps([asdict(one) for one in found], indent=1))
    found.sort(key=lambda j: (POPULATIONS.index(j.population), j.function, j.name))
    return 0 if report(found) else 1


if __name__ == "__main__":
    sys.exit(main())
