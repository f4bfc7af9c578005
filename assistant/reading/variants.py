"""A phrase as people vary it: little words put in or left out, and common words in the place of one another."""

from __future__ import annotations

import re
from functools import lru_cache

_LITTLE = "(?:已经|早就|医院|单位|[的了过个还都就也已是到给我您那这在]){0,2}"
_GROUPS: tuple[tuple[str, ...], ...] = (
    ("领结婚证", "领证", "扯证", "扯结婚证", "打结婚证", "办结婚证", "登记结婚"),
    ("丢了", "掉了", "不见了", "搞丢了", "弄丢了", "遗失了", "找不到了", "找不着了", "遗失", "丢失"),
    ("还没", "没有", "没", "没得", "未", "冇", "还未", "尚未", "还没有", "暂时没"),
    ("还清", "还完", "结清", "还掉"),
    ("不动产权证", "不动产证", "房产证", "房本", "产权证"),
    ("营业执照", "执照"),
    ("老公", "丈夫", "我男人"),
    ("老婆", "妻子", "媳妇", "堂客"),
    ("孩子", "宝宝", "娃", "崽", "小孩", "毛毛"),
    ("合同到期", "合同期满", "合同满了"),
    ("辞职", "离职", "不干了"),
    ("裁员", "裁了", "裁掉", "辞退", "开除", "炒了"),
    ("租的", "租了", "租个", "租着", "租来的"),
    ("自己的", "自己家的", "自家的", "自有的", "我家的"),
    ("第一次", "头一次", "头一回", "首次", "初次"),
    ("窗口", "大厅", "柜台"),
    ("网上", "线上", "手机上", "电脑上"),
    ("家里", "屋里", "家中", "屋头"),
    ("火化", "火葬"),
    ("残疾证", "残疾人证", "残疾人证件"),
    ("申请", "申领", "办理"),
    ("去世", "过世", "走", "离世", "过身"),
    ("农村户口", "农业户口"),
    ("公司", "企业", "单位"),
    (
        "办好了",
        "办了",
        "办下来了",
        "拿到手了",
        "在手上",
        "在手里",
        "批下来了",
        "装好了",
        "装了",
        "弄好了",
        "领到了",
        "领了",
        "拿到了",
        "拿了",
        "到手了",
        "有了",
        "开好了",
        "开了",
        "下来了",
    ),
    ("交清", "交完", "缴清", "结清"),
    ("合同签了", "合同签好了", "签了合同", "签好合同", "合同已签"),
)
_OTHERS = {word: group for group in _GROUPS for word in group}
_WORD = re.compile("|".join(sorted(map(re.escape, _OTHERS), key=len, reverse=True)))
_NOT_DONE = r"(?![^，。！？、；,.!?;\s的了呢啊])"
_SHORTEST = 3
"""Characters from which a phrase may be varied: a shorter one says too little apart."""


def varied(phrase: str, text: str) -> re.Pattern[str] | None:
    """Give the pattern of a phrase and its variants; None where it is too short, or cannot stand in the text."""
    if len(phrase) < _SHORTEST or not _kernel(phrase) <= set(text):
        return None
    return _pattern(phrase)


@lru_cache(maxsize=16_384)
def _kernel(phrase: str) -> frozenset[str]:
    """Give the characters that every variant of a phrase has."""
    return frozenset(_WORD.sub("", phrase))


@lru_cache(maxsize=16_384)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts: list[str] = []
    position = 0
    for found in _WORD.finditer(phrase):
        parts += map(re.escape, phrase[position : found.start()])
        parts.append(f"(?:{'|'.join(map(re.escape, sorted(_OTHERS[found[0]], key=len, reverse=True)))})")
        position = found.end()
    parts += map(re.escape, phrase[position:])
    # 公积金没有 is said of the fund, 贷款没有还清 of what was not done with it.
    ending = _NOT_DONE if phrase.endswith("没有") else ""
    return re.compile(_LITTLE.join(parts) + ending)


_LACKS = re.compile("^(?:还没有办|还没办|没有办|还没有|没办|没有|没)(?=..)")
_HAS = re.compile("^(?:已经有|有)(?=..)")


def turned_round(phrase: str) -> tuple[str, ...]:
    """Give the phrase with its thing put first, as people do: 没有公积金, 公积金没有; 有出生证, 出生证有了."""
    if (lacks := _LACKS.match(phrase)) is not None:
        thing = phrase[lacks.end() :]
        return (f"{thing}没有", f"{thing}还没办", f"{thing}没办", f"{thing}还没有")
    if (has := _HAS.match(phrase)) is not None:
        thing = phrase[has.end() :]
        return (f"{thing}有了", f"{thing}有的", f"{thing}已经有")
    return ()
