"""How a model that tells the truth says it: manners of speech that change no sense, one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from evals.lies.server import Reply


def _swap(pattern: str, to: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, to, text)


MANNERS: dict[str, Callable[[str], str]] = {
    "polite": lambda text: f"您好，{text}",
    "owed": _swap(r"(?<![需不就想只])要(?=交|带|提交|准备|看|到|先)", "需要"),
    "spared": _swap("不用(?=交|带|提交|先|另)", "无需"),
    "listed": lambda text: re.sub(r"、(?=[^、，。；：]+[。，；])", "和", text),
    "without_colon": lambda text: text.replace("：承诺", "承诺在").replace("要交的：", "需要提交的是"),
    "finished": _swap("内办好", "之内办结"),
    "conditional": lambda text: re.sub(r"(^|[，；。])([^，；。：]{2,16})时：", r"\1如果\2，", text),
    "going": _swap("(?<=[，。；请])到(?=[^，。；期]{2,8}(?:办|申请|打印|领))", "前往"),
    "free": _swap("不收费", "免费"),
    "calling": _swap("打(?= ?[0-9])", "拨打"),
    "reasoned": lambda text: re.sub(r"(不用交|要准备)：", r"\1，因为", text),
    "summed_up": lambda text: f"简单说，{text.rstrip('。')}。",
    "own_words": lambda text: f"这个问题是这样的：{text}希望对您有帮助。",
    "shortened": lambda text: re.split("[，；]", text)[0].rstrip("。") + "。",
}
"""The last two are true too, but say more or less than the statement: the proof is right to keep the statement."""
STRICT = frozenset({"own_words", "shortened"})


def worded(manner: str, given: Sequence[str]) -> tuple[Reply, list[str]]:
    """Give the reply that words every passage in a manner, and the sentences in it that differ from their passage."""
    said = [MANNERS[manner](text) for text in given]
    sentences = [{"text": text, "cites": [n]} for n, text in enumerate(said, 1)]
    changed = [new for old, new in zip(given, said, strict=True) if new != old]
    return Reply(json.dumps({"sentences": sentences}, ensure_ascii=False)), changed
