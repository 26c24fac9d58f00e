"""The method page: open to all, with every section where other pages link to."""

import itertools
import re

from django.template.loader import render_to_string
from django.urls import reverse

from tests.indicators.test_methods import ANCHORS
from tests.test_house import ROOT

# A link in either language of templates, or in a module.
NAMED = re.compile(r"""(?:url 'method' %\}#|method_link\.html" with anchor="|\{method\}#)([a-z-]+)""")


def test_it_has_every_section_and_leads_to_it(client):
    """Without asking the database, which this test may not."""
    page = client.get(reverse("method")).content.decode()
    ids, links = re.findall(r'id="([^"]+)"', page), re.findall(r'href="#([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(ANCHORS) <= set(ids)
    assert set(links) <= set(ids)
    assert set(ANCHORS) <= set(links)


def test_headings_leave_out_no_level(client):
    page = client.get(reverse("method")).content.decode()
    levels = [int(level) for level in re.findall(r"<h([1-6])", page[page.index("<main") : page.index("</main")])]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_a_word_leads_to_its_section():
    link = render_to_string("components/method_link.html", {"anchor": "trend", "text": "Trend"})
    assert 'href="/method/#trend"' in link
    assert re.sub(r"<[^>]+>", "", link).strip() == "Trend (what this means)"


def test_every_anchor_that_another_page_names_is_there():
    """Of the templates and modules that lead here, wherever they are."""
    sources = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "outcomes").rglob("*.py")]
    found = {anchor for path in sources for anchor in NAMED.findall(path.read_text())}
    assert {"trend", "target", "comparison", "known-on", "spine"} <= found
    assert found <= set(ANCHORS)
