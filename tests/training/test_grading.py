import dataclasses
import gzip

import pytest

from grader.errors import DataError, ExerciseError
from grader.model import Audience, Show, attempt_from_json, attempt_to_json
from grader.pipeline import grade as grade_all
from grader.scoring import filter_for
from grader.training import Trainer, TrainingOptions
from tests.training.conftest import hidden_results, verdicts
from tests.training.variants import REFERENCE

ACCEPTED = REFERENCE.parent / "accepted"


@pytest.mark.sandbox
@pytest.mark.parametrize("name", ["own_training", "sequential"])
def test_accepted_solutions_are_sound_and_have_no_flags(grade, name):
    result = grade((ACCEPTED / f"{name}.py").read_bytes())
    model = next(f for f in result.functions if f.name == "MnistCNN")
    assert model.points == model.max_points, [t.sentence for t in model.tests]
    assert result.training.flags == ()


@pytest.mark.sandbox
def test_results_are_complete_in_order_and_survive_json(root, mnist, sandbox):
    from pathlib import PurePosixPath

    from grader.model import Submission

    files = {PurePosixPath("mnist.py"): REFERENCE.read_bytes()}
    options = TrainingOptions(data="subset", device="cpu", repeat=2)
    (graded,) = grade_all(
        "c", "a", [mnist], [Submission(name="x", files=files)], sandbox, seed=1, training=options
    )
    (result,) = graded.attempt.exercises
    assert [f.name for f in result.functions] == [f.name for f in mnist.functions]
    training = result.training
    assert training.own_step
    assert len(training.accuracies) == 2
    assert any("Trained with 2 seeds" in note.text for note in training.notes)
    assert sum(map(sum, training.confusion)) == training.held_out
    assert training.curve[-1].step == training.steps
    assert training.filters.shape == (10, 1, 5, 5)
    assert len(training.layers) == 8
    assert training.macs == 480_500
    spent = training.measured
    assert 0 < spent.cpu_seconds < spent.total_cpu_seconds <= graded.attempt.measured.cpu_seconds
    assert 0 < spent.wall_seconds < spent.total_wall_seconds < graded.attempt.measured.wall_seconds
    assert 4 << 20 < spent.peak_bytes < 2 << 30  # the images alone are 13 MB
    assert attempt_from_json(attempt_to_json(graded.attempt)) == graded.attempt
    seen = filter_for(graded.attempt, Audience.STUDENT).exercises[0].training
    assert seen.mistakes == seen.flags == ()
    assert (
        filter_for(graded.attempt, Audience.STUDENT, show=Show.HIDDEN).exercises[0].training is None
    )


@pytest.mark.sandbox
def test_a_course_may_train_in_channels_last_layout(grade, mnist, sandbox):
    settings = mnist.training.model_copy(update={"layout": "channels-last"})
    exercise = dataclasses.replace(mnist, training=settings)
    options = TrainingOptions(data="subset", device="cpu")
    source = REFERENCE.read_bytes()
    (usual, laid_out) = (
        grade(source, own_step=False, by=Trainer(one, sandbox, 1, options))
        for one in (mnist, exercise)
    )
    assert verdicts(usual) == verdicts(laid_out)
    assert laid_out.training.accuracy == pytest.approx(usual.training.accuracy, abs=0.02)
    assert not any("channels-last" in note.text for note in laid_out.training.notes)


@pytest.mark.sandbox
def test_a_stub_is_not_trained(grade, root):
    result = grade((root / "exercises/mnist/mnist.py").read_bytes(), own_step=False)
    assert result.training.accuracy is None
    assert set(verdicts(result).values()) == {"SKIPPED"}


def test_missing_data_are_named_with_the_remedy(mnist, monkeypatch, tmp_path):
    monkeypatch.setenv("GRADER_DATA", str(tmp_path))
    trainer = Trainer(mnist, None, 0, TrainingOptions(data="full"))
    with pytest.raises(DataError, match="grader data mnist"):
        trainer.grade(None, hidden_results(mnist, True))


def test_damaged_data_are_named_and_never_trained_on(mnist, monkeypatch, tmp_path, root):
    """A file of the right form, which would be trained on if nobody looked."""
    (tmp_path / "mnist").mkdir()
    for packed in (root / "exercises/mnist/data").glob("*.gz"):
        raw = gzip.decompress(packed.read_bytes())
        (tmp_path / "mnist" / packed.name.removesuffix(".gz")).write_bytes(raw)
    monkeypatch.setenv("GRADER_DATA", str(tmp_path))
    trainer = Trainer(mnist, None, 0, TrainingOptions(data="auto"))
    with pytest.raises(DataError, match=r"not the published file of MNIST.*`grader data mnist`"):
        trainer.grade(None, hidden_results(mnist, True))


def test_without_fetched_data_the_committed_subset_is_used(mnist, monkeypatch, tmp_path):
    monkeypatch.setenv("GRADER_DATA", str(tmp_path))
    assert Trainer(mnist, None, 0).split.data.is_subset


def test_an_exercise_without_a_band_asks_for_calibration(mnist):
    settings = mnist.training.model_copy(
        update={"gate": mnist.training.gate.model_copy(update={"subset": None})}
    )
    bare = dataclasses.replace(mnist, training=settings)
    trainer = Trainer(bare, None, 0, TrainingOptions(data="subset"))
    with pytest.raises(ExerciseError, match="grader calibrate mnist"):
        trainer.grade(None, hidden_results(bare, True))
