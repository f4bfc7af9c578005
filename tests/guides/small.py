"""A small guide that shows every kind of condition, for tests of the engine."""

from __future__ import annotations

import copy
from datetime import date
from typing import cast

import yaml

from guides.model import Guide, Source, SourceKind, Verification

ON = date(2026, 11, 22)

SOURCES = {
    "rule": Source(
        id="rule", title="样例规定", issuer="样例机关", kind=SourceKind.NOTICE, verification=Verification.READ
    ),
    "hearsay": Source(
        id="hearsay", title="听说", issuer="某处", kind=SourceKind.REPRINT, verification=Verification.RECALLED
    ),
}

TEXT = """
slug: small
title: 样例一件事
region: "430100"
lead_agency: 样例局
version: "1"
valid_from: 2025-01-01
summary: 样例
aliases: [样例]
sources: [rule, hearsay]
questions:
  - {fact: born, ask: 孩子哪天出生？, why: 看时限, kind: date}
  - {fact: place, ask: 在哪出生？, why: 看路线, kind: one_of, options: [{value: home, label: 在家}, {value: clinic, label: 医院}]}
  - {fact: married, ask: 登记结婚了吗？, why: 看材料, kind: yes_no}
  - fact: permit
    ask: 有居住证吗？
    why: 外地人才问
    kind: yes_no
    when: {all: [{fact: place, is: clinic}, {fact: married, is: false}]}
  - {fact: children, ask: 几个孩子？, why: 逐个办, kind: number, unit: 个}
  - {fact: channel, ask: 怎么办？, why: 网上免交, kind: one_of, default: online, options: [{value: online, label: 网上}, {value: window, label: 窗口}]}
conditions:
  - {name: young, say: 六个月内, when: {age_of: born, at_most: {months: 6}}}
impossible:
  - {when: {all: [{fact: place, is: home}, {fact: channel, is: online}]}, why: 在家出生只能到窗口}
routes:
  - {id: joint, kind: bundle, title: 联办, when: {all: [{holds: young}, {fact: place, is: clinic}]}, say: 可以联办, next_step: 网上填表, citations: [{source: rule, locator: 第一条}]}
  - {id: single, kind: single_services, title: 分开办, when: {not: {all: [{holds: young}, {fact: place, is: clinic}]}}, say: 分开办, next_step: 先去医院, citations: [{source: rule, locator: 第二条}]}
services:
  - {id: register, name: 登记, agency: 样例局, place: 大厅, citation: {source: rule, locator: 第三条}}
presence:
  - {id: parent, who: 父母一方, what: 到场, when: {fact: channel, is: window}, citation: {source: rule, locator: 第三条}}
materials:
  - id: form
    name: 申请表
    services: [register]
    rules:
      - {when: {fact: channel, is: online}, status: exempt, ground: generated, why: 系统生成, fallback: 到窗口填, citation: {source: rule, locator: 第四条}}
      - {when: {fact: channel, is: window}, status: required, handling: collect, why: 窗口要收, citation: {source: rule, locator: 第四条}}
  - id: certificate
    name: 结婚证
    services: [register]
    documents: [{kind: marriage_certificate}]
    rules:
      - {when: {fact: married, is: true}, status: required, handling: upload, why: 证明关系, citation: {source: rule, locator: 第五条}}
      - {when: {fact: married, is: false}, status: not_required, why: 没有登记结婚, citation: {source: rule, locator: 第五条}}
  - id: permit_copy
    name: 居住证
    services: [register]
    rules:
      - {when: {fact: permit, is: true}, status: required, handling: upload, why: 核对住址, citation: {source: hearsay, locator: 某页}}
      - {when: {not: {fact: permit, is: true}}, status: not_required, why: 用不到, citation: {source: rule, locator: 第六条}}
  - id: list
    name: 名单
    services: [register]
    rules:
      - {when: {all: [{route: joint}, {fact: children, at_least: 2}]}, status: required, handling: upload, why: 逐个登记, citation: {source: rule, locator: 第七条}}
      - {when: {any: [{route: single}, {fact: children, less_than: 2}]}, status: not_required, why: 一个孩子不用, citation: {source: rule, locator: 第七条}}
"""

Tree = dict[str, "Branch"]
Branch = str | bool | float | date | list["Branch"] | Tree | None


def tree() -> Tree:
    """Give the guide as plain data, to be changed by a test."""
    return cast("Tree", copy.deepcopy(yaml.safe_load(TEXT)))


def small() -> Guide:
    """Give the guide."""
    return Guide.model_validate(tree())
