"""A start that fails says so instead of waiting for ever; a wrong MIME type is survived."""

import pytest

FAILURES = {
    "**/pyodide.asm.wasm": "HTTP 404",
    "**/pyodide.mjs": "dynamically imported module",
    "**/python_stdlib.zip": "",
    "**/numpy-*.whl": "numpy could not be loaded",
    "**/mnist1d_lab-*.whl": "",
    "**/build.json": "HTTP 404",
}


@pytest.mark.parametrize("pattern", FAILURES)
def test_a_missing_file_ends_in_an_error_the_visitor_can_read(open_page, pattern):
    page = open_page(
        ready=False,
        watch=False,  # the browser logs the 404 itself
        before=lambda context: context.route(pattern, lambda route: route.fulfill(status=404)),
    )
    page.wait_for_function("document.documentElement.dataset.state === 'error'")
    text = page.locator("#status").inner_text()
    assert text.startswith("Python could not start in this browser: ")
    assert FAILURES[pattern] in text
    assert "undefined" not in text


@pytest.mark.parametrize("pattern", ["**/vendor/plot.js", "**/static/stats.js", "**/app.js"])
def test_a_missing_part_of_the_page_itself_is_an_error_too(open_page, pattern):
    page = open_page(
        ready=False,
        watch=False,
        before=lambda context: context.route(pattern, lambda route: route.fulfill(status=404)),
    )
    page.wait_for_function("document.documentElement.dataset.state === 'error'")
    assert page.locator("#status").inner_text().startswith("A part of this page could not be")


def test_a_dropped_connection_ends_in_an_error_too(open_page):
    page = open_page(
        ready=False,
        watch=False,
        before=lambda context: context.route("**/*.wasm", lambda route: route.abort()),
    )
    page.wait_for_function("document.documentElement.dataset.state === 'error'")


def test_a_wrong_mime_type_is_survived(open_page):
    def plain(route):
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-type": "text/plain"})

    page = open_page(before=lambda context: context.route("**/*.wasm", plain))
    assert page.evaluate("lab.run('digits').then((made) => made.x.length)") == 400


def test_a_run_asked_for_after_a_failed_start_is_refused_with_the_reason(open_page):
    page = open_page(
        ready=False,
        watch=False,
        before=lambda context: context.route(
            "**/build.json", lambda route: route.fulfill(status=404)
        ),
    )
    run = "lab.run('dataset').catch((error) => error.message)"
    assert "HTTP 404" in page.evaluate(run)  # it may still be starting
    page.wait_for_function("document.documentElement.dataset.state === 'error'")
    assert "HTTP 404" in page.evaluate(run)


def test_stopping_before_python_is_up_neither_breaks_the_start_nor_starts_it_anew(open_page):
    page = open_page(ready=False)
    outcome = page.evaluate("""async () => {
      while (!window.lab) await new Promise((resolve) => setTimeout(resolve, 5));
      const stop = new AbortController();
      const run = lab.run('dataset', {}, {signal: stop.signal}).catch((error) => error.name);
      stop.abort();
      const name = await run;
      await lab.ready;
      return [name, (await lab.run('digits')).x.length];
    }""")
    assert outcome == ["AbortError", 400]
