"""Reads a page as a person does: its elements with their attributes and the words within them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse

VOID = {"br", "circle", "hr", "img", "input", "line", "link", "meta", "path", "polyline"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    parts: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words within it, in one line."""
        return " ".join(" ".join(part if isinstance(part, str) else part.text for part in self.parts).split())

    def __getitem__(self, attribute: str) -> str:
        return self.attributes[attribute]

    def find(self, tag: str = "", **attributes: str) -> list["Element"]:
        """Those within it of that tag with these attributes; data_value stands for data-value, class_ for one class."""
        return [one for one in self._within() if one._fits(tag, attributes)]

    def one(self, tag: str = "", **attributes: str) -> "Element":
        """The first of them; fails where there is none."""
        found = self.find(tag, **attributes)
        assert found, f"nothing is a {tag or 'thing'} with {attributes}"
        return found[0]

    def _within(self) -> Iterator["Element"]:
        for part in self.parts:
            if isinstance(part, Element):
                yield part
                yield from part._within()

    def _fits(self, tag: str, attributes: dict[str, str]) -> bool:
        if tag and tag != self.tag:
            return False
        for name, wanted in attributes.items():
            if name == "class_":
                if wanted not in self.attributes.get("class", "").split():
                    return False
            elif self.attributes.get(name.replace("_", "-")) != wanted:
                return False
        return True


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while len(self.open) > 1 and self.open.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open[-1].tag not in ("script", "style"):
            self.open[-1].parts.append(data)


def page(response: HttpResponse) -> Element:
    """The page of an answer that is one."""
    assert response.status_code == 200
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.root
