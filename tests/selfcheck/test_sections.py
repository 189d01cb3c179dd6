"""The section to read again is the one that explains, not the one that forbids."""

import pytest

from grader.catalog import load_exercise
from grader.selfcheck.sections import sections_of


@pytest.mark.parametrize(
    ("slug", "function", "title"),
    [
        ("loss", "softmax", "From scores to probabilities"),
        ("loss", "log_softmax", "From scores to log-probabilities"),
        ("architectures", "topk_error", "What to do: topk_error"),
        ("convolution_types", "receptive_field", "Receptive field: how far a pixel looks"),
        ("image_kernels", "filter2d", "The idea"),
    ],
)
def test_each_function_has_the_section_that_explains_it(root, slug, function, title):
    folder = root / "exercises" / slug
    found = sections_of(folder / "README.md", load_exercise(folder).names)
    assert found[function].title == title


def test_no_function_is_sent_to_where_nothing_is_explained(root):
    for statement in sorted((root / "exercises").glob("*/README.md")):
        names = load_exercise(statement.parent).names
        titles = {section.title for section in sections_of(statement, names).values()}
        assert not titles & {"What you may use", "Why it matters", "How to check your work"}


def test_without_a_statement_there_is_no_section(tmp_path):
    assert sections_of(tmp_path / "README.md", ["relu"]) == {}
    (tmp_path / "README.md").write_text("no heading")
    assert sections_of(tmp_path / "README.md", ["relu"]) == {}
