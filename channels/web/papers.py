"""Uploads: consent first, a tile per line, findings beside their pictures, gone at once when wanted."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Request, UploadFile
from starlette.responses import JSONResponse, RedirectResponse, Response

from channels.door.refusal import Refusal
from channels.door.visits import Visit
from channels.papers import Folder
from channels.present.numbering import numbered
from channels.present.report import present_report
from channels.web import papers_page as draw
from channels.web.consent import consent_page, offered
from channels.web.lists import source_link
from channels.web.site import Site
from channels.web.talking import Talking
from channels.web.visitor import Visitor
from channels.wording import say
from prereview.ports import SubmissionInvalid

Words = Annotated[str, Form()]


class Counter:
    """The counter where papers are shown: knows which submission belongs to which visit."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.house = site.house
        self.papers = site.house.papers

    def folder(self, visit: Visit | None) -> Folder | None:
        """Open the submission of a visit, judged by what its owner says now; None where there is none (any more)."""
        if visit is None or not visit.submission:
            return None
        try:
            folder = self.papers.folder(visit.submission, visit.on)
            situation = self.house.situation(visit.answers, folder.guide)
            if visit.matter == folder.submission.bundle and situation != folder.situation:
                self.papers.restate(visit.submission, situation)
                folder = self.papers.folder(visit.submission, visit.on)
        except SubmissionInvalid:
            return None
        return folder

    def own(self, request: Request) -> tuple[Visitor, str]:
        """Give the visitor and their submission; raises Refusal where there is none."""
        visitor = self.site.reception.admit(request)
        if not visitor.visit.submission:
            raise Refusal("submission", 404)
        return visitor, visitor.visit.submission


def router(site: Site) -> APIRouter:
    """Give the routes of these pages."""
    routes = APIRouter(include_in_schema=False, prefix="/papers")
    _add_pages(routes, site, Counter(site))
    _add_files(routes, site, Counter(site))
    _add_choices(routes, site, Counter(site))
    return routes


def _add_pages(routes: APIRouter, site: Site, counter: Counter) -> None:
    @routes.get("")
    def papers(request: Request) -> Response:
        visit = site.reception.look(request)
        folder = counter.folder(visit)
        if folder is None:
            return consent_page(site, request, visit)
        report = present_report(counter.papers.report(folder), site.house.library.sources)
        sentence, tone = draw.readiness(folder, report)
        judged = folder.shots and not folder.busy
        numbers = numbered(
            [citation for one in report.findings for citation in one.citations]
            + [citation for one in report.by_hand for citation in one.citations]
        )
        return site.pages.page(
            request,
            "papers.html",
            visit,
            here="list",
            tiles=draw.tiles(counter.papers, folder),
            busy=folder.busy,
            groups=draw.groups(folder, report) if judged else [],
            by_hand=report.by_hand if judged else (),
            readiness=sentence,
            tone=tone,
            any_file=bool(folder.shots),
            mib=site.house.settings.upload_mib,
            deadline=folder.submission.deadline.astimezone(site.house.zone),
            numbers=numbers,
            base=source_link,
        )

    @routes.get("/consent")
    def consent(request: Request) -> Response:
        return consent_page(site, request, site.reception.look(request))

    @routes.get("/progress")
    def progress(request: Request) -> Response:
        folder = counter.folder(site.reception.peek(request))
        if folder is None:
            return JSONResponse({"busy": False, "words": ""})
        return JSONResponse({"busy": folder.busy, "words": draw.progress(folder)})


def _add_files(routes: APIRouter, site: Site, counter: Counter) -> None:
    @routes.post("/files")
    def upload(
        request: Request, file: Annotated[list[UploadFile] | None, File()] = None, requirement: Words = ""
    ) -> Response:
        visitor, submission = counter.own(request)
        trouble = "" if any(one.filename for one in file or ()) else say("upload.no_file")
        for one in file or ():
            try:
                if one.filename:
                    _take(counter, submission, one, requirement)
            except Refusal as refused:
                trouble = refused.detail or f"{refused.title}。{refused.remedy}"
        visit = visitor.visit.model_copy(update={"trouble": trouble})
        return site.reception.go(request, Visitor(visitor.token, visit), "/papers")

    @routes.get("/files/{file}/{page}.jpg")
    def picture(request: Request, file: str, page: int) -> Response:
        _visitor, submission = counter.own(request)
        return Response(counter.papers.picture(submission, file, page), media_type="image/jpeg")

    @routes.post("/files/{file}/delete")
    def remove(request: Request, file: str) -> Response:
        visitor, submission = counter.own(request)
        counter.papers.remove(submission, file)
        return site.reception.go(request, visitor, "/papers")

    @routes.post("/delete")
    def delete(request: Request) -> Response:
        visitor, submission = counter.own(request)
        counter.papers.delete(submission)
        visit = visitor.visit.model_copy(update={"submission": "", "said": say("upload.deleted")})
        return site.reception.go(request, Visitor(visitor.token, visit), "/list")


def _add_choices(routes: APIRouter, site: Site, counter: Counter) -> None:
    talking = Talking(site)

    @routes.post("")
    def agree(request: Request, agree: Annotated[list[str] | None, Form()] = None, keep: Words = "day") -> Response:
        visitor = site.reception.admit(request)
        visit = visitor.visit
        offer = offered(site.house, visit)
        if offer is None:
            return RedirectResponse("/list", 303)
        if offer.kinds and not agree:
            return consent_page(site, request, visit, say("upload.none_chosen"))
        if visit.submission:
            counter.papers.delete(visit.submission)
        submission = counter.papers.open(
            offer.guide, offer.situation, on=offer.on, consents=agree or [], until_planned=keep == "planned"
        )
        kept = visit.model_copy(update={"submission": submission.id})
        return site.reception.go(request, Visitor(visitor.token, kept), "/papers")

    @routes.post("/fact")
    def fact(request: Request, fact: Words, value: Words = "") -> Response:
        if not value:
            visitor = site.reception.admit(request)
            kept = visitor.visit.model_copy(update={"said": say("upload.kept_said")})
            return site.reception.go(request, Visitor(visitor.token, kept), "/papers")
        visit = site.reception.look(request)
        visitor, _answer = talking.say(request, facts={fact: value}, matter=visit.matter if visit else "")
        return site.reception.go(request, visitor, "/papers")


def _take(counter: Counter, submission: str, file: UploadFile, requirement: str) -> None:
    limit = counter.house.settings.upload_mib
    content = file.file.read(limit * 1024 * 1024 + 1)
    if len(content) > limit * 1024 * 1024:
        raise Refusal("too_large", 413, mib=limit)
    taken = counter.papers.add(submission, file.filename or "", content, requirement)
    counter.house.worker.submit(submission, taken.id)
