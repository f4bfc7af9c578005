"""A new guide to begin from: small, whole, provable, and full of sentences that say what to write where they stand.

Its version is "0" and it holds from 2099 only, so that it makes no list for anybody; `unfinished` says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from guides.citations import citations_of
from guides.condition import Value
from guides.library import Entry
from guides.model import Source, SourceKind, Verification
from guides.terms import heading, part_title

BEING_WRITTEN = "0"
"""The version of a guide nobody has finished."""
NOT_YET = date(2099, 1, 1)
TO_WRITE = "待写："
EXAMPLES = 12
"""Named situations a finished guide has at least."""

_GUIDE = """\
# yaml-language-server: $schema=../../../../docs/schema/guide.json
# {title}（{place}）：刚建的骨架。带“待写：”的都要换成自己的话，写一处跑一次 bancheng guides check {slug}@{region}。
# 先写 questions（只问会改变清单的），再写 routes（每种情形恰好一条），再写 materials（每种情形恰好一条规则）。
slug: {slug}
title: {title}
region: "{region}"
lead_agency: 待写：牵头部门
version: "0"  # 写好、审过之后改成日期
valid_from: 2099-01-01  # 写好、审过之后改成起用日；在那之前不给任何人列清单
summary: 待写：一句话说明这件事办什么、谁能一起办
aliases: [{title}]  # 大家怎么叫它，口语俗称都写上
sources: [{source}]  # 在 guides/sources/ 里登记过的依据

questions:
  - fact: eligible
    ask: 待写：第一个要问的情况，例如“孩子是在本省出生的吗”？
    why: 待写：为什么问
    kind: yes_no  # 也可以是 one_of（写 options）、number、date、month

routes:
  - id: joint
    kind: bundle
    title: 联办
    when: {{fact: eligible, is: true}}
    say: 待写：能怎么办、按哪条规定、由谁认定
    next_step: 待写：下一步去哪里
    citations: [{{source: {source}, locator: 待写：条款}}]
  - id: single
    kind: single_services
    title: 分开办
    when: {{not: {{fact: eligible, is: true}}}}
    say: 待写：走不了联办的怎么办，不要说“办不了”
    next_step: 待写：先去哪里；拿不准打 12345
    citations: [{{source: {source}, locator: 待写：条款}}]

services:
  - id: main
    name: 待写：联办事项的名称
    agency: 待写：办理部门
    place: 待写：单独办去哪里
    citation: {{source: {source}, locator: 待写：条款}}

materials:
  - id: id_card
    name: 居民身份证
    services: [main]
    originals: 1
    rules:
      - when: {{route: joint}}
        status: required
        handling: inspect  # 到场出示；collect 收取，upload 上传，sign 签字
        why: 待写：为什么要它
        citation: {{source: {source}, locator: 待写：条款}}
      - when: {{route: single}}
        status: not_required
        why: 待写：这种情况为什么用不到
        citation: {{source: {source}, locator: 待写：条款}}
"""
_EXAMPLES = """\
# yaml-language-server: $schema=../../../../docs/schema/examples.json
# 有名字的情形，至少 12 个：一句话就是它的名字，后面是这种情形的整份清单。每写一个规则，就写一个会用到它的情形。
examples:
  - name: 待写：一句话说出这种情形，例如“在本省出生的，可以联办”
    origin: own  # 官方文字里有的写 official
    on: 2099-01-01
    facts: {eligible: true}
    route: joint
    items: {id_card: required}
"""
_NOTES = """\
# yaml-language-server: $schema=../../../../docs/schema/notes.json
# 编者要说明的：和官方指南写法不同的地方、查过没查到的地方。
notes:
  - about: 待写：关于什么
    text: 待写：查了什么、在哪里查的、为什么这样写
"""
_SOURCES = """\
# yaml-language-server: $schema=../../docs/schema/sources.json
sources:
  - id: {source}
    title: 待写：依据文件的名称
    issuer: 待写：发文机关
    kind: {kind}
    url: ""
    verification: {verification}  # 读过原文之后改成 read，并写上 retrieved 和 url
    note: 待写：在哪里读的
"""


def skeleton(slug: str, title: str, region: str, place: str) -> Mapping[str, str]:
    """Give the texts of a new guide's files by their paths under the library's root."""
    source = f"{slug.replace('-', '_')}_basis"
    folder = f"library/{region or 'cn'}/{slug}"
    guide = _GUIDE.format(slug=slug, title=title, region=region, place=place, source=source)
    inferred, official = Verification.INFERRED.value, SourceKind.OFFICIAL_GUIDE.value
    return {
        f"{folder}/guide.yaml": guide,
        f"{folder}/examples.yaml": _EXAMPLES,
        f"{folder}/notes.yaml": _NOTES,
        f"sources/{slug.replace('-', '_')}.yaml": _SOURCES.format(source=source, kind=official, verification=inferred),
    }


def unfinished(entry: Entry, sources: Mapping[str, Source]) -> Iterator[str]:
    """Say what is still to be written of a guide that nobody has finished; nothing for any other."""
    guide = entry.guide
    if guide.version != BEING_WRITTEN:
        return
    yield from _to_write(guide, "guide.yaml")
    for example in entry.examples:
        yield from _to_write(example, "examples.yaml")
    for note in entry.notes:
        yield from _to_write(note, "notes.yaml")
    for name in guide.sources:
        yield from _to_write(sources[name], "sources")
    for part in ("fees", "limits", "points", "phones", "steps", "faq", "basis"):
        if not getattr(guide, part):
            yield f"还没有“{part_title((part,))}”；确实没有的，在 notes.yaml 里说明查了什么"
    unread = {one.source for one in citations_of(guide) if sources[one.source].verification is not Verification.READ}
    for name in sorted(unread):
        yield f"依据“{name}”还没有读过原文，靠它的条目都显示未核实"
    if len(entry.examples) < EXAMPLES:
        yield f"情形例子只有 {len(entry.examples)} 个，至少要 {EXAMPLES} 个"
    if guide.valid_from >= NOT_YET:
        yield "起用日还是 2099 年：写好、审过之后改成真的起用日"
    yield "版本还是 0：全部写好之后改成日期，例如 2026-11-22"


def _to_write(value: Value, file: str) -> Iterator[str]:
    for model, field, text in _texts(value):
        if text.startswith(TO_WRITE):
            yield f"{file} 的“{heading(model, field)}”还没写：{text.removeprefix(TO_WRITE)}"


def _texts(value: object) -> Iterator[tuple[str, str, str]]:
    """Give every text inside a value with the model and field it stands in."""
    if not isinstance(value, Value):
        return
    for name in type(value).model_fields:
        part = getattr(value, name)
        for one in part if isinstance(part, tuple) else (part,):
            if isinstance(one, str):
                yield type(value).__name__, name, str(one)
            else:
                yield from _texts(one)
