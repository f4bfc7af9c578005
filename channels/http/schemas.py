"""What the JSON interface takes and gives; the answers themselves are the views every channel shares."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from assistant.views import AnswerView, ChecklistView
from channels.present.guide_page import AboutView
from channels.present.trace import TraceView
from guides.condition import Value

Day = Annotated[
    date,
    Field(
        ge=date(2020, 1, 1), le=date(2099, 12, 31), description="打算哪天去办；不写就是今天。", examples=["2026-11-22"]
    ),
]
FactName = Annotated[str, Field(pattern="^[a-z0-9_]{1,64}$")]
RawFact = bool | Annotated[float, Field(allow_inf_nan=False)] | Annotated[str, Field(max_length=200)]
Facts = Annotated[
    dict[FactName, RawFact],
    Field(
        max_length=64,
        description="情况：问题的 fact 名和取值；不清楚写 unknown。名字和选项见 /api/guides/{slug}。",
        examples=[{"mother_hukou": "other_province"}],
    ),
]
PlaceName = Annotated[
    str,
    Field(pattern="^(hukou|residence|birth|insured|property|registered|work)(:[a-z_]{1,32})?$", max_length=48),
]
RegionName = Annotated[
    str, Field(max_length=32, description="地区名或行政区划代码；空表示本站默认地区。", examples=["长沙", "430100"])
]


class ChatRequest(Value):
    """A question in a person's own words, with what is known already."""

    question: str = Field(default="", examples=["我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口，需要带什么？"])
    facts: Facts = Field(default_factory=dict)
    matter: str = Field(default="", max_length=64, description="已经知道是哪件事时写它的 slug。", examples=["newborn"])
    region: RegionName = ""
    on: Day | None = None
    conversation: str = Field(
        default="",
        max_length=64,
        pattern="^[A-Za-z0-9_-]*$",
        description="同一次对话写同一个自己生成的随机字串；空表示单独一问。",
    )


class ChecklistRequest(Value):
    """A matter and a situation."""

    bundle: str = Field(max_length=64, examples=["newborn"])
    facts: Facts = Field(default_factory=dict)
    region: RegionName = ""
    on: Day | None = None
    places: dict[PlaceName, RegionName] = Field(default_factory=dict, max_length=16, examples=[{"hukou": "431022"}])
    """Whose place decides: hukou, residence, birth, insured, property, registered or work; `hukou:father` for one."""


class OptionView(Value):
    """One answer to a question."""

    value: str
    label: str
    hint: str


class FactView(Value):
    """A fact a guide asks for: a key of `facts`."""

    fact: str
    ask: str
    why: str
    kind: str
    unit: str
    options: tuple[OptionView, ...]


class MaterialView(Value):
    """A material of a guide."""

    requirement: str
    name: str
    issuer: str
    documents: tuple[str, ...]


class GuideLineView(Value):
    """A guide in the list."""

    slug: str
    title: str
    region: str
    summary: str
    version: str
    valid_from: date
    valid_to: date | None
    questions: int
    materials: int
    sources: int


class GuideView(Value):
    """A guide with the names of its facts and materials."""

    slug: str
    title: str
    region: str
    summary: str
    version: str
    valid_from: date
    valid_to: date | None
    facts: tuple[FactView, ...]
    materials: tuple[MaterialView, ...]
    sources: tuple[str, ...]
    about: AboutView
    """Versions, sources with their marks, what ends soon, contradictions, the editors' notes."""


class ConsentsRequest(ChecklistRequest):
    """A matter and a situation whose papers are to be looked at."""


class ConsentView(Value):
    """A sensitive kind of document: what would be read of it, and why."""

    kind: str
    title: str
    reads: str
    why: str


class NewSubmission(ChecklistRequest):
    """A matter, a situation, the kinds agreed to, and how long files are kept."""

    consents: tuple[Annotated[str, Field(pattern="^[a-z0-9_]{1,64}$")], ...] = Field(
        default=(),
        max_length=40,
        description="同意读取的材料种类，见 /api/submissions/consents。",
        examples=[["id_card"]],
    )
    keep: Literal["day", "planned"] = Field(
        default="day", description="day：24 小时后删除；planned：保留到打算去办的那天，最多 7 天。"
    )


class FactsRequest(Value):
    """A situation told anew."""

    facts: Facts


class FileView(Value):
    """A file of a submission: received, reading, read or failed."""

    id: str
    name: str
    requirement: str
    state: str
    size: int


class SubmissionView(Value):
    """A submission and how far it is; everything is forgotten at the deadline."""

    id: str
    bundle: str
    region: str
    deadline: datetime
    planned: date
    consents: tuple[str, ...]
    busy: bool
    files: tuple[FileView, ...]


__all__ = [
    "AnswerView",
    "ChatRequest",
    "ChecklistRequest",
    "ChecklistView",
    "ConsentView",
    "ConsentsRequest",
    "FactView",
    "FactsRequest",
    "FileView",
    "GuideLineView",
    "GuideView",
    "MaterialView",
    "NewSubmission",
    "OptionView",
    "SubmissionView",
    "TraceView",
]
