"""Conversations written out as a person would read them, for docs/journeys/."""

from __future__ import annotations

from assistant.views import StatementView
from channels.wiring import House
from evals.closed import Turn, journeys
from evals.door import ON
from evals.journeys.evaluate import OPEN, Step, walk
from evals.shown import Shown

TEN = 10
_BLOCKS = {"bring": "清单上必须带的", "maybe": "清单上还没定的"}
_ENDS = {"answered": "回答", "asking": "回答，还问一句", "declined": "这里答不了", "handed_off": "请人接手"}


def documents(house: House) -> dict[str, str]:
    """Give the first ten open journeys as documents by file name, with a list of them; walked anew each time."""
    told = journeys(path=OPEN)[:TEN]
    names = [f"{number:02}.md" for number in range(1, len(told) + 1)]
    pages = {
        name: _page(journey.name, walk(house, journey, f"transcript-{name}"))
        for name, journey in zip(names, told, strict=True)
    }
    lines = [f"- [{journey.name}]({name})" for name, journey in zip(names, told, strict=True)]
    opening = (
        "# 对话实录\n\n不用模型时的真实回答，一字未改；由 `make journeys` 重新走一遍写出，走出来不一样时测试会失败。\n"
        "所有问题都当作在" + f"{ON.year}年{ON.month}月{ON.day}日、长沙问的。答得不好的地方也照样留着。\n\n"
    )
    return pages | {"README.md": opening + "\n".join(lines) + "\n"}


def _page(name: str, steps: list[Step]) -> str:
    return f"# {name}\n\n" + "\n".join(_exchange(step.turn, step.shown) for step in steps)


def _exchange(turn: Turn, shown: Shown) -> str:
    said = turn.say or "（点选）" + "，".join(f"{fact}：{value}" for fact, value in (turn.press or {}).items())
    return f"**您**　{said}\n\n" + "\n".join(_answer(shown)) + "\n"


def _answer(shown: Shown) -> list[str]:
    view = shown.view
    if view is None:
        return ["**办成**（没有收下）", ""]
    about = f"，{view.matter.title}" if view.matter else ""
    lines = [f"**办成**（{_ENDS[view.outcome]}{about}）", ""]
    if chips := [one.label for one in view.understood if not one.assumed]:
        lines += [f"我理解您：{'；'.join(chips)}", ""]
    lines += [f"- {sentence}" for sentence in (*view.notices, view.message) if sentence]
    for one in view.statements:
        lines.append(f"- {one.text}　〔{_sources(one)}〕")
    if view.next_step:
        lines.append(f"- {view.next_step}")
    lines += [f"- {one.name}：{one.number}" for one in view.contacts]
    for block, title in _BLOCKS.items():
        if names := [item.name for item in view.checklist.items if item.block == block] if view.checklist else []:
            lines += ["", f"{title}：{'、'.join(names)}"]
    if view.question:
        options = " / ".join(choice.label for choice in view.question.options)
        lines += ["", f"> {view.question.ask}　{options}".rstrip()]
    return [*lines, ""]


def _sources(statement: StatementView) -> str:
    """Name each source once, with the places in it."""
    places: dict[str, list[str]] = {}
    for given in statement.citations:
        places.setdefault(given.title, []).append(given.locator)
    return "；".join(f"《{title}》{'、'.join(dict.fromkeys(found))}" for title, found in places.items())
