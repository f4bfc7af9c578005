"""The proof proves itself: mistakes people make are planted into real guides, and each must be found with a sentence.

A guide is copied to a folder of its own with all sources and regions, one mistake is written into the copy, and the
copy is read and audited like any other. Nothing here touches the library itself.
"""

from __future__ import annotations

import copy
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import yaml

from guides.audit import Yardstick, audit
from guides.held import as_stated
from guides.held_laws import as_cited
from guides.library import ROOT, Entry, Library, LibraryInvalid, load_library
from guides.shelf import GUIDE
from guides.yaml_source import Plain

Tree = dict[str, Plain]
Plant = Callable[[Tree], None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of mistake: what it is, how it is planted, and words of the sentence that must find it."""

    name: str
    finds: str
    plant: Plant
    overlay: bool = False
    """Planted into an overlay on the guide instead of the guide."""


@dataclass(frozen=True, slots=True)
class Found:
    """What became of one planted mistake; `sentence` is "" where it was missed."""

    kind: str
    guide: str
    sentence: str


class NothingToPlant(Exception):
    """A guide has no place for this kind of mistake; the message says which."""


# --- reaching into a guide ------------------------------------------------------------------------------------------


def rows(tree: Tree, key: str) -> list[Tree]:
    """Give the entries of a list that holds mappings; an empty one is put there where none is."""
    return cast("list[Tree]", tree.setdefault(key, []))


def _rule(tree: Tree, wanted: Callable[[Tree], bool]) -> Tree:
    for material in rows(tree, "materials"):
        for rule in rows(material, "rules"):
            if wanted(rule):
                return rule
    raise NothingToPlant("没有这样的材料规则")


def _first(tree: Tree, key: str) -> Tree:
    if not rows(tree, key):
        raise NothingToPlant(f"没有 {key}")
    return rows(tree, key)[0]


def _citation(tree: Tree) -> Plain:
    return copy.deepcopy(rows(_first(tree, "materials"), "rules")[0]["citation"])


def _never(tree: Tree) -> Plain:
    """Give a condition that holds in no situation: one question answered in two ways at once."""
    for question in rows(tree, "questions"):
        fact = question["fact"]
        if question["kind"] == "yes_no":
            return {"all": [{"fact": fact, "is": True}, {"fact": fact, "is": False}]}
        if question["kind"] == "one_of":
            values = [option["value"] for option in rows(question, "options")]
            return {"all": [{"fact": fact, "is": values[0]}, {"fact": fact, "is": values[1]}]}
    raise NothingToPlant("没有可选的问题")


def _split(tree: Tree) -> tuple[Tree, Tree]:
    """Give two rules of a material that is needed in some situations and not in others."""
    for material in rows(tree, "materials"):
        rules = rows(material, "rules")
        needed = [rule for rule in rules if rule["status"] == "required"]
        spared = [rule for rule in rules if rule["status"] == "not_required"]
        if needed and spared:
            return needed[0], spared[0]
    raise NothingToPlant("没有按情形才要的材料")


# --- the mistakes ---------------------------------------------------------------------------------------------------


def _gap(tree: Tree) -> None:
    for material in rows(tree, "materials"):
        rules = rows(material, "rules")
        if len(rules) > 1 and rules[-1]["status"] == "not_required":
            rules.pop()
            return
    raise NothingToPlant("没有能漏掉的规则")


def _overlap(tree: Tree) -> None:
    _split(tree)[1]["when"] = {"always": True}


def _route_gap(tree: Tree) -> None:
    if len(rows(tree, "routes")) < 2:
        raise NothingToPlant("只有一条路线")
    rows(tree, "routes")[-1]["when"] = _never(tree)


def _dead_route(tree: Tree) -> None:
    route = copy.deepcopy(_first(tree, "routes"))
    rows(tree, "routes").append({**route, "id": "planted", "title": "没人走的路", "when": _never(tree)})


def _idle_question(tree: Tree) -> None:
    rows(tree, "questions").append({"fact": "planted", "ask": "今天下雨吗？", "why": "没有原因", "kind": "yes_no"})


def _question_never_asked(tree: Tree) -> None:
    question: Tree = {
        "fact": "planted",
        "ask": "从不会问的？",
        "why": "没有原因",
        "kind": "yes_no",
        "when": _never(tree),
    }
    rows(tree, "questions").append(question)
    part: Tree = {"id": "planted", "about": "没有", "say": "没有", "resolution": "以窗口为准。"}
    part["when"] = {"fact": "planted", "is": True}
    part["citations"] = [_citation(tree), _citation(tree)]
    rows(tree, "conflicts").append(part)


def _never_needed(tree: Tree) -> None:
    material = copy.deepcopy(_first(tree, "materials"))
    rule: Tree = {"when": {"always": True}, "status": "not_required", "why": "没人要", "citation": _citation(tree)}
    rows(tree, "materials").append({**material, "id": "planted", "name": "没人要的材料", "rules": [rule]})


def _dead_rule(tree: Tree) -> None:
    rules = rows(_first(tree, "materials"), "rules")
    rules.append({**copy.deepcopy(rules[0]), "when": _never(tree)})


def _contradiction(tree: Tree) -> None:
    for material in rows(tree, "materials"):
        rules = rows(material, "rules")
        exempt = next((rule for rule in rules if rule["status"] == "exempt"), None)
        if exempt is not None:
            rule: Tree = {"status": "required", "handling": "collect", "why": "还是要交", "citation": _citation(tree)}
            rules.append({**rule, "when": copy.deepcopy(exempt["when"])})
            return
    raise NothingToPlant("没有免交的材料")


def _no_fallback(tree: Tree) -> None:
    _rule(tree, lambda rule: rule["status"] == "exempt").pop("fallback")


def _nobody_makes_it(tree: Tree) -> None:
    rule = _split(tree)[0]
    for key in ("handling", "supply_by"):
        rule.pop(key, None)
    rule |= {"status": "exempt", "ground": "produced_in_bundle", "fallback": "问窗口"}
    material = next(m for m in rows(tree, "materials") if rule in rows(m, "rules"))
    rows(tree, "services").append(
        {**copy.deepcopy(_first(tree, "services")), "id": "planted", "output": material["name"], "when": _never(tree)}
    )


def _unknown_fact(tree: Tree) -> None:
    _split(tree)[0]["when"] = {"fact": "no_such_fact", "is": True}


def _unknown_source(tree: Tree) -> None:
    rows(_first(tree, "materials"), "rules")[0]["citation"] = {"source": "no_such_source", "locator": "第一条"}


def _clause_not_there(tree: Tree) -> None:
    official = _rule(tree, lambda rule: str(cast("Tree", rule["citation"])["locator"]).startswith("materialList/"))
    cast("Tree", official["citation"])["locator"] = "materialList/没有这样的材料"


def _article_not_there(tree: Tree) -> None:
    for material in rows(tree, "materials"):
        for rule in rows(material, "rules"):
            citation = cast("Tree", rule["citation"])
            if str(citation["locator"]).startswith("第"):
                citation["locator"] = "第九千九百九十九条"
                return
    raise NothingToPlant("没有引用法条的规则")


def _expired(tree: Tree) -> None:
    rows(_first(tree, "materials"), "rules")[0]["valid_to"] = date(2027, 1, 31)


def _swapped(tree: Tree) -> None:
    needed, spared = _split(tree)
    needed["when"], spared["when"] = spared["when"], needed["when"]


def _changed_days(tree: Tree) -> None:
    limit = _first(tree, "limits")
    limit["days"] = float(cast("float", limit["days"])) + 7


def _changed_phone(tree: Tree) -> None:
    _first(tree, "phones")["number"] = "000-00000000"


def _circle(tree: Tree) -> None:
    services = rows(tree, "services")
    if len(services) < 2:
        raise NothingToPlant("只有一个事项")
    services[0]["after"], services[1]["after"] = [services[1]["id"]], [services[0]["id"]]


def _unknown_check(tree: Tree) -> None:
    wrong: Tree = {"text": "没人查", "check": "no_such_check", "citation": _citation(tree)}
    rows(_first(tree, "materials"), "corrections").append(wrong)


def _default_decides(tree: Tree) -> None:
    routed = str(yaml.safe_dump([route["when"] for route in rows(tree, "routes")] + rows(tree, "conditions")))
    for question in rows(tree, "questions"):
        if question["kind"] == "one_of" and f"fact: {question['fact']}\n" in routed:
            question["default"] = rows(question, "options")[0]["value"]
            return
    raise NothingToPlant("没有决定路线的选择题")


def _doubled(tree: Tree) -> None:
    rows(tree, "materials").append(copy.deepcopy(_first(tree, "materials")))


def _nothing_possible(tree: Tree) -> None:
    rows(tree, "impossible").append({"when": {"always": True}, "why": "什么都不可能"})


def _local_data(tree: Tree) -> None:
    cast("Tree", tree["change"]).pop("points")


def _other_citys_source(tree: Tree) -> None:
    tree.pop("sources")


KINDS = (
    Kind("漏了一种情形", "没有规则管到这种情形", _gap),
    Kind("两条规则同时成立", "同时成立", _overlap),
    Kind("有的情形没有路走", "办理路线：没有规则管到这种情形", _route_gap),
    Kind("没人走得到的路线", "路线“没人走的路”没有任何情形会走到", _dead_route),
    Kind("问了也没用的问题", "问题“今天下雨吗？”无论怎么答都不影响结果", _idle_question),
    Kind("从不会问到的问题", "问题“从不会问的？”", _question_never_asked),
    Kind("从不需要的材料", "材料“没人要的材料”在任何情形下都不需要", _never_needed),
    Kind("用不到的规则", "没有任何情形会用到", _dead_rule),
    Kind("互相矛盾的免交", "互相矛盾", _contradiction),
    Kind("免交没有兜底", "免交必须写 fallback", _no_fallback),
    Kind("说是办出来的却没人办", "没有哪个事项办出它", _nobody_makes_it),
    Kind("条件里的情况没有定义", "条件里的情况“no_such_fact”没有定义", _unknown_fact),
    Kind("引用没登记的依据", "引用了没有登记的依据“no_such_source”", _unknown_source),
    Kind("依据里没有这一处", "里没有“materialList/没有这样的材料”这一处", _clause_not_there),
    Kind("法律里没有这一条", "没有“第九千九百九十九条”", _article_not_there),
    Kind("规则到期留下空白", "从2027年2月1日起", _expired),
    Kind("要和不要写反了", "例子“", _swapped),
    Kind("时限和依据不一样", "时限写", _changed_days),
    Kind("电话和依据不一样", "查不到", _changed_phone),
    Kind("先后绕成圈", "绕成了圈", _circle),
    Kind("检查名称不存在", "写的检查“no_such_check”不存在", _unknown_check),
    Kind("资格问题有默认答案", "不能有默认答案", _default_decides),
    Kind("同一个编号写了两次", "写了两次", _doubled),
    Kind("什么都不可能", "没有任何可能的情形", _nothing_possible),
    Kind("沿用了别的城市的地点", "沿用了", _local_data, overlay=True),
    Kind("引用着别的城市的依据", "还引用着别处的依据", _other_citys_source, overlay=True),
)


def try_all(library: Library, guides: tuple[str, ...], on: date, yardstick: Yardstick) -> tuple[Found, ...]:
    """Plant every kind into the first of these guides (`slug@region`) that has a place for it, and see it found."""
    entries = {entry.name: entry for entry in library.entries}
    return tuple(_try(kind, [entries[name] for name in guides], library, on, yardstick) for kind in KINDS)


def _try(kind: Kind, entries: list[Entry], library: Library, on: date, yardstick: Yardstick) -> Found:
    for entry in entries:
        if kind.overlay != bool(entry.base):
            continue
        with TemporaryDirectory() as folder:
            root = _copy(entry, Path(folder))
            try:
                _write(kind, root / entry.folder.relative_to(ROOT))
            except NothingToPlant:
                continue
            sentences = _sentences(root, entry, library, on, yardstick)
            return Found(kind.name, entry.name, next((text for text in sentences if kind.finds in text), ""))
    return Found(kind.name, "", "")


def _copy(entry: Entry, root: Path) -> Path:
    """Copy one guide (with its base), all regions, and the files with its sources to a library of its own."""
    (root / "sources").mkdir()
    for file in (ROOT / "sources").glob("*.yaml"):
        text = file.read_text(encoding="utf-8")
        if entry.base or any(re.search(rf"\bid: {name}\b", text) for name in entry.guide.sources):
            shutil.copy(file, root / "sources" / file.name)
    (root / "library").mkdir()
    shutil.copy(ROOT / "library" / "regions.yaml", root / "library" / "regions.yaml")
    slug, _, region = entry.base.partition("@")
    for folder in (entry.folder, ROOT / "library" / region / slug) if entry.base else (entry.folder,):
        shutil.copytree(folder, root / folder.relative_to(ROOT))
    return root


def _write(kind: Kind, folder: Path) -> None:
    file = folder / ("overlay.yaml" if kind.overlay else GUIDE)
    tree = cast("Tree", yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    kind.plant(tree)
    text = yaml.dump(tree, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
    file.write_text(text, encoding="utf-8")


def _sentences(root: Path, entry: Entry, library: Library, on: date, yardstick: Yardstick) -> Iterator[str]:
    """Read and audit the copy; official guides not at hand are taken to say what the unharmed guide says they say."""
    try:
        planted = load_library(root)
    except LibraryInvalid as refused:
        yield from (f"{problem.cause}（{problem.file.name} 第 {problem.line} 行）" for problem in refused.problems)
        return
    held = dict(yardstick.held)
    for name in entry.guide.sources:
        key = library.sources[name].held
        if key is not None and key.kind == "portal_json" and key.key not in held:
            held[key.key] = as_stated(entry.guide, name)
    one = next(e for e in planted.entries if e.guide.slug == entry.guide.slug and e.guide.region == entry.guide.region)
    laws = yardstick.laws or as_cited(entry.guide, library.sources)
    measure = Yardstick(checks=yardstick.checks, held=held, laws=laws, walks=0)
    yield from audit(one, on, planted.sources, measure).problems
