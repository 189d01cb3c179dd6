from __future__ import annotations

import dataclasses
import re
import sys
from fractions import Fraction

from grader.model import Audience
from grader.report import ClassPage, ClassRow, ClusterRow, class_index, class_index_surely

from .attempts import PAYLOADS
from .classes import make_class


def names(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="[^"]*">([^<]*)</a>', html)


def test_the_table_is_sorted_by_name_without_a_script():
    found = names(class_index(make_class(30)))
    assert found == sorted(found)
    assert len(found) == 30


def test_students_see_numbers_and_no_names():
    html = class_index(make_class(30, Audience.STUDENT))
    assert "Lovelace" not in html
    assert "pages/" not in html
    assert "Tests, hardest first" in html
    assert "Median" in html
    assert "Discrimination" not in html  # what a teacher asks of a test
    assert "Discrimination" in class_index(make_class(30))


def test_the_hardest_test_stands_first():
    html = class_index(make_class(30))
    titles = re.findall(r'</code></td><th scope="row">([^<]+)</th>', html)
    assert titles[0] == "Ceil mode keeps the last window"


def test_the_distribution_is_told_in_words_too():
    rows = tuple(ClassRow(name=str(n), points=Fraction(n)) for n in (0, 1, 5, 10, 10))
    html = class_index(ClassPage(course="c", assignment="a", max_points=Fraction(10), rows=rows))
    assert "0 to 10 %: 1, 10 to 20 %: 1, " in html
    assert "90 to 100 %: 2." in html


def test_a_class_without_submissions_says_so():
    assert "Nothing was handed in yet." in class_index(make_class(0))


def test_three_hundred_students_take_at_most_400_kilobytes():
    assert len(class_index(make_class(300)).encode()) <= 400_000


def test_the_same_class_gives_the_same_bytes():
    assert class_index(make_class(9)) == class_index(make_class(9))


def unrenderable(audience: Audience = Audience.STAFF) -> ClassPage:
    """A class with a row that no template can take."""
    page = make_class(3, audience)
    row = dataclasses.replace(page.rows[0], name="<b>Ada</b>", exercises="none")
    return dataclasses.replace(page, rows=(row, *page.rows[1:]), audience=audience)


def test_a_class_whose_page_cannot_be_made_gets_a_list_and_staff_are_told():
    made = class_index_surely(unrenderable())
    assert "so this is a plain list" in made.html
    assert "&lt;b&gt;Ada&lt;/b&gt;" in made.html
    assert made.html.count(" of 20") == 3
    assert "could not be rendered" in made.problem
    assert "default-src 'none'" in made.html


def test_the_list_in_place_of_a_class_names_nobody_to_students(monkeypatch):
    module = sys.modules["grader.report.class_index"]  # the package has a function of that name
    monkeypatch.setattr(module, "page_html", lambda *a, **k: 1 / 0)
    made = class_index_surely(make_class(3, Audience.STUDENT))
    assert made.problem
    assert "Submissions: 3" in made.html
    assert "Lovelace" not in made.html


def test_a_class_whose_page_can_be_made_gets_it():
    made = class_index_surely(make_class(3))
    assert (made.html, made.problem) == (class_index(make_class(3)), "")


def test_hostile_names_and_links_stay_text():
    for payload in PAYLOADS:
        row = ClassRow(
            name=payload, points=Fraction(1), page=payload, handed_in=payload, flags=(payload,)
        )
        page = dataclasses.replace(
            make_class(0),
            assignment=payload,
            course=payload,
            rows=(row,),
            files=((payload, payload),),
        )
        html = class_index(page)
        assert html.count("<script") == html.count("<style") == 1
        links = re.findall(r'href="([^"]*)"', html)
        assert all(link.startswith(("#", "./")) for link in links)


def test_remarks_are_for_staff_and_escaped():
    remark = "ada: <b>no</b> result counts"
    page = dataclasses.replace(make_class(3), remarks=(remark,))
    assert "&lt;b&gt;no&lt;/b&gt; result counts" in class_index(page)
    assert "result counts" not in class_index(dataclasses.replace(page, audience=Audience.STUDENT))


def test_a_function_that_several_get_wrong_alike_is_named():
    cluster = ClusterRow(function="relu", names=("ada", "ben"), share=1.0)
    shown = class_index(dataclasses.replace(make_class(3), clusters=(cluster,)))
    assert "relu: ada, ben" in shown
    assert "2 submissions" in shown
