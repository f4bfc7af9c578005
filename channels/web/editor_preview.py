"""One list as three people see it before its release: the citizen, the clerk at the window, the agent on the phone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from channels.wording import say
from guides.checklist import Block, Checklist, ChecklistItem
from guides.model import Example, Guide, Source
from guides.rules import FactInvalid, checklist, read_facts
from guides.situation import Situation


@dataclass(frozen=True, slots=True)
class Preview:
    """A list in three voices; `wrong` says why the named situation cannot be read any more."""

    found: Checklist
    blocks: tuple[tuple[str, tuple[ChecklistItem, ...]], ...]
    script: tuple[str, ...]
    fees: tuple[str, ...]
    wrong: str = ""


def preview(
    guide: Guide, examples: Sequence[Example], chosen: int, sources: Mapping[str, Source], today: date
) -> Preview:
    """Show the list of a named situation (0: nothing known yet)."""
    situation, on, wrong = Situation(), today, ""
    if 0 < chosen <= len(examples):
        example = examples[chosen - 1]
        try:
            situation, on = read_facts(guide, example.facts), example.on
        except FactInvalid as error:
            wrong = error.remedy
    found = checklist(guide, situation, on=on, sources=sources)
    rows = ((block, tuple(item for item in found.items if item.block is block)) for block in Block)
    blocks = tuple((say(f"list.{block.value}"), items) for block, items in rows if items)
    return Preview(found, blocks, tuple(_script(found)), tuple(fee.text for fee in guide.fees), wrong)


def _script(found: Checklist) -> list[str]:
    """Give what an agent says, one short sentence after the other."""
    lines = [found.route.say or "您的情况还要再问几句，才能定走哪条路。"]
    lines += [f"来之前请先办好：{one.text}" for one in found.prerequisites]
    bring = [item.name for item in found.items if item.block is Block.BRING]
    show = [item.name for item in found.items if item.block is Block.SHOW]
    if bring:
        lines.append(f"请带上：{'、'.join(bring)}。")
    if show:
        lines.append(f"到场出示、不收走：{'、'.join(show)}。")
    lines += [f"{one.who}：{one.what}" for one in found.presence]
    if found.route.next_step:
        lines.append(f"下一步：{found.route.next_step}")
    return [*lines, "能不能办，由受理的窗口认定。"]
