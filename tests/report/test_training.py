from __future__ import annotations

import dataclasses
import html
import re
import xml.etree.ElementTree as ElementTree

import pytest

from grader.model import Audience, CurvePoint, Note, Show, TrainingMeasured
from grader.report import render
from grader.report.training import training_view
from grader.scoring import filter_for

from . import attempts


def view(**members):
    training = attempts.make_training(**members)
    return training_view(training, "t", Audience.STAFF, lambda notes: ())


def said(**members) -> str:
    return " ".join(view(**members).sentences).replace("\u00a0", " ")


def curve(losses) -> tuple[CurvePoint, ...]:
    return tuple(CurvePoint(step=n, epoch=n / 10, loss=loss) for n, loss in enumerate(losses))


def test_the_score_is_told_in_words():
    assert "recognises 98.12 % of the images that it had not seen: 9,812 of 10,000" in said()
    assert "Points for accuracy rise from 95 % to 98.5 %: 0.38 % more give all." in said()
    assert "Before training it was 10.42 %." in said()


def test_a_model_above_the_band_has_all_points_and_one_below_it_none():
    assert "above 98.5 %, where all points" in said(accuracy=0.99, correct=9900)
    assert "begin at 95 %: 5 % are missing" in said(accuracy=0.90, correct=9000)


def test_a_run_without_a_model_says_so_and_shows_what_is_there():
    empty = view(
        accuracy=None, correct=0, baseline=None, curve=(), confusion=(), layers=(), rectifiers=(),
        filters=None, mistakes=(), steps=0, measured=TrainingMeasured(),
    )  # fmt: skip
    assert "no model that could be evaluated" in empty.sentences[0]
    assert (empty.curve, empty.confusion, empty.filters, empty.mistakes) == (None, None, None, ())


def test_a_budget_that_was_kept_or_not_is_told():
    assert "took 1.16 reference epochs; the budget is 2." in said()
    late = said(measured=TrainingMeasured(budget_used=3.0))
    assert "3.00 reference epochs, 50 % above the budget of 2." in late
    assert "8,160 more than the 13,680 allowed" in said(max_parameters=13680)


@pytest.mark.parametrize(
    ("losses", "advice"),
    [
        ([2.3, 1.0], "too few steps"),
        ([2.3] * 20, "hardly fell"),
        ([2.3 - n / 10 for n in range(20)], "still falling"),
        ([2.3, 1.0, 0.5] + [0.2] * 20, "levelled off"),
        ([2.3, 1.0, 0.5] + [0.2] * 10 + [0.9] * 6, "rose again"),
        ([2.3] * 8 + ["nan"], "no longer a number"),
    ],
)
def test_the_curve_comes_with_what_to_try(losses, advice):
    assert advice in view(curve=curve(losses)).curve_advice


def test_the_most_frequent_confusion_is_named_first():
    confusion = ((8, 2, 0), (0, 9, 1), (5, 0, 5))
    found = view(classes=("cat", "dog", "cow"), confusion=confusion)
    assert found.confusion.text == (
        "Most often one was taken for another: cow for cat (5 of 10); cat for dog (2 of 10); "
        "dog for cow (1 of 10)."
    )
    assert "images of cow and cat" in found.confusion_advice
    tones = [[count.tone for count in counts] for _, counts in found.confusion.rows]
    assert tones == [["d", "1", ""], ["", "d", "1"], ["4", "", "d"]]


def test_a_model_without_a_mistake_has_nothing_to_try():
    found = view(classes=("a", "b"), confusion=((5, 0), (0, 5)))
    assert found.confusion.text == "No image was taken for another class."
    assert found.confusion_advice == ""


def test_a_hundred_classes_are_told_in_words_only():
    confusion = tuple(
        tuple(int(i == j) + int((i, j) == (3, 4)) for j in range(100)) for i in range(100)
    )
    found = view(classes=tuple(map(str, range(100))), confusion=confusion).confusion
    assert found.rows == ()
    assert "3 for 4 (1 of 2)" in found.text


@pytest.mark.parametrize("confusion", [((1, 2),), ((1,), (2,)), ()])
def test_a_matrix_that_does_not_fit_its_classes_is_left_out(confusion):
    assert view(classes=("a", "b"), confusion=confusion).confusion is None


def test_layers_that_learn_too_slowly_or_fast_are_marked():
    layers = [
        dataclasses.replace(attempts.make_training().layers[0], update_ratio=ratio)
        for ratio in (1e-6, 1e-3, 0.5, "nan")
    ]
    ratios = [row[3] for row in view(layers=tuple(layers)).layers]
    assert ratios == ["1e-06 (slow)", "0.001", "0.5 (fast)", "nan"]


def test_dead_channels_are_counted_by_activation():
    assert view().rectifiers == (
        "Behind activation 1, 1 of 2 channels never fires.",
        "Behind activation 2, 0 of 20 channels never fire.",
    )


def test_the_curve_of_a_page_is_small_and_has_its_words_and_numbers():
    page = render(attempts.trained())
    figure = re.search(r'<svg class="plot".*?</svg>', page, re.DOTALL).group()
    tree = ElementTree.fromstring(figure)
    assert len(figure.encode()) <= 2500
    assert [child.tag for child in tree][:2] == ["title", "desc"]
    assert "The loss goes from 2.19 to 0.0796 within 1 epochs" in tree[1].text
    assert '<td>1</td><td class="num">0.0796</td>' in page


def test_flags_and_pictures_of_unseen_images_are_for_staff():
    staff = attempts.trained(notes=(Note(text="a remark"),))
    student = render(filter_for(staff, Audience.STUDENT))
    assert "Its buffers hold 9,000,000 numbers." in render(staff)
    assert "A 4, taken for 9 with 99.8" in render(staff)
    assert "buffers" not in student
    assert "taken for 9" not in student
    assert "a remark" in student


def test_flags_stay_away_from_students_even_unfiltered():
    attempt = dataclasses.replace(attempts.trained(), audience=Audience.STUDENT)
    assert "buffers" not in render(attempt)


def test_unseen_images_are_shown_to_students_once_the_assignment_reveals_them():
    page = render(filter_for(attempts.trained(), Audience.STUDENT, show=Show.REVEAL))
    assert "A 4, taken for 9 with 99.8" in page
    assert "buffers" not in page  # a flag stays with staff


def test_where_hints_only_are_shown_the_notes_of_a_training_run_are_not():
    staff = attempts.trained(notes=(Note(text="a remark"),))
    page = render(filter_for(staff, Audience.STUDENT, show=Show.HINT))
    assert "a remark" not in page
    assert "Which class" in page


@pytest.mark.parametrize("show", [Show.VERDICT, Show.HIDDEN])
def test_an_assignment_that_shows_verdicts_only_keeps_the_diagnosis(show):
    page = render(filter_for(attempts.trained(), Audience.STUDENT, show=show))
    assert "Which class" not in page
    assert "Normalise in" not in page


def test_the_sheet_of_training_is_on_pages_with_training_only():
    assert ".conf td" in render(attempts.trained())
    assert ".conf td" not in render(attempts.perfect())


def test_hostile_names_of_classes_stay_text():
    payload = "<img src=x onerror=alert(1)>"
    page = render(attempts.trained(classes=(payload,) * 10))
    assert payload not in page
    assert html.escape(payload, quote=False) in page
