"""Reports and index as a reader's browser has them: accessible, silent on the network, on every screen and on paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

SCREENS = {
    "wide": {"viewport": {"width": 1280, "height": 900}},
    "phone": {"viewport": {"width": 375, "height": 700}, "has_touch": True},
    "narrowest": {"viewport": {"width": 320, "height": 600}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
}


@contextmanager
def opened(browser, path: Path, screen: str = "wide", **more) -> Iterator:
    """The page, and in ``page.faults`` whatever it did that a report must not do."""
    context = browser.new_context(**SCREENS[screen], **more)
    page = context.new_page()
    page.faults = []
    page.on("console", lambda message: page.faults.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: page.faults.append(f"script error: {error}"))
    page.on("dialog", lambda dialog: (page.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: page.faults.append(f"request: {request.url}") if not _own(request.url) else None)
    try:
        page.goto(path.as_uri())
        yield page
    finally:
        context.close()


def _own(url: str) -> bool:
    return url.startswith(("file:", "data:"))


def pages(outputs: Path) -> list[Path]:
    return sorted(outputs.rglob("*.html"))


def violations(page) -> list[str]:
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
    return [f"{v['id']}: {node['html'][:200]}" for v in found.response["violations"] for node in v["nodes"]]


def check(browser, path: Path, screen: str, also: str | None = None) -> list[str]:
    """What is wrong with a page on a screen; its width on another one too."""
    with opened(browser, path, screen) as page:
        found = violations(page)
        for width in (SCREENS[name]["viewport"] for name in (screen, also) if name):
            page.set_viewport_size(width)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append(f"wider than {width['width']} pixels")
        if page.evaluate("[...document.images].some(image => image.alt.trim().split(/\\s+/).length < 3)"):
            found.append("an image without words")
        return page.faults + found


@pytest.mark.parametrize("screen", SCREENS)
def test_made_up_pages_on_every_screen(browser, made_up, screen):
    paths = ["index.html", "index.fr.html", "country-benchmark/MDA/report.html", "country-benchmark/XXX/report.html"]
    assert {path: faults for path in paths if (faults := check(browser, made_up / path, screen))} == {}


def test_every_study_in_every_language(browser, real):
    paths = [*real.glob("index*.html"), *real.rglob("report.html")]
    found = {path.relative_to(real).as_posix(): check(browser, path, "phone", also="wide") for path in sorted(paths)}
    assert len(found) > 10 and {path: faults for path, faults in found.items() if faults} == {}


def test_reports_of_the_project_are_small_and_know_their_language(real):
    for path in real.rglob("report.html"):
        assert path.stat().st_size < 2_000_000
        lang = path.parent.name if path.parent.name in ("fr", "es") else "en"
        assert path.read_text("utf-8").startswith(f'<!doctype html>\n<html lang="{lang}">')


def test_links_within_the_site_lead_somewhere(browser, made_up):
    for path in pages(made_up):
        with opened(browser, path) as page:
            links = page.evaluate("[...document.links].map(a => [a.getAttribute('href'), a.hash, a.protocol])")
            for href, hash_, protocol in links:
                if hash_:
                    assert page.locator(f"[id='{hash_[1:]}']").count() == 1, href
                elif protocol == "file:":
                    assert (path.parent / href).is_file(), href


def test_no_script_is_needed_to_read(browser, made_up):
    with opened(browser, made_up / "country-benchmark/MDA/report.html", java_script_enabled=False) as page:
        assert page.locator("tbody tr:visible").count() == 4 + 40
        assert page.locator(".tools, .sort").count() == 0
    with opened(browser, made_up / "index.html", java_script_enabled=False) as page:
        assert page.locator("tbody th > a:visible").count() == 11


def test_keyboard_reaches_content_first_and_tables_that_scroll(browser, made_up):
    with opened(browser, made_up / "country-benchmark/MDA/report.html", "phone") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.locator(".skip").bounding_box()["y"] >= 0  # seen once it is reached
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        reached = set()
        for _ in range(60):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        assert {"Table 1", "Table 2", "Figure 1"} <= reached


def test_a_long_table_is_sorted_and_searched_from_the_keyboard(browser, made_up):
    with opened(browser, made_up / "country-benchmark/MDA/report.html") as page:
        table = page.locator("#table-countries")
        first = table.locator("tbody tr:visible").first
        button = table.get_by_role("button", name="Change (points)")
        button.press("Enter")
        assert "Country 39" in first.inner_text()  # the lowest, by the exact value
        button.press("Enter")
        assert "Country 1" in first.inner_text() and "Country 0" in table.locator("tbody tr").last.inner_text()  # missing: last
        assert table.locator("[aria-sort]").count() == 1
        table.get_by_role("searchbox").fill("country 2")
        assert table.locator("tbody tr:visible").count() == 11
        assert table.get_by_role("status").inner_text() == "11 of 40 rows"


def test_the_index_is_filtered_by_name_region_and_band(browser, made_up):
    with opened(browser, made_up / "index.html") as page:
        rows = page.locator("tbody tr:visible")
        page.get_by_role("searchbox").fill("moldova")
        assert rows.count() == 1
        page.get_by_role("searchbox").fill("")
        page.get_by_label("Overall").select_option(label="3 Meets")
        assert rows.count() == 9
        page.get_by_label("Region").select_option(label="Europe and Northern America")
        assert rows.count() == 0
        page.get_by_label("Overall").select_option(label="2 Partially meets")
        assert rows.count() == 2
        page.get_by_role("link", name="Republic of Moldova").click()
        assert page.locator("h1").inner_text() == "Republic of Moldova"


def test_paper(browser, made_up):
    with opened(browser, made_up / "country-benchmark/MDA/report.html", "dark") as page:
        page.emulate_media(media="print")
        assert page.locator(".contents:visible, .tools:visible, .skip:visible, .downloads:visible").count() == 0
        broken = page.evaluate(
            "[...document.querySelectorAll('.figure, .summary, tr')].filter(e => getComputedStyle(e).breakInside !== 'avoid').length"
        )
        assert broken == 0
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"
        assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
