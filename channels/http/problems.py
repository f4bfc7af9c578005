"""Every refusal as RFC 9457 JSON with a Chinese remedy, and as a page where a person was reading."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from assistant.ports import AssistantError, InquiryInvalid
from channels.door.refusal import Refusal
from guides.condition import Value
from guides.rules import FactInvalid
from ingestion.ports import IngestionError
from prereview.ports import PrereviewError, SubmissionInvalid

LOG = logging.getLogger("bancheng.http")
MEDIA_TYPE = "application/problem+json"

_BY_STATUS = {400: "invalid", 404: "not_found", 405: "method", 413: "body_too_large", 415: "media_type"}


class Problem(Value):
    """What went wrong and what to do about it."""

    type: str = Field(examples=["/problems#question"])
    title: str = Field(examples=["还没有写问题"])
    status: int = Field(examples=[422])
    detail: str = ""
    remedy: str = Field(examples=["请写一句您想办的事，比如“给刚出生的孩子上户口”。"], min_length=1)


_TAKEN_IN = {"empty": 422, "too_large": 413, "too_many_files": 422}
"""Reasons for which the pre-review does not take a file in; any other means that something is not there."""

PageOf = Callable[[Request, Problem], Response]


Responses = dict[int | str, dict[str, object]]


def documented(*statuses: int) -> Responses:
    """Document the problems an operation may answer with."""
    return {
        status: {
            "description": "没有办成，remedy 说怎么办",
            "model": Problem,
            "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in (*statuses, 503)
    }


def linked(code: int, /, **operations: str) -> Responses:
    """Document where a result leads: operation=parameter, the parameter filled from the field of that name or `id`."""
    return {
        code: {
            "links": {
                name: {"operationId": name, "parameters": {parameter.split(":")[0]: _field(parameter)}}
                for name, parameter in operations.items()
            }
        }
    }


def _field(parameter: str) -> str:
    """Give the expression of a link: "answer_id" or "submission_id:id" (parameter, then field of the body)."""
    return f"$response.body#/{parameter.rsplit(':', maxsplit=1)[-1]}"


def as_problem(refusal: Refusal) -> Problem:
    """Give the refusal as it is sent."""
    return Problem(
        type=f"/problems#{refusal.name}",
        title=refusal.title,
        status=refusal.status,
        detail=refusal.detail,
        remedy=refusal.remedy,
    )


def install(app: FastAPI, page: PageOf) -> None:
    """Answer every exception of `app`: JSON under /api, a page elsewhere."""

    def answer(request: Request, refusal: Refusal, headers: dict[str, str] | None = None) -> Response:
        problem = as_problem(refusal)
        if not request.url.path.startswith("/api"):
            return page(request, problem)
        return JSONResponse(problem.model_dump(), problem.status, headers, MEDIA_TYPE)

    def refused(request: Request, error: Exception) -> Response:
        return answer(request, _refusal_of(error), _allow(error))

    for kind in (
        Refusal,
        HTTPException,
        RequestValidationError,
        FactInvalid,
        AssistantError,
        PrereviewError,
        IngestionError,
        Exception,
    ):
        app.add_exception_handler(kind, refused)


def _allow(error: Exception) -> dict[str, str] | None:
    return dict(error.headers) if isinstance(error, HTTPException) and error.headers else None


def _refusal_of(error: Exception) -> Refusal:
    match error:
        case Refusal():
            return error
        case RequestValidationError():
            return Refusal("invalid", 422, _places(error))
        case HTTPException():
            return Refusal(_BY_STATUS.get(error.status_code, "invalid"), error.status_code)
        case FactInvalid():
            return Refusal("fact", 422, error.remedy)
        case InquiryInvalid():
            return Refusal("fact", 422, error.remedy)
        case SubmissionInvalid():
            status = _TAKEN_IN.get(error.reason, 404)
            return Refusal("submission" if status == 404 else "upload", status, error.remedy)
        case AssistantError() | PrereviewError() | IngestionError():
            # The kind alone: what a person wrote or uploaded never reaches the log.
            LOG.warning("unavailable: %s", type(error).__name__)
            return Refusal("unavailable", 503)
        case _:
            # Where, not what: the message of an exception may carry what a person wrote.
            LOG.error("broken: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            return Refusal("broken", 500)


def _places(error: RequestValidationError) -> str:
    """Name the fields that were wrong, without repeating what was sent in them."""
    names = (".".join(str(part) for part in detail["loc"][1:]) or str(detail["loc"][0]) for detail in error.errors())
    return "看不懂的地方：" + "、".join(dict.fromkeys(names))
