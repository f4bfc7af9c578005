"""The forms of the editor: each entry of a guide on a page of its own, kept and looked at while somebody types."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from channels.editing.checking import Checked
from channels.editing.fields import Shape, fields_of, name_in, one_of
from channels.editing.forms import Posted, add_to, at_path
from channels.editing.model import Editor
from channels.editing.ports import EditingRefused
from channels.web.editor_gate import Gate
from channels.web.editor_parts import (
    content_of,
    entries_in,
    facts_in,
    fields_at,
    fresh,
    is_near,
    kind_at,
    locators_for,
    names_in,
    pressed,
    section_named,
    section_of,
    with_form,
)
from channels.web.site import Site
from guides.model import Guide
from guides.yaml_source import Plain


async def posted(request: Request) -> Posted:
    """Give a form as sent: every value of every name."""
    form = await request.form(max_fields=20_000)
    return {key: [one for one in form.getlist(key) if isinstance(one, str)] for key in form}


Sent = Annotated[Posted, Depends(posted)]


def router(site: Site, gate: Gate) -> APIRouter:
    """Give the routes of the forms."""
    routes = APIRouter(include_in_schema=False)
    house, desk = site.house, site.house.editing

    def page(request: Request, template: str, **data: object) -> Response:
        return site.pages.page(request, template, None, 200, **data)

    @routes.get("/editor/g/{key}/s/{name}")
    def section(request: Request, key: str, name: str) -> Response:
        who, entry, found = gate.who(request), desk.entry(key), section_named(name)
        draft = desk.open_version(key)
        content = desk.content(draft) if draft else content_of(entry.guide)
        troubles = desk.check(draft).troubles if draft else ()
        return page(
            request,
            "editor_section.html",
            who=who,
            key=key,
            guide=entry.guide,
            section=found,
            lists=[(f, entries_in(content, f, troubles)) for f in found.fields if f.shape is Shape.PARTS],
            plain=[f for f in found.fields if f.shape is not Shape.PARTS],
        )

    @routes.get("/editor/g/{key}/edit/{path}")
    def edit(request: Request, key: str, path: str) -> Response:
        who, entry = gate.who(request), desk.entry(key)
        draft = desk.open_version(key)
        content = desk.content(draft) if draft else content_of(entry.guide)
        checked = desk.check(draft) if draft else None
        return _form(request, key, path, who, entry.guide, content, checked)

    @routes.post("/editor/g/{key}/edit/{path}")
    def save(request: Request, key: str, path: str, form: Sent) -> Response:
        who = gate.who(request)
        draft = desk.begin(key, who)
        steps = tuple(path.split("."))
        content = with_form(desk.content(draft), steps, form)
        done, to = pressed(content, (form.get("do") or [""])[0], steps)
        desk.save(key, who, done)
        return RedirectResponse(f"/editor/g/{quote(key)}/{to or 'edit/' + path}", 303)

    @routes.post("/editor/g/{key}/check/{path}")
    def typing(request: Request, key: str, path: str, form: Sent) -> Response:
        who = gate.who(request)
        draft = desk.begin(key, who)
        version = desk.save(key, who, with_form(desk.content(draft), tuple(path.split(".")), form))
        return site.pages.piece("editor_troubles.html", troubles=desk.check(version).troubles, kept=True)

    @routes.post("/editor/g/{key}/new/{name}")
    def add(request: Request, key: str, name: str) -> Response:
        who = gate.who(request)
        field = next((f for f in fields_of("Guide") if f.name == name and f.shape is Shape.PARTS), None)
        if field is None:
            raise EditingRefused("no_guide", 404)
        content = desk.content(desk.begin(key, who))
        made = add_to(content, (name,), fresh(field.kind, content))
        desk.save(key, who, made)
        rows = at_path(made, (name,))
        number = len(rows) - 1 if isinstance(rows, list) else 0
        return RedirectResponse(f"/editor/g/{quote(key)}/edit/{name}.{number}", 303)

    def _form(
        request: Request, key: str, path: str, who: Editor, guide: Guide, content: Plain, checked: Checked | None
    ) -> Response:
        steps = tuple(path.split("."))
        fields, part, prefix = fields_at(content, steps)
        troubles = [one for one in checked.troubles if is_near(one.path, steps)] if checked else []
        return page(
            request,
            "editor_form.html",
            who=who,
            key=key,
            path=path,
            guide=guide,
            section=section_of(steps),
            fields=fields,
            part=part,
            prefix=prefix,
            title=f"{one_of(kind_at(steps))}：{name_in(part, kind_at(steps)) or '新的一条'}" if prefix else "",
            troubles=troubles,
            facts=facts_in(content),
            named=names_in(content, "conditions", "name", "say"),
            route_names=names_in(content, "routes", "id", "title"),
            service_names=names_in(content, "services", "id", "name"),
            sources={name: source.title for name, source in house.library.sources.items()},
            locators=locators_for(site, guide),
        )

    return routes
