"""The editor for people who do not write YAML: every guide and its state, what changes, and the steps of two."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from channels.editing.desk import Desk
from channels.editing.fields import fields_of, one_of, sections
from channels.editing.forms import BOUNDS, condition_form, shown
from channels.editing.model import Editor
from channels.editing.ports import EditingRefused
from channels.editing.words import words
from channels.web import editor_forms
from channels.web.editor_forms import Sent
from channels.web.editor_gate import Gate
from channels.web.editor_preview import preview
from channels.web.site import Site
from guides.model import Guide


def router(site: Site, gate: Gate) -> APIRouter:
    """Give the routes of the editor."""
    routes = APIRouter(include_in_schema=False)
    house, desk = site.house, site.house.editing
    site.pages.engine.filters.update(condition=condition_form, shown=shown)
    site.pages.engine.globals.update(e=words(), ew=words("labels"), fields_of=fields_of, one_of=one_of, bounds=BOUNDS)
    routes.include_router(editor_forms.router(site, gate))

    def page(request: Request, name: str, status: int = 200, **data: object) -> Response:
        return site.pages.page(request, name, None, status, **data)

    @routes.get("/editor")
    def every(request: Request) -> Response:
        who = gate.who(request)
        rows = [_row(site, f"{e.guide.slug}@{e.guide.region or 'cn'}", e.guide) for e in house.library.entries]
        return page(request, "editor_list.html", who=who, rows=rows)

    @routes.get("/editor/g/{key}")
    def one(request: Request, key: str) -> Response:
        who, entry = gate.who(request), desk.entry(key)
        draft = desk.open_version(key)
        above = [other.guide.title for other in house.library.entries if other.base == key]
        return page(
            request,
            "editor_guide.html",
            who=who,
            key=key,
            guide=entry.guide,
            draft=draft,
            troubles=desk.check(draft).troubles if draft else (),
            sections=sections(),
            versions=[one for one in reversed(desk.store.versions(key)) if one.published_by],
            releases=[one for one in desk.store.releases() if one.guide == key and not one.cancelled],
            served=desk.served_number(key),
            stop=desk.stop_of(key),
            events=desk.store.events(key)[:30],
            above=above,
            today=house.today,
        )

    @routes.get("/editor/g/{key}/changes")
    def changes(request: Request, key: str) -> Response:
        who, entry, draft = gate.who(request), desk.entry(key), desk.open_version(key)
        checked = desk.check(draft) if draft else None
        readable = checked is not None and checked.guide is not None
        verdict = desk.examine(draft) if draft and readable else None
        troubles = checked.troubles if checked else ()
        return page(
            request, "editor_changes.html", who=who, key=key, guide=entry.guide, draft=draft, verdict=verdict,
            troubles=troubles, today=house.today,
        )  # fmt: skip

    @routes.get("/editor/g/{key}/preview")
    def look(request: Request, key: str, situation: int = 0) -> Response:
        who, entry, draft = gate.who(request), desk.entry(key), desk.open_version(key)
        guide = desk.check(draft).guide if draft else entry.guide
        shown_ = preview(guide, entry.examples, situation, house.library.sources, house.today) if guide else None
        return page(
            request, "editor_preview.html", who=who, key=key, guide=entry.guide, examples=entry.examples,
            chosen=situation, preview=shown_,
        )  # fmt: skip

    @routes.post("/editor/g/{key}/do")
    def act(request: Request, key: str, form: Sent) -> Response:
        who = gate.who(request)
        _act(desk, key, who, {name: values[0] for name, values in form.items() if values})
        return RedirectResponse(f"/editor/g/{quote(key)}", 303)

    return routes


def _act(desk: Desk, key: str, who: Editor, said: dict[str, str]) -> None:
    """Take one of the steps of the editorial room."""
    note, number = said.get("note", ""), said.get("number", "")
    version = int(number) if number.isdecimal() else 0
    steps: dict[str, Callable[[], object]] = {
        "submit": lambda: desk.submit(key, who, note),
        "send_back": lambda: desk.send_back(key, who, note),
        "approve": lambda: desk.approve(key, who, seen=bool(said.get("seen"))),
        "publish": lambda: desk.publish(key, who, _day(said.get("day", ""))),
        "rollback": lambda: desk.rollback(key, who, version),
        "withdraw": lambda: desk.withdraw(key, who, version),
        "stop": lambda: desk.stop(key, who, note),
        "resume": lambda: desk.resume(key, who),
        "reload": lambda: desk.reload(key, who),
    }
    step = steps.get(said.get("action", ""))
    if step is None:
        raise EditingRefused("state", 422)
    step()


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as wrong:
        raise EditingRefused("day", 422) from wrong


def _row(site: Site, key: str, guide: Guide) -> dict[str, object]:
    desk = site.house.editing
    draft = desk.open_version(key)
    return {
        "key": key,
        "title": guide.title,
        "place": site.house.place_name(guide.region),
        "version": guide.version,
        "state": draft.state.value if draft else "",
        "stopped": desk.stop_of(key) is not None,
    }
