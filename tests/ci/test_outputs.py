"""What CI reads: each form valid, small enough, and deaf to what a student wrote."""

import json
import os
import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import jsonschema
import pytest
import xmlschema
from markdown_it import MarkdownIt

from grader.ci import Muzzle, annotation_lines, findings_of, neutral, write_all
from grader.ci.summary import MOST_BYTES, summary
from grader.model import Attempt, Audience, Show, attempt_schema
from grader.scoring import filter_for
from tests.report import attempts

PAYLOADS = [
    "::error::pwned",
    "\n::set-output name=points::100\n",
    "\r::add-mask::a",
    "##[error]pwned",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![p](https://evil.example/p.png)",
    "@everyone #1 https://evil.example www.evil.example GH-1",
    "| a | b |\n|---|---|\n```\n</code></details># heading",
    "x\nEOF\npoints=100\n",
    "\x1b[31m\u202e",
]
CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "required": ["path", "lines"],
                "properties": {"lines": {"required": ["begin"]}},
            },
        },
    },
}


def students(attempt: Attempt) -> Attempt:
    return filter_for(attempt, Audience.STUDENT)


@pytest.fixture(scope="module", params=["partial", "verdicts", "notebook", "perfect", "void"])
def attempt(request):
    return students(getattr(attempts, request.param)())


def test_the_staff_view_is_refused():
    with pytest.raises(ValueError, match="student's view"):
        findings_of(replace(attempts.partial(), audience=Audience.STAFF))


def test_every_form_is_written_and_json_is_valid(attempt, tmp_path):
    report = write_all(attempt, tmp_path / "out", {})
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(report.files)
    read = {name: path.read_text() for name, path in report.files.items()}
    jsonschema.validate(json.loads(read["gl-code-quality-report.json"]), CODE_QUALITY)
    jsonschema.validate(json.loads(read["results.json"]), attempt_schema())
    assert json.loads(read["grader.sarif"])["version"] == "2.1.0"


def test_sarif_is_valid_by_the_schema_of_oasis(attempt, tmp_path):
    path = os.environ.get("GRADER_SARIF_SCHEMA")
    if path is None:
        pytest.skip("set GRADER_SARIF_SCHEMA to OASIS' sarif-schema-2.1.0.json")
    report = write_all(attempt, tmp_path, {})
    schema = json.loads(Path(path).read_text())
    jsonschema.Draft4Validator(schema).validate(
        json.loads(report.files["grader.sarif"].read_text())
    )


def test_junit_is_valid_by_the_schema_of_windy_road(attempt, tmp_path):
    write_all(attempt, tmp_path, {})
    schema = Path(__file__).parents[1] / "exporters/windyroad/JUnit.xsd"
    xmlschema.XMLSchema(str(schema)).validate(str(tmp_path / "junit.xml"))


def test_findings_have_fingerprints_that_differ_and_stay(tmp_path):
    attempt = students(attempts.many(200))
    first = json.loads(write_all(attempt, tmp_path / "a", {}).files["grader.sarif"].read_text())
    again = json.loads(write_all(attempt, tmp_path / "b", {}).files["grader.sarif"].read_text())
    prints = [r["partialFingerprints"]["grader/v1"] for r in first["runs"][0]["results"]]
    assert len(prints) > 20
    assert len(set(prints)) == len(prints)
    assert first == again


def test_annotations_are_the_worst_ten_of_each_level_in_order(runner):
    findings = findings_of(students(attempts.many(60)))
    errors = [finding for finding in findings if finding.level == "error"]
    assert len(errors) > 10
    assert [f.points for f in errors] == sorted((f.points for f in errors), reverse=True)
    lines = annotation_lines(findings)
    runner.read("\n".join(lines))
    assert len(runner.annotations("error")) == 10
    assert len([line for line in lines if line.startswith("::error")]) == 10
    assert len([line for line in lines if line.startswith("::warning")]) <= 10


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_text_of_a_student_commands_the_runner(payload, runner, tmp_path, outputs_of):
    attempt = students(attempts.hostile(payload))
    output = tmp_path / "output"
    report = write_all(attempt, tmp_path / "out", {"GITHUB_OUTPUT": str(output)})
    lines = annotation_lines(report.findings)
    runner.read("\n".join(lines))
    assert {name for name, _, _ in runner.commands} <= {"error", "warning"}
    assert len(runner.commands) == len(lines)
    assert set(outputs_of(output)) == {
        "points", "max-points", "passed", "void", "exercises", "reference", "page", "sarif",
    }  # fmt: skip
    assert outputs_of(output)["points"] == f"{float(attempt.points):.6g}"


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_what_is_logged_between_the_muzzles_is_no_command_even_without_them(payload, runner):
    runner.read(neutral(payload))
    assert runner.commands == []
    muzzle = Muzzle()
    runner.read(f"{muzzle.begin}\n{payload}\n{muzzle.end}\n::notice::heard again")
    assert [name for name, _, _ in runner.commands] == ["notice"]


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
def test_no_text_of_a_student_marks_up_the_summary(payload, tmp_path):
    report = write_all(students(attempts.hostile(payload)), tmp_path, {})
    text = report.files["summary.md"].read_text()
    html = MarkdownIt("commonmark", {"html": True, "linkify": False}).enable("table").render(text)
    tags = set(re.findall(r"<(\w+)", html))
    assert tags <= {"h2", "h3", "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "ul",
                    "li", "br", "code"}  # fmt: skip
    prose = re.sub(r"<code>.*?</code>", "", unescape(html), flags=re.DOTALL)
    assert not re.search(r"@\w|#\d|://|www\.|GH-\d", prose)


def test_a_summary_stays_below_the_limit_together_with_what_is_there(tmp_path):
    big = students(attempts.hostile("x" * 50_000))
    path = tmp_path / "summary"
    path.write_text("y" * (MOST_BYTES - 5_000))
    write_all(big, tmp_path / "out", {"GITHUB_STEP_SUMMARY": str(path)})
    assert path.stat().st_size <= MOST_BYTES + 1_000
    many = students(attempts.many(3000))
    text = summary(many, findings_of(many), most=200_000)
    assert 150_000 < len(text.encode()) <= 200_000
    assert re.search(r"… and \d+ more; the page has them all\.\n$", text)


def test_a_hidden_test_keeps_its_title_and_its_case_to_itself(tmp_path):
    attempt = filter_for(attempts.partial(), Audience.STUDENT, show=Show.HIDDEN)
    titles = {t.title for e in attempts.partial().exercises for f in e.functions for t in f.tests}
    report = write_all(attempt, tmp_path, {})
    for path in report.files.values():
        text = unescape(path.read_text())
        assert not [title for title in titles if title and title in text]
