"""What differs between two editions of a guide, cell by cell, each in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from guides.sheets.model import Sheet
from guides.sheets.plan import plan

SHOWN = 40
"""Characters of a cell that a sentence quotes."""
_LABELS = ("代号", "名称", "文字", "为什么", "退回的原因", "问什么", "做什么", "怎么说", "关于什么", "一句话", "参数名")

Key = tuple[str, ...]


def differences(old: Sequence[Sheet], new: Sequence[Sheet]) -> Iterator[str]:
    """Give a sentence for each cell that differs and each entry that came or went; the order of entries is ignored."""
    before, after = ({sheet.title: sheet for sheet in sheets} for sheets in (old, new))
    for part in plan():
        was, now = before[part.title], after[part.title]
        rows, made = _keyed(was, bool(part.parent)), _keyed(now, bool(part.parent))
        for key, row in rows.items():
            if key not in made:
                yield f"{part.title}：去掉了{_say(was, key, row)}"
                continue
            for column, left, right in zip(was.columns, row, made[key], strict=True):
                if left != right:
                    place = f"{part.title}·{_say(was, key, row)}·{column.heading}"
                    yield f"{place}：{_short(left)} → {_short(right)}"
        for key, row in made.items():
            if key not in rows:
                yield f"{part.title}：加了{_say(now, key, row)}"


def _keyed(sheet: Sheet, child: bool) -> dict[Key, tuple[str, ...]]:
    """Name each row: by its id, inside its owner where it has one, else by its number."""
    names = [column.heading for column in sheet.columns]
    seen: Counter[Key] = Counter()
    keyed: dict[Key, tuple[str, ...]] = {}
    for row in sheet.rows:
        owner = (row[0],) if child else ()
        own = (row[names.index("代号")],) if "代号" in names and not sheet.upright else ()
        seen[owner + own] += 1
        number = seen[owner + own]
        keyed[*owner, *own, *(() if own and number == 1 else (f"第{number}条",))] = row
    return keyed


def _say(sheet: Sheet, key: Key, row: Sequence[str]) -> str:
    if sheet.upright:
        return "整份"
    names = [column.heading for column in sheet.columns]
    label = next((row[names.index(name)] for name in _LABELS[1:] if name in names), "")
    return f"“{'·'.join(key)}{f'（{label[:20]}）' if label and label not in key else ''}”"


def _short(text: str) -> str:
    flat = text.replace("\n", "；")
    return f"“{flat[:SHOWN]}{'…' if len(flat) > SHOWN else ''}”" if flat else "空着"
