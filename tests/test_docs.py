"""Documentation says what the code says: every slug, verdict, setting, verb and link."""

import re
from pathlib import Path

import click
import pytest

from grader import config, errors, model
from grader.cli import group
from grader.runner.proxy import FunctionProxy

DOCS = Path(__file__).resolve().parent.parent / "docs"
README = DOCS.parent / "README.md"


def text_of(name):
    return (DOCS / name).read_text(encoding="utf-8")


def every_error(base=errors.GraderError):
    yield base
    for child in base.__subclasses__():
        yield from every_error(child)


def settings_of(kind):
    """The names of every setting in a settings table and the tables below it."""
    for name, info in kind.model_fields.items():
        yield name
        for part in (info.annotation, *getattr(info.annotation, "__args__", ())):
            if isinstance(part, type) and hasattr(part, "model_fields"):
                yield from settings_of(part)


@pytest.mark.parametrize("slug", sorted({error.slug for error in every_error()}))
def test_every_message_slug_is_explained(slug):
    assert f"\n## {slug}\n" in text_of("messages.md")


def test_every_explained_word_is_one_that_people_see():
    explained = set(re.findall(r"^## (\S+)$", text_of("messages.md"), re.MULTILINE))
    slugs = {error.slug for error in every_error()}
    assert explained == slugs | {str(word) for word in (*model.Verdict, *model.FunctionState)}


@pytest.mark.parametrize("code", sorted({error.exit_code for error in every_error()} | {0, 1, 130}))
def test_every_exit_code_is_explained(code):
    assert f"\n| {code} | " in text_of("reference/exit-codes.md")


@pytest.mark.parametrize("verdict", list(model.Verdict))
def test_every_verdict_is_in_the_glossary(verdict):
    assert f"\n| {verdict} | " in text_of("glossary.md")


@pytest.mark.parametrize(
    "word", [*model.FunctionState, *model.Tier, *model.Show, *model.Isolation, *model.Audience]
)
def test_every_word_of_a_closed_set_is_in_the_glossary(word):
    assert re.search(rf"\b{word}\b", text_of("glossary.md"))


@pytest.mark.parametrize("setting", sorted(set(settings_of(config.ExerciseFile))))
def test_every_setting_of_an_exercise_is_explained(setting):
    assert re.search(rf"\b{setting}\b", text_of("reference/exercise-toml.md"))


@pytest.mark.parametrize("setting", sorted(set(settings_of(config.CourseFile))))
def test_every_setting_of_a_course_is_explained(setting):
    assert re.search(rf"\b{setting}\b", text_of("reference/course-toml.md"))


@pytest.mark.parametrize(
    ("name", "kind"),
    [("course-toml", config.CourseFile), ("exercise-toml", config.ExerciseFile)],
)
def test_the_settings_shown_are_valid(name, kind, tmp_path):
    example = re.search(r"```toml\n(.*?)```", text_of(f"reference/{name}.md"), re.DOTALL)
    (tmp_path / "settings.toml").write_text(example[1], encoding="utf-8")
    config.read_settings(tmp_path / "settings.toml", kind)


@pytest.mark.parametrize("verb", [name for name in vars(FunctionProxy) if not name.startswith("_")])
def test_every_verb_of_a_hidden_test_is_explained(verb):
    assert f"`{verb}(" in text_of("reference/hidden-tests.md")


def commands():
    context = click.Context(group)
    for name in group.list_commands(context):
        yield name, group.get_command(context, name)


@pytest.mark.parametrize(("name", "command"), list(commands()))
def test_every_command_and_option_is_explained(name, command):
    text = text_of("reference/commands.md")
    options = {option for parameter in command.params for option in parameter.opts}
    assert f"\n## grader {name}\n" in text
    assert [option for option in options if option[:2] == "--" and f"`{option}" not in text] == []


@pytest.mark.parametrize("path", [README, *sorted(DOCS.rglob("*.md"))], ids=lambda path: path.name)
def test_every_relative_link_leads_somewhere(path):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8"))
    assert [target for target in targets if not (path.parent / target).exists()] == []


def test_decisions_are_numbered_without_gaps():
    numbers = sorted(int(path.name[:4]) for path in (DOCS / "decisions").glob("0*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
