"""What the JSON interface takes and gives; the answers themselves are the views every channel shares."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from assistant.views import AnswerView, ChecklistView
from channels.present.trace import TraceView
from guides.condition import Value

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
RegionName = Annotated[
    str, Field(max_length=32, description="地区名或行政区划代码；空表示本站默认地区。", examples=["长沙", "430100"])
]


class ChatRequest(Value):
    """A question in a person's own words, with what is known already."""

    question: str = Field(default="", examples=["我家宝宝上周在长沙出生，我是湖北户口，她爸是长沙户口，需要带什么？"])
    facts: Facts = Field(default_factory=dict)
    matter: str = Field(default="", max_length=64, description="已经知道是哪件事时写它的 slug。", examples=["newborn"])
    region: RegionName = ""
    on: date | None = Field(default=None, description="打算哪天去办；不写就是今天。")
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
    on: date | None = None


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


Keep = Literal["day", "planned"]

__all__ = [
    "AnswerView",
    "ChatRequest",
    "ChecklistRequest",
    "ChecklistView",
    "FactView",
    "GuideLineView",
    "GuideView",
    "Keep",
    "MaterialView",
    "OptionView",
    "TraceView",
]
