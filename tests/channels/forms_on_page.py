"""A form as a browser would send it, read off the page."""

from __future__ import annotations

from html.parser import HTMLParser


class _Form(HTMLParser):
    """Collects what the editing form of a page would send."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: dict[str, list[str]] = {}
        self.inside, self.area, self.select, self.first = False, "", "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "data-check" in given
        if not self.inside:
            return
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") != "checkbox" or "checked" in given):
            self.sent.setdefault(name, []).append(given.get("value", ""))
        elif tag == "textarea":
            self.area = name
            self.sent[name] = [""]
        elif tag == "select":
            self.select, self.first = name, "first"
        elif tag == "option" and self.select and ("selected" in given or self.first):
            self.sent[self.select] = [given.get("value", "")]
            self.first = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.area = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.area:
            self.sent[self.area][0] += data


def filled(page: str) -> dict[str, list[str]]:
    """Give what pressing the button would send."""
    form = _Form()
    form.feed(page)
    return form.sent
