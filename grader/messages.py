"""Every text of ours that a student reads on a page, keyed by id: a translation is one file.

An id ends in `.one` or `.many` where a number decides; `plural` picks between them. What authors
wrote (titles, hints, stated sentences) and what students wrote never passes through here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["LANGUAGE", "TEXTS", "plural", "say"]

LANGUAGE = "en"

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        # The page as a whole
        "page.title": "{points} of {total} points · {name} · feedback",
        "page.kicker": "Feedback",
        "page.skip": "Skip to the results",
        "page.staff": "Staff view: it shows what students do not see. Do not pass it on.",
        "page.cut": "This page was shortened to stay under 2 MB: {what}. The points are complete.",
        "page.cut.source": "long files are cut",
        "page.cut.details": "only the first {n} failures are explained",
        "page.cut.tests": "only the first {n} tests are listed",
        "page.cut.functions": "only the first {n} functions are listed",
        "page.hidden.one": "1 more test counts towards the points and is not shown.",
        "page.hidden.many": "{n} more tests count towards the points and are not shown.",
        "plain.slow": "This page would have taken too long to make, so it is a plain list. "
        "The points are complete.",
        "plain.slow.staff": "The page took over 2 seconds to render, so the student got a plain "
        "list with points, verdicts and hints.",
        "plain.failed": "The full page of this attempt could not be made. That is the grader's "
        "fault, not yours: the points stand, and your teacher was told.",
        "plain.failed.staff": "The page could not be rendered ({error}), so the student got one "
        "with the points only. Please report this; results.json holds everything.",
        # The score in words
        "score.heading": "Score",
        "score.of": "of {total} points",
        "score.points": "{points} of {total}",
        "score.bar": "{points} of {total} points. {parts}",
        "score.bar.part": "{name}: {points} of {total}.",
        "score.void": "This grading does not count: the grader failed, not your work. "
        "Nothing is lost; ask your teacher to run it again.",
        "score.full": "Everything passes. Well done.",
        "score.full.notes": "Everything passes. A few notes below may still be of use.",
        "score.most.one": "Most of it works; one thing is left to fix.",
        "score.most.many": "Most of it works; {n} things are left to fix.",
        "score.half.one": "A good part works; one thing is left to fix.",
        "score.half.many": "A good part works; {n} things are left to fix.",
        "score.some.one": "A start is made; one thing is in the way of most points.",
        "score.some.many": "A start is made; {n} things are left to fix.",
        "score.none.one": "No points yet. The step below is the place to begin.",
        "score.none.many": "No points yet. The first step below is the place to begin.",
        "score.empty": "There was nothing to grade.",
        "overview.heading": "Overview",
        "overview.function": "Function",
        "overview.state": "Result",
        "overview.tests": "Tests passed",
        "overview.points": "Points",
        "overview.passed": "{passed} of {total}",
        # What to do next
        "next.heading": "What to do next",
        "next.lead": "Most points to gain first.",
        "next.gain": "+{points}",
        "next.gain.words": "{points} points to gain",
        "next.MISSING": "Write `{name}`, or give it that name: it was not found.",
        "next.MISSING.near": "Rename `{near}` to `{name}`, if that is the function meant.",
        "next.UNREADABLE": "Repair `{name}`: what stands there is not valid Python.",
        "next.STUB": "Write `{name}`: it still holds the stub.",
        "next.FORBIDDEN": "Write `{name}` without the call that the exercise asks you to replace.",
        "next.cause.one": "Fix `{name}`: {title}",
        "next.cause.many": "Fix `{name}`: {n} tests fail for the same reason. {title}",
        "next.after": "It uses your {names}: fix that first.",
        "next.more.one": "One smaller step follows further down.",
        "next.more.many": "{n} smaller steps follow further down.",
        # Attempts so far
        "history.heading": "Attempts so far",
        "history.column": "Attempt",
        "history.attempt": "Attempt {n}",
        "history.this": "this one",
        "history.when": "Handed in",
        "history.points": "Points",
        "history.fixed.one": "1 test newly passes",
        "history.fixed.many": "{n} tests newly pass",
        "history.broken.one": "1 test newly fails",
        "history.broken.many": "{n} tests newly fail",
        "history.same": "The same tests pass and fail as in attempt {n}.",
        "history.since": "Since attempt {n}:",
        # Filter and search
        "filter.label": "Choose which tests are shown",
        "filter.all": "All",
        "filter.fix": "To fix",
        "filter.passed": "Passed",
        "filter.search": "Search",
        "filter.count": "{shown} of {total} tests shown",
        "filter.none": "No test fits. Clear the search to see all of them.",
        # The class
        "class.title": "{assignment} · {n} submissions · class",
        "class.staff": "Staff view: it names students. Do not pass it on.",
        "class.summary": "Summary",
        "class.count": "Submissions",
        "class.mean": "Mean",
        "class.median": "Median",
        "class.middle": "Middle half",
        "class.middle.value": "{low} to {high}",
        "class.full": "Full points",
        "class.of": "{points} of {total}",
        "class.share": "{n} ({percent} %)",
        "class.distribution": "Points",
        "class.distribution.text": "How many submissions have which share of the points: {bins}.",
        "class.distribution.bin": "{low} to {high} %: {n}",
        "class.rows": "Submissions",
        "class.name": "Name",
        "class.total": "Points",
        "class.attempts": "Attempts",
        "class.handed_in": "Handed in",
        "class.flags": "Remarks",
        "class.filter": "Filter submissions",
        "class.filter.count": "{shown} of {total} submissions shown",
        "class.filter.none": "No submission fits. Clear the search to see all of them.",
        "class.none": "not handed in",
        "class.items": "Tests, hardest first",
        "class.items.lead": "Discrimination: how much more often the better half of the class "
        "passes the test than the other half, from -1 to 1. Near or below 0: look at the test.",
        "class.items.function": "Function",
        "class.items.title": "Test",
        "class.items.tier": "Tier",
        "class.items.passed": "Passed",
        "class.items.discrimination": "Discrimination",
        "class.known": "Misconceptions, most frequent first",
        "class.known.function": "Function",
        "class.known.hint": "What the result matches",
        "class.known.count": "Submissions",
        "class.clusters": "Submissions that are alike",
        "class.clusters.lead": "Alike is not copied: short functions have few shapes. "
        "Read them side by side before you conclude anything.",
        "class.clusters.share": "{percent} % alike",
        "class.files": "Files",
        "class.empty": "Nothing was handed in yet.",
        # Verdicts
        "verdict.PASSED": "Passed",
        "verdict.FAILED": "Failed",
        "verdict.ERROR": "Crashed",
        "verdict.TIMEOUT": "Too slow",
        "verdict.MEMORY": "Out of memory",
        "verdict.OUTPUT": "Printed too much",
        "verdict.FORBIDDEN": "Forbidden call",
        "verdict.SKIPPED": "Not run",
        "verdict.INTERNAL": "Grader failed",
        "state.MISSING": "Missing",
        "state.UNREADABLE": "Cannot be read",
        "state.STUB": "Not written yet",
        "state.PARTLY": "Partly right",
        "verdict.ERROR.sentence": "The function stopped before it gave an answer.",
        "verdict.TIMEOUT.sentence": "The call did not finish within its time limit. "
        "Look for a loop whose condition never becomes false.",
        "verdict.MEMORY.sentence": "The call used more memory than its limit. "
        "Look for a list or tensor that grows in a loop.",
        "verdict.OUTPUT.sentence": "The code printed more than the limit. "
        "Remove print calls inside loops.",
        "verdict.FORBIDDEN.sentence": "The code calls the function that this exercise asks you to "
        "write, so these points are not given.",
        "verdict.SKIPPED.sentence": "This test was not run.",
        "verdict.INTERNAL.sentence": "The grader failed here, not your code. It costs no points.",
        "function.MISSING": "`{name}` was not found in what you handed in. "
        "Define a function with exactly this name.",
        "function.MISSING.near": "`{name}` was not found in what you handed in. "
        "The nearest name is `{near}`: rename it, if that is the function meant.",
        "function.STUB": "`{name}` still holds the stub. "
        "Replace the line that raises NotImplementedError by your code.",
        "function.waiting.one": "1 test waits for it",
        "function.waiting.many": "{n} tests wait for it",
        "function.passed.one": "1 test passed",
        "function.passed.many": "{n} tests passed",
        "function.points": "{points} of {total} points",
        "function.right": "Right whenever {when}.",
        "function.where": "Defined in",
        "function.uses": "Uses your {names}.",
        "function.tiers": "Tests of {name} by tier",
        "tier.heading": "Tier",
        "tier.tests": "Tests passed",
        "tier.points": "Points",
        "tier.basic": "basic",
        "tier.parameters": "parameters",
        "tier.edge": "edge",
        "tier.passed": "{passed} of {total} tests",
        # One failed test
        "test.states": "The statement says:",
        "test.case": "Smallest failing case",
        "test.cases": "{failing} of {total} cases fail; this is the smallest.",
        "test.cases.single": "The test asks one case.",
        "test.expected": "Expected",
        "test.got": "Got",
        "test.facet": "What differs: {facet}.",
        "test.where": "In your code:",
        "test.snippet": "Try it yourself",
        "test.copy": "Copy",
        "test.copied": "Copied",
        "test.copy.manual": "Select the text and copy it",
        "test.cause": "Likely cause",
        "test.concept": "Read about it: {title}",
        "test.one.one": "1 test",
        "test.one.many": "{n} tests, one cause",
        "test.same.one": "1 more test fails for the same reason",
        "test.same.many": "{n} more tests fail for the same reason",
        "test.basic.first": "It scores only once the basic tests of `{name}` pass.",
        "test.show.hint": "Students see the hint of this test, not its case.",
        "test.show.verdict": "Students see only the verdict of this test.",
        "test.show.hidden": "Students do not see this test.",
        "facet.exception": "an error was raised where an answer was expected",
        "facet.no exception": "an answer was returned where an error is stated",
        "facet.type": "the type",
        "facet.shape": "the shape",
        "facet.dtype": "the dtype",
        "facet.value": "the value",
        "facet.mutation": "the argument was changed",
        "facet.gradient": "the gradient",
        "facet.repeatable": "the second call gave another answer than the first",
        "facet.crash": "no answer came",
        # Arrays
        "array.error": "an error",
        "array.shape": "{dtype}, shape {shape}",
        "array.scalar": "{dtype}, a single number",
        "array.empty": "{dtype}, shape {shape}: no elements",
        "array.block": "[{index}, :, :]",
        "array.cut": "The first {shown} of {total} elements.",
        "array.window": "The part {part}, {shown} of {total} elements.",
        "array.more.one": "1 more block is not shown.",
        "array.more.many": "{n} more blocks are not shown.",
        "array.differs": "differs",
        "array.beyond": "The first difference is at {at}, beyond the elements shown.",
        "array.heat": "Size of the difference, element by element",
        "array.heat.text": "{wrong} of {total} elements differ; "
        "the largest difference is {largest}, at {at}.",
        "array.heat.text.part": "{wrong} of the {total} elements shown differ; "
        "the largest difference among them is {largest}, at {at}.",
        "array.heat.first": "At {at}: expected {expected}, got {got}.",
        "array.heat.low": "equal",
        "array.heat.high": "{largest}",
        "array.heat.nan": "not a number on one side",
        # Training
        "figure.percent": "{number}\u00a0%",
        "training.heading": "Training",
        "training.none": "Training came to no model that could be evaluated; the notes say why.",
        "training.accuracy": "The trained model recognises {percent} of the images that it had "
        "not seen: {correct} of {total}.",
        "training.baseline": "Before training it was {percent}.",
        "training.budget.within": "Training took {used} reference epochs; the budget is {budget}.",
        "training.budget.over": "Training took {used} reference epochs, {over} above the budget of "
        "{budget}. Fewer epochs, fewer channels or a larger stride save time.",
        "training.size.within": "It has {parameters} parameters; at most {most} are allowed.",
        "training.size.over": "It has {parameters} parameters, {over} more than the {most} "
        "allowed. Pool once more before the first linear layer: most of them are there.",
        "training.flags": "For staff: an honest model hardly shows this. Look before you judge.",
        "training.data": "Data",
        "training.images": "Images",
        "training.images.value": "{train} an epoch to learn from, {held_out} unseen to evaluate",
        "training.steps": "Steps",
        "training.steps.value": "{steps} of batch size {batch}, epochs: {epochs}, {optimizer}",
        "training.parameters": "Parameters",
        "training.macs": "Multiplications",
        "training.macs.value": "{macs} an image; LeNet needs 416,520",
        "training.each": "One image",
        "training.each.value": "{ms} ms to evaluate",
        "training.time": "Time",
        "training.time.value": "{cpu} s of processor time; an epoch of the reference model took "
        "{epoch} s beside it",
        "training.device": "Device",
        "training.device.value": "{device}, {threads}, seed {seed}",
        "training.threads.one": "1 thread",
        "training.threads.many": "{n} threads",
        "training.repeats": "Other seeds",
        "training.repeats.value": "{low} to {high} over {n} seeds",
        "training.hash": "Parameters' hash",
        "gate.text": "Points for accuracy rise from {low} to {high}; the mark is this model.",
        "gate.full": "That is above {high}, where all points for accuracy are given.",
        "gate.inside": "Points for accuracy rise from {low} to {high}: {missing} more give all.",
        "gate.below": "Points for accuracy begin at {low}: {missing} are missing.",
        "plot.table": "The same as a table",
        "curve.heading": "Learning curve: loss by epoch",
        "curve.epochs": "epochs",
        "curve.loss": "loss",
        "curve.text": "The loss goes from {first} to {last} within {epoch} epochs; the "
        "least is {least}.",
        "curve.short": "There are too few steps to see a trend: train for more of them.",
        "curve.nan": "The loss was no longer a number: try a smaller learning rate.",
        "curve.flat": "The loss hardly fell: look at the learning rate, and whether the optimiser "
        "gets the parameters of this model.",
        "curve.rising": "The loss rose again towards the end: try a smaller learning rate.",
        "curve.falling": "The loss was still falling at the end: train longer or with a somewhat "
        "larger learning rate, if the budget allows.",
        "curve.level": "The loss had levelled off: more epochs will change little; let the "
        "learning rate fall towards the end, or give the model another layer.",
        "confusion.heading": "Which class was taken for which",
        "confusion.lead": "Rows are what an image shows, columns what the model said. On the "
        "diagonal it was right; the stronger the colour of another field, the more images.",
        "confusion.none": "No image was taken for another class.",
        "confusion.pair": "{label} for {predicted} ({n} of {total})",
        "confusion.text": "Most often one was taken for another: {pairs}.",
        "confusion.try": "Look at some images of {label} and {predicted}: what tells them apart, "
        "and is it still there after the first pooling?",
        "mistakes.heading": "Most confident mistakes",
        "mistakes.try": "Is the label wrong, the image odd, or would you have known? For the last "
        "kind more training or small shifts of the images help.",
        "mistakes.text": "A {label}, taken for {predicted} with {percent}",
        "mistakes.caption": "{label}, not {predicted}",
        "filters.heading": "Filters of the first layer",
        "filters.text": "{n} of {total} filters of {height} by {width} weights, from black "
        "(most negative) over grey (0) to white (largest)",
        "filters.try": "Trained filters show edges, strokes or spots. Where all look like noise, "
        "train longer or with a larger learning rate.",
        "layers.heading": "Layers: gradients, updates and dead channels",
        "layers.try": "The update ratio is the size of one step over the size of the weights. "
        "About 0.001 is usual; far less learns slowly, far more forgets: change the learning rate.",
        "layers.name": "Parameter",
        "layers.shape": "Shape",
        "layers.gradient": "Gradient norm",
        "layers.update": "Update ratio",
        "layers.slow": " (slow)",
        "layers.fast": " (fast)",
        "rectifiers.row.one": "Behind activation {number}, 1 of {channels} channels never fires.",
        "rectifiers.row.many": "Behind activation {number}, {n} of {channels} channels never fire.",
        "rectifiers.try": "A few are usual; where most are silent, try a smaller learning rate.",
        # Drawings
        "draw.size": "The input is {size} long, with padding {padding} on each side.",
        "draw.size.windows.one": "A window that spans {reach} fits in 1 place.",
        "draw.size.windows.many": "A window that spans {reach} lies in {n} places, {step} apart.",
        "draw.size.some": "Drawn are {shown} of them.",
        "draw.size.none": "The window spans {reach}: it does not fit into {total}.",
        "draw.size.left.one": "1 cell at the end is left over.",
        "draw.size.left.many": "{n} cells at the end are left over.",
        "draw.size.over": "The last window reaches beyond the end.",
        "draw.pad.zeros": "Mode zeros: the border is 0.",
        "draw.pad.replicate": "Mode replicate: the border repeats the nearest input cell.",
        "draw.pad.reflect": "Mode reflect: the border mirrors the inside; the edge itself is not "
        "repeated.",
        "draw.pad.circular": "Mode circular: the border continues with the opposite side.",
        "draw.window": "The {tall} by {wide} window over the input that gives element {at}.",
        # Notes, source, provenance
        "notes.heading": "Notes",
        "source.heading": "Your code",
        "source.cut": "The rest of this file is not shown.",
        "source.cell": "Cell {cell}",
        "source.holds": "holds",
        "source.output": "Output in the notebook, as text",
        "source.marked.one": "1 line is marked",
        "source.marked.many": "{n} lines are marked",
        "source.empty": "This file is empty.",
        "text.cut": "… ({n} more characters)",
        "where.line": "{path}, line {line}",
        "where.cell": "{path}, cell {cell}, line {line}",
        "where.cell.only": "{path}, cell {cell}",
        "about.heading": "How this was graded",
        "about.lead": "The same files, seed and versions give the same results.",
        "about.files": "Files",
        "about.hash": "SHA-256",
        "about.reference": "Reference",
        "about.reference.value": "{reference} (quote it when you ask about these results)",
        "about.versions": "Versions",
        "about.versions.value": "grader {grader}, Python {python}, torch {torch}",
        "about.machine": "Machine",
        "about.seed": "Seed",
        "about.isolation": "Isolation",
        "isolation.namespaces": "namespaces: a process of its own without network or other files",
        "isolation.landlock": "landlock: limited access to files, no network",
        "isolation.process": "process: a process of its own, not isolated",
    }
)


def say(key: str, /, **values: object) -> str:
    """The text of one id with its placeholders filled.

    Raises:
        KeyError: no such id, or a placeholder without a value.
    """
    text = TEXTS[key]
    return text.format(**values) if values or "{" in text else text


def plural(key: str, n: int, /, **values: object) -> str:
    """The text for `n` things: `key.one` for 1, else `key.many`, which may use {n}."""
    return say(f"{key}.one" if n == 1 else f"{key}.many", n=n, **values)
