"""What goes wrong in a first network: each mistake is named or fails, though accuracy may pass."""

import pytest

from grader.model import Verdict
from tests.training.conftest import verdicts, words
from tests.training.variants import HARMFUL, HARMLESS, REFERENCE

pytestmark = pytest.mark.sandbox


@pytest.mark.parametrize("name", HARMFUL)
def test_a_harmful_variant_is_named_or_fails(grade, name):
    source, failing, said = HARMFUL[name]
    result = grade(source)
    if failing:
        assert verdicts(result)[failing] is Verdict.FAILED
    assert said in words(result)


def test_the_reference_passes_its_structural_tests(grade):
    result = grade(REFERENCE.read_bytes())
    model = next(f for f in result.functions if f.name == "MnistCNN")
    assert model.points == model.max_points
    assert len(result.training.notes) == 1


def test_log_softmax_before_cross_entropy_is_harmless_and_gets_a_note(grade):
    result = grade(HARMLESS, own_step=False)
    assert verdicts(result)["outputs_fit_the_loss"] is Verdict.PASSED
    assert "changes nothing" in words(result)
