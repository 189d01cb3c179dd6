from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.report import attempts

pytestmark = pytest.mark.browser

PAGES = [*attempts.ATTEMPTS, "markdown", "plain-list", "plain-points", "plain-class"]
HOSTILE = [f"hostile{n}" for n in range(len(attempts.PAYLOADS))]
RULES = {
    "root": True,
    "extends": ["html-validate:recommended"],
    "rules": {
        "no-inline-style": "error",
        "valid-id": ["error", {"relaxed": True}],  # ids are those of tests: slug::function::test
        "no-trailing-whitespace": "off",
        "doctype-style": "off",
        "long-title": "off",
    },
}
GALLERY = sorted((ROOT / "reports/gallery").glob("*.html"))
WIDTH = "document.documentElement.scrollWidth"


def violations(page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{v['id']}: {n['target']} {n['failureSummary']}"
        for v in found["violations"]
        for n in v["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visit, page_file, axe, name, scheme):
    page, _ = visit(page_file(name), color_scheme=scheme, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(page, axe) == []


@pytest.mark.parametrize("file", GALLERY, ids=lambda path: path.stem)
def test_a_page_of_the_gallery_holds_on_a_phone(visit, axe, file):
    page, seen = visit(file, width=320, reduced_motion="reduce")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert seen.is_quiet
    assert page.evaluate(WIDTH) <= 320
    assert violations(page, axe) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_complains_of_nothing(visit, page_file, name):
    _, seen = visit(page_file(name))
    assert seen.is_quiet


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_runs_nothing_and_fetches_nothing(visit, page_file, name):
    page, seen = visit(page_file(name))
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.mouse.move(200, 300)
    page.keyboard.press("Tab")
    page.wait_for_timeout(50)
    assert seen.is_quiet
    assert (
        page.evaluate("document.querySelectorAll('img, iframe, math, form, [onclick]').length") == 0
    )


def test_hostile_markdown_and_outputs_run_nothing_and_fetch_nothing(visit, page_file):
    page, seen = visit(page_file("markdown"))
    page.mouse.move(200, 300)
    page.wait_for_timeout(50)
    assert seen.is_quiet
    assert page.evaluate("document.querySelectorAll('.md').length") > 15
    odd = "img, iframe, .yours svg, .yours script, .md [id], .md a, .md [style], [onclick]"
    assert page.evaluate(f"document.querySelectorAll('{odd}').length") == 0


def test_pictures_of_a_training_are_drawn_and_told(visit, page_file):
    page, seen = visit(page_file("trained"))
    assert seen.is_quiet
    drawn = "[...document.images].map(i => [i.complete, i.naturalWidth, i.naturalHeight, i.alt])"
    mistake, filters = page.evaluate(drawn)
    assert mistake[:3] == [True, 28, 28]
    assert mistake[3].startswith("A 4, taken for 9 with 99.8")
    assert filters[:3] == [True, 7, 3]
    curve = page.get_by_role("img", name="Learning curve")
    assert curve.evaluate("node => node.getBoundingClientRect().height") > 100


def test_the_script_leaves_folds_without_tests_alone(visit, page_file):
    page, _ = visit(page_file("trained"))
    for text in ("The same as a table", "Layers: gradients"):
        assert page.locator("summary", has_text=text).is_visible()


def test_a_training_and_a_notebook_are_readable_without_javascript(visit, page_file):
    page, seen = visit(page_file("trained"), java_script_enabled=False)
    page.locator("summary", has_text="The same as a table").click()
    assert page.get_by_role("cell", name="0.0796").is_visible()
    assert page.get_by_role("rowheader", name="9").is_visible()
    assert seen.is_quiet
    page, seen = visit(page_file("notebook"), java_script_enabled=False)
    assert page.get_by_text("Cell 3 holds relu").is_visible()
    assert page.locator(".md strong").is_visible()
    assert seen.is_quiet


def test_a_cell_leads_to_the_result_of_what_it_holds(visit, page_file):
    page, _ = visit(page_file("notebook"))
    page.get_by_role("link", name="relu", exact=True).last.click()
    assert page.evaluate("location.hash") == "#relu::relu"


def test_the_policy_stops_scripts_styles_and_requests(visit, page_file):
    page, seen = visit(page_file("perfect"))
    page.evaluate(
        """() => {
          const script = document.createElement('script');
          script.textContent = 'window.ran = 1';
          document.body.append(script);
          document.body.insertAdjacentHTML('beforeend',
            '<p id=probe style="color: rgb(1, 2, 3)">x</p><img src="https://e.test/x.png">');
        }"""
    )
    page.wait_for_timeout(50)
    assert page.evaluate("window.ran") is None
    assert page.evaluate("getComputedStyle(probe).color") != "rgb(1, 2, 3)"
    refused = " ".join(seen.console)
    assert all(
        rule in refused for rule in ("script-src 'sha256", "style-src 'sha256", "img-src data")
    )


def test_the_filter_shows_what_is_to_fix_and_stands_in_the_address(visit, page_file):
    page, _ = visit(page_file("partial"))
    page.get_by_role("button", name="To fix").click()
    assert page.evaluate("location.hash") == "#show=fix"
    assert page.locator(".t[data-k=passed]:visible").count() == 0
    assert page.locator(".card:visible").count() == 7
    page.get_by_role("button", name="Passed").click()
    assert page.locator(".card:visible").count() == 0
    assert page.locator(".t[data-k=passed]:visible").count() == 11


def test_a_search_narrows_and_survives_a_reload(visit, page_file):
    page, _ = visit(page_file("partial"))
    page.get_by_role("searchbox").fill("stride pool_out")
    assert page.evaluate("location.hash") == "#q=stride+pool_out"
    assert page.locator(".fn:visible h3").all_inner_texts() == ["pool_out"]
    page.reload()
    assert page.get_by_role("searchbox").input_value() == "stride pool_out"
    assert page.locator(".fn:visible h3").all_inner_texts() == ["pool_out"]


def test_a_search_without_a_result_says_so(visit, page_file):
    page, _ = visit(page_file("partial"), fragment="#q=zebra")
    assert page.locator(".t:visible").count() == 0
    assert "No test fits" in page.locator("#count").inner_text()


@pytest.mark.parametrize(
    "test",
    ["padding::pad2d::test_corners", "padding::pad2d::test_zeros", "padding::pad2d::test_circular"],
)
def test_a_deep_link_opens_and_focuses_its_test(visit, page_file, test):
    page, _ = visit(page_file("partial"), fragment=f"#{test}")
    target = page.locator(f"[id='{test}']")
    assert target.is_visible()
    assert target.evaluate(
        "node => node.contains(document.activeElement) || node === document.activeElement"
    )
    assert target.evaluate("node => Math.abs(node.getBoundingClientRect().top) < 800")


def test_a_deep_link_wins_over_a_filter(visit, page_file):
    page, _ = visit(page_file("partial"), fragment="#show=fix")
    page.evaluate("location.hash = 'padding::pad2d::test_zeros'")
    assert page.locator("[id='padding::pad2d::test_zeros']").is_visible()


def test_a_snippet_is_copied(visit, page_file):
    page, _ = visit(page_file("partial"), permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy").first.click()
    page.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert (
        copied
        == "from output_size import conv_out\n\nprint(conv_out(5, 3, padding=1))  # expected 5"
    )


def test_the_keyboard_reaches_everything_in_reading_order(visit, page_file):
    page, _ = visit(page_file("perfect"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tops = []
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
        tops.append(page.evaluate("document.activeElement.getBoundingClientRect().top + scrollY"))
    assert len(tops) >= 7
    assert all(later > earlier - 60 for earlier, later in itertools.pairwise(tops))


def test_the_skip_link_leads_to_the_results(visit, page_file):
    page, _ = visit(page_file("perfect"))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_without_javascript_all_is_there_and_nothing_dead_is_shown(visit, page_file):
    page, seen = visit(page_file("partial"), java_script_enabled=False)
    assert not page.locator(".tools").is_visible()
    assert page.locator("button:visible").count() == 0
    assert page.locator(".card").count() == 7
    assert page.get_by_role("heading", name="Your code").is_visible()
    page.locator(".fold summary").first.click()
    assert page.get_by_text("One window fits an input of its own size").is_visible()
    assert seen.is_quiet


@pytest.mark.parametrize("name", [*PAGES, *HOSTILE])
def test_a_narrow_phone_never_scrolls_sideways(visit, page_file, name):
    page, _ = visit(page_file(name), width=320)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate(WIDTH) <= 320


@pytest.mark.parametrize("scripted", [True, False])
def test_print_opens_everything(visit, page_file, scripted):
    page, _ = visit(page_file("partial"), java_script_enabled=scripted)
    page.emulate_media(media="print")
    assert page.get_by_text("One window fits an input of its own size").is_visible()
    assert page.get_by_text("Check what -inf times 0 is.").is_visible()
    assert not page.locator(".tools").is_visible()


def test_print_clears_the_filter_and_brings_it_back(visit, page_file):
    page, _ = visit(page_file("partial"), fragment="#show=passed")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".card:visible").count() == 7
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".card:visible").count() == 0


def test_forced_colours_keep_the_marks(visit, page_file):
    page, _ = visit(page_file("partial"), forced_colors="active")
    marked = page.locator(".arr .x").first
    assert marked.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"


def test_html_validate_finds_nothing(page_file, html_validate):
    assert complaints(html_validate, [page_file(name) for name in PAGES]) == ""


def complaints(html_validate: str, files: list[Path]) -> str:
    """What html-validate says of files in one folder."""
    rules = files[0].with_name("rules.json")
    rules.write_text(json.dumps(RULES), encoding="utf-8")
    run = subprocess.run(
        [html_validate, "--config", rules, *files], capture_output=True, text=True, check=False
    )
    return run.stdout[:4000] or run.stderr[:4000]
