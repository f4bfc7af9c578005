"""The JSON interface to the pre-review: consent, upload, wait, findings, delete."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, File, Form, Path, UploadFile
from starlette.responses import Response

from channels.door.refusal import Refusal
from channels.http.problems import documented, linked
from channels.http.schemas import (
    ConsentsRequest,
    ConsentView,
    FactsRequest,
    FileView,
    NewSubmission,
    SubmissionView,
)
from channels.papers import Folder
from channels.present.report import ReportView, present_report
from channels.web.consent import kinds_of
from channels.wiring import House
from guides.rules import read_facts
from guides.situation import Situation
from prereview.model import SubmittedFile

SubmissionId = Annotated[str, Path(pattern="^[0-9a-f]{16,64}$", description="POST /api/submissions 给的编号")]
FileId = Annotated[str, Path(pattern="^[0-9a-f]{16,64}$")]


def router(house: House) -> APIRouter:
    """Give the routes of submissions. The unguessable id is the key: whoever holds it may read and delete."""
    routes = APIRouter(prefix="/api/submissions", tags=["预审"])
    _add_submission(routes, house)
    _add_files(routes, house)
    return routes


def _add_submission(routes: APIRouter, house: House) -> None:
    papers = house.papers

    @routes.post("/consents", summary="上传前要同意哪几样", responses=documented(400, 404, 413, 422))
    def consents(asked: ConsentsRequest) -> tuple[ConsentView, ...]:
        """List the sensitive kinds of a person's own list: what is read of each, and why."""
        guide = house.guide(asked.bundle, house.region_code(asked.region))
        found = house.checklist(guide, read_facts(guide, asked.facts), on=asked.on or house.today)
        return tuple(
            ConsentView(kind=one.kind, title=one.title, reads=one.reads, why=one.why) for one in kinds_of(papers, found)
        )

    held = "submission_id:id"

    @routes.post(
        "",
        status_code=201,
        summary="开始一次预审",
        responses={
            **documented(400, 404, 413, 422),
            **linked(201, status=held, findings=held, restate=held, upload=held, delete=held),
        },
    )
    def begin(asked: NewSubmission) -> SubmissionView:
        """Begin with the kinds agreed to; files of other sensitive kinds will not be taken."""
        guide = house.guide(asked.bundle, house.region_code(asked.region))
        on = asked.on or house.today
        situation: Situation = read_facts(guide, asked.facts)
        house.checklist(guide, situation, on=on)
        made = papers.open(guide, situation, on=on, consents=asked.consents, until_planned=asked.keep == "planned")
        return _view(papers.folder(made.id))

    @routes.get("/{submission_id}", summary="看到哪一步了", responses=documented(404, 422))
    def status(submission_id: SubmissionId) -> SubmissionView:
        """Tell how far every file is."""
        return _view(papers.folder(submission_id))

    @routes.put("/{submission_id}/facts", summary="改情况，清单重新算", responses=documented(400, 404, 413, 422))
    def restate(submission_id: SubmissionId, asked: FactsRequest) -> SubmissionView:
        """Judge by other facts from now on."""
        guide = papers.folder(submission_id).guide
        papers.restate(submission_id, read_facts(guide, asked.facts))
        return _view(papers.folder(submission_id))

    @routes.get("/{submission_id}/findings", summary="预审意见", responses=documented(404, 422))
    def findings(submission_id: SubmissionId) -> ReportView:
        """Give the findings so far; a file still being read counts as unsure."""
        return present_report(papers.report(papers.folder(submission_id)), house.library.sources)

    @routes.delete("/{submission_id}", status_code=204, summary="马上全部删除", responses=documented(404, 422))
    def delete(submission_id: SubmissionId) -> Response:
        """Forget the files and everything read from them."""
        papers.get(submission_id)
        papers.delete(submission_id)
        return Response(status_code=204)


def _add_files(routes: APIRouter, house: House) -> None:
    papers = house.papers

    @routes.post(
        "/{submission_id}/files",
        status_code=202,
        summary="上传一个文件",
        responses=documented(400, 403, 404, 413, 422),
    )
    def upload(
        submission_id: SubmissionId,
        file: Annotated[UploadFile, File(description="照片（JPG、PNG）或 PDF")],
        requirement: Annotated[str, Form(max_length=64, description="清单里那一样的编号；空表示由程序来对")] = "",
    ) -> FileView:
        """Take a file in; it is read in the background."""
        limit = house.settings.upload_mib
        content = file.file.read(limit * 1024 * 1024 + 1)
        if len(content) > limit * 1024 * 1024:
            raise Refusal("too_large", 413, mib=limit)
        taken = papers.add(submission_id, file.filename or "", content, requirement)
        house.worker.submit(submission_id, taken.id)
        return _file(taken, "")

    @routes.get(
        "/{submission_id}/files/{file_id}/pages/{page}",
        summary="一页的图片",
        response_class=Response,
        responses={**documented(404, 422), 200: {"content": {"image/jpeg": {}}, "description": "JPEG"}},
    )
    def picture(submission_id: SubmissionId, file_id: FileId, page: Annotated[int, Path(ge=1, le=1000)]) -> Response:
        """Give a page as it was seen."""
        return Response(papers.picture(submission_id, file_id, page), media_type="image/jpeg")

    @routes.delete(
        "/{submission_id}/files/{file_id}", status_code=204, summary="删掉一个文件", responses=documented(404, 422)
    )
    def remove(submission_id: SubmissionId, file_id: FileId) -> Response:
        """Forget one file and everything read from it."""
        papers.remove(submission_id, file_id)
        return Response(status_code=204)


def _view(folder: Folder) -> SubmissionView:
    made = folder.submission
    return SubmissionView(
        id=made.id,
        bundle=made.bundle,
        region=made.region,
        deadline=made.deadline,
        planned=made.planned,
        consents=made.consents,
        busy=folder.busy,
        files=tuple(_file(shot.file, shot.name) for shot in folder.shots),
    )


def _file(file: SubmittedFile, name: str) -> FileView:
    return FileView(id=file.id, name=name, requirement=file.requirement, state=file.state.value, size=file.size)
