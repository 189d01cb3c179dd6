"""Sentences in the results of tests: what differs from what is asked, and what gave no answer."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["TEXTS"]

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        # What differs
        "differs.value": "The value is wrong.",
        "differs.values.one": "1 of {total} values is wrong.",
        "differs.values.many": "{n:,} of {total} values are wrong.",
        "differs.shape": "The result has shape {got}; {wanted} was due.",
        "differs.dtype": "The result is {got}; {wanted} was due.",
        "differs.type": "The result is {got}; {wanted} was due.",
        "differs.length": "It returned {got} values; {wanted} were due.",
        "differs.keys": "The keys of the dict differ.",
        "differs.at.key": "At key {key}: {sentence}",
        "differs.at.place": "Value {place} of {total}: {sentence}",
        "differs.no array": "The result is an array of a kind or size that cannot be made.",
        "differs.raised": "It raised {error} instead of returning.",
        "differs.signature": "It is called as it was handed out: keep the names, the order and the "
        "defaults of its parameters.",
        "differs.detached": "The gradient is asked for here: compute with torch alone, since "
        "`.detach()` would cut the result off.",
        "differs.no error": "An error is due here ({documented}), and it returned.",
        "differs.other error": "It failed with {error}, which is not a check of its input.",
        "differs.wrote": "It wrote into {names}, which belongs to the caller.",
        "differs.no gradient": "No gradient could be taken.",
        "differs.cut off": "No gradient reaches `{name}`: the result is cut off from it, as by "
        "`.detach()`, `.item()`, `torch.tensor(…)`, numpy or `torch.no_grad()`.",
        "differs.gradient": "The gradient with respect to `{name}` is wrong.",
        "differs.gradient.shown": "Shown is `{name}.grad` after "
        "`({function}(…) * w).sum().backward()`; `w` holds fixed numbers, one for each element "
        "of the result, so that each counts differently.",
        "differs.gradient.all": "Shown is the gradient of a sum of all values that `{function}` "
        "returns, each times a fixed number, so that each counts differently.",
        "side.expected": "expected",
        "side.got": "got",
        "side.expected.gradient": "gradient expected",
        "side.got.gradient": "gradient got",
        "tolerated.kind": "It returns {got} where {wanted} is asked for.",
        "tolerated.dtype": "The result is {got}; {wanted} was due.",
        "tolerated.error": "It raises {got}; the docstring says {documented}.",
        "kind.tensor": "a tensor with {n} dimensions",
        "kind.tensor.1": "a tensor with one dimension",
        "kind.tensor.0": "a 0-d tensor",
        "kind.array": "a numpy array",
        "kind.number": "numpy's {dtype}",
        "kind.object": "an object of type {name}",
        "kind.a": "a {name}",
        "kind.an": "an {name}",
        "differs.kind": "It answered with a value of an unexpected kind.",
        "differs.claim": "What this test claims does not hold for what it answered.",
        "differs.second time": "Asked a second time, the same call gave another result.",
        # What was found of a function
        "found.missing": "There is no function `{name}` in what was handed in.",
        "found.near": "There is no `{name}`; the nearest name found is `{near}`{line}.",
        "found.stub": "`{name}` is still the stub from exercises/{slug}.",
        "found.signature": "`{name}({got})` cannot take the calls of this exercise; its signature "
        "is `{name}({wanted})`.",
        "found.forbidden": "`{call}` is not to be used in `{name}`.",
        "found.calls forbidden": "`{name}` makes a call that this exercise does not allow, so it "
        "scores 0; without that, its tests would give {points} points.",
        "found.stand in": "Right once your {names} is: this was tested with a right one in its "
        "place.",
        "right.when": "`{name}` is {value}",
        "hint.nothing": "The function returns nothing, which is None. Is a `return` missing? "
        "`print` only shows a value.",
        "hint.no effect": "The result does not depend on {names}. Check where it enters the "
        "computation.",
        "found.needed": "This needs `{name}`, which is not there yet.",
        "found.unlooked": "No test looked at it.",
        "author.test raised": "For the author: this test raised {error}.",
        "author.no training": "For the author: the training could not be judged ({error}).",
        "author.no hint": "For the author: no hint could be looked for ({error}).",
        "and": " and ",
        "or": " or ",
        # No answer
        "failed.raised": "It raised {error}.",
        "failed.too much": "All that your code returned together takes more than {limit} MiB; the "
        "results that are asked for are far smaller.",
        "failed.gone": "What `{name}` returned is gone with its worker.",
        "failed.strikes": "`{name}` was not called here: it had to be stopped or stopped itself "
        "{n} times before. {sentence}",
        "failed.restarts": "Too many calls ended the process; this one was not made.",
        "failed.all time": "The time for the whole submission was used up.",
        "failed.empty": "What came back was no answer.",
        "failed.none": "No answer came.",
        "failed.parent": "The code brought down the process it was started from, twice.",
        "failed.time": "Your code was stopped: it still ran after {limit}.",
        "failed.cpu": "Your code was stopped: it had computed for {limit}, all that it may.",
        "failed.memory": "Your code asked for more than {limit} of memory.",
        "failed.output": "Your code was stopped: it printed more than {limit}.",
        "failed.no answer": "What came back from your code is not an answer the grader takes: "
        "{reason}.",
        "failed.hung up": "it closed the connection to the grader",
        "failed.exit": "Your code ended the Python process (exit status {code}) before it "
        "answered. Remove calls such as os._exit().",
        "failed.crash": "Your code crashed Python itself ({crash}). A recursion that does not "
        "end, or memory reached around Python, can do this.",
        "crash.SIGSEGV": "segmentation fault",
        "crash.SIGBUS": "bus error",
        "crash.SIGILL": "illegal instruction",
        "crash.SIGFPE": "arithmetic error",
        "crash.SIGABRT": "abort",
        "crash.SIGSYS": "a system call that does not exist here",
        "crash.SIGTRAP": "trap",
        "crash.signal": "signal {number}",
        "seconds.one": "1 second",
        "seconds.many": "{n:g} seconds",
        # What could not be read
        "unread.files": "The files could not be read.",
        "unread.files.why": "The files could not be read: {error}",
        "unread.reading": "While the files were read: {sentence}",
        "unread.loading": "While the file was loaded: {sentence}",
        "unread.loading failed": "Loading failed: {error}",
        "unread.again": "The file could not be loaded again.",
        "unread.function": "It could not be loaded: {error}",
        "unread.line": " (line {line})",
        "unread.cell": " (line {line} of cell {cell})",
        # Notebooks that are run
        "notebook.not run": "This notebook was not run: {problem}.",
        "notebook.no answer": "What came back was no answer: {error}.",
        "notebook.failed": "This notebook could not be run: {sentence}",
        "notebook.time": "The notebook had run for {seconds:g} seconds, all that it may: this cell "
        "and those after it were not run.",
        "notebook.ended": "Cell {cell} ended the process that ran the notebook, and the cells "
        "after it were not run. The functions were graded by their definitions, from the whole "
        "notebook.",
        "notebook.cell": "Cell {cell}: {what}",
        "notebook.cell error": "Cell {cell} stopped with {what}",
        "notebook.cell time": "Cell {cell} took too long and was stopped: {what}",
        "notebook.not kept": "[not kept: {names}]",
        # Remarks above the results
        "remark.teacher": "From your teacher: {text}",
        "remark.corrected": "Your teacher looked at this attempt and set its points to {points}.",
        "remark.answer": "Your teacher's answer to your request: {text}",
        "remark.points": "(The points were set to {points}.)",
        "remark.misplaced": "This looks like {others}; expected was {expected}.",
        # Points
        "points.basic first": "This counts once the basic tests of the function pass.",
    }
)
