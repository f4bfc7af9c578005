"""Options that every command takes, and what they mean."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Annotated, ParamSpec

import typer
from pydantic import BaseModel, ConfigDict, RootModel, StrictBool, StrictFloat, StrictInt, StrictStr, ValidationError

from assistant.ports import InquiryInvalid
from channels.door.refusal import Refusal
from channels.settings import SettingsInvalid
from channels.wiring import CHINA, HOME_REGION
from guides.golden import GoldenInvalid
from guides.held import HeldInvalid
from guides.jurisdiction import PlaceInvalid
from guides.library import Library, LibraryInvalid
from guides.rules import FactInvalid
from ingestion.ports import DocumentInvalid, SourceUnavailable

P = ParamSpec("P")


class BadInput(Exception):
    """What was typed cannot be used; the message is a Chinese sentence that says what to write instead."""


class _Facts(RootModel[dict[str, StrictBool | StrictInt | StrictFloat | StrictStr]]):
    """A facts file: one flat JSON object, names as `guides show` lists them."""

    model_config = ConfigDict(frozen=True)


On = Annotated[str, typer.Option("--on", metavar="DATE", help="打算哪天去办，如 2026-11-22；不写就是今天")]
Region = Annotated[str, typer.Option("--region", metavar="NAME", help="在哪里办，写名称或代码，如 长沙")]
Json = Annotated[bool, typer.Option("--json", help="只输出一行 JSON")]
Facts = Annotated[Path | None, typer.Option("--facts", metavar="F", help="情况文件（JSON），键名见 guides show")]
Places = Annotated[
    list[str] | None,
    typer.Option("--places", metavar="WHAT=NAME", help="谁的什么地方，如 hukou=宜章县、insured=长沙；可以写几次"),
]
Bundle = Annotated[str, typer.Option("--bundle", metavar="SLUG", help="哪一件事，见 guides list")]


def the_day(text: str) -> date:
    """Read --on; today in China when nothing was given."""
    if not text:
        return datetime.now(CHINA).date()
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadInput(f"--on 要写成 2026-11-22 这样的日期，现在是“{text}”") from wrong


def the_region(library: Library, name: str) -> str:
    """Read --region as a code; the home region when nothing was given. Unknown names are refused, never replaced."""
    if not name:
        return HOME_REGION
    region = library.region(name.strip())
    if region is None:
        raise BadInput(f"没有登记“{name}”这个地区。请写省、市的名称，例如 长沙；别的地方请问当地 12345")
    return region.code


def the_places(library: Library, written: list[str]) -> dict[str, str]:
    """Read --places as region codes by what they are."""
    found: dict[str, str] = {}
    for one in written:
        what, _, name = one.partition("=")
        if not name:
            raise BadInput(f"--places 要写成 hukou=宜章县 这样，现在是“{one}”")
        found[what.strip()] = the_region(library, name)
    return found


def the_facts(file: Path | None) -> dict[str, bool | int | float | str]:
    """Read a facts file; an empty object when none was given."""
    if file is None:
        return {}
    try:
        return dict(_Facts.model_validate_json(file.read_bytes()).root)
    except OSError as missing:
        raise BadInput(f"打不开情况文件 {file}，请检查路径") from missing
    except ValidationError as wrong:
        example = '{"birth_place": "hunan", "parents_married": true}'
        raise BadInput(f"情况文件 {file} 要是一个平铺的 JSON 对象，例如 {example}") from wrong


def print_json(value: BaseModel | dict[str, object] | list[object]) -> None:
    """Print one object on one line of stdout."""
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    typer.echo(json.dumps(plain, ensure_ascii=False, separators=(",", ":")))


def careful(command: Callable[P, None]) -> Callable[P, None]:
    """Turn what a person can mend into one sentence on stderr and exit code 2."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (FactInvalid, InquiryInvalid, DocumentInvalid, SettingsInvalid) as wrong:
            _refuse(wrong.remedy)
        except SourceUnavailable as wrong:
            _refuse(f"暂时读不到：{wrong}。请稍后再试")
        except LibraryInvalid as wrong:
            _refuse("指南库有错，改好下面几处再启动：\n" + "\n".join(str(problem) for problem in wrong.problems))
        except (GoldenInvalid, HeldInvalid, PlaceInvalid) as wrong:
            _refuse(str(wrong))
        except Refusal as wrong:
            _refuse(f"{wrong.title}。{wrong.remedy}")
        except BadInput as wrong:
            _refuse(str(wrong))

    return run


def _refuse(sentence: str) -> None:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)
