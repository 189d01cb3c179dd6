import pytest

from grader.runner.proxy import FunctionProxy
from grader.steps import HARNESSES, REPORTS


class Asked(Exception):
    """The batch would be made now; nobody needs it here."""


class Context:
    """Notes only whether a pass counts on its own."""

    is_basic_needed = False

    def needs_basic(self):
        self.is_basic_needed = True

    def ask(self, make):
        raise Asked


@pytest.mark.parametrize("harness", ["", *HARNESSES])
def test_what_the_worker_says_of_itself_counts_only_with_the_basic_tests(harness):
    context = Context()
    with pytest.raises(Asked):
        FunctionProxy(context, "work").inside(harness).agrees_with(print, [])
    assert context.is_basic_needed is (harness in REPORTS)
