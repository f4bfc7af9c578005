"""How a common character sounds, and words mended that were written as others of the same sound (设保卡 is 社保卡).

The 3755 characters of level one of GB 2312 stand in the order of their sounds, so that the first character of each
syllable is all one has to know. A character with several sounds has the one it is filed under.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_FIRSTS = (
    "啊哎安肮凹八白扳邦剥杯奔崩逼边标鳖宾兵玻怖擦猜参仓糙策层叉拆搀昌超车尘撑吃冲抽初揣川窗吹春戳疵葱凑粗蹿崔村搓"
    "搭歹丹当刀得蹬堤掂刁爹丁丢东兜都端堆吨多蛾恩儿发帆方飞分丰佛否夫该甘冈高割给跟耕工勾姑瓜乖关光归棍锅"
    "哈骸含杭毫喝黑痕哼轰喉呼花怀欢荒灰昏活机佳尖江交阶今京窘究居捐撅军卡开刊康考棵肯坑空口枯夸块宽筐亏昆扩"
    "拉来兰郎捞勒雷冷厘俩连良撩列林令溜龙搂卢驴挛掠抡罗妈埋蛮忙猫么眉门蒙眯眠苗灭民明谬摸谋母"
    "拿乃男囊挠呢馁嫩能泥年娘鸟捏您宁牛农奴女暖虐挪哦欧怕排潘旁抛呸喷朋批偏飘瞥拼乒坡剖扑期掐千枪敲切亲青穷秋区圈缺群"
    "然嚷饶惹人仍日容柔如软蕊闰弱撒塞三桑搔色森僧沙筛山商烧奢申生失收书刷衰栓双水顺说司松搜苏酸虽孙梭"
    "他胎摊汤涛特藤梯天挑贴听通偷凸团推吞拖挖歪弯王危温翁窝乌西虾先香小些心星兄休需宣学勋压烟央邀耶一因英哟拥优于冤月晕"
    "匝灾咱赃遭则贼怎增渣摘占张招遮针争之中州朱抓拽专装追准捉姿宗走租钻嘴尊左"
)


@lru_cache(maxsize=1)
def _boundaries() -> tuple[bytes, ...]:
    return tuple(sorted(char.encode("gb2312") for char in _FIRSTS))


@lru_cache(maxsize=8192)
def sound(char: str) -> int:
    """Give a number that all characters of one sound share; -1 for what is no common character."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return -1
    if len(code) != 2 or not b"\xb0\xa1" <= code <= b"\xd7\xf9":
        return -1
    return bisect_right(_boundaries(), code)


class Sounds:
    """Knows pairs of characters that occur, and mends what only sounds like one of the few that are worth it."""

    def __init__(self, pairs: Iterable[str], known: Iterable[str]) -> None:
        """Take the pairs to mend to, and all pairs that are left as they are."""
        worth = frozenset(pairs)
        self._known = worth | frozenset(known)
        by_sound: dict[tuple[int, int], set[str]] = defaultdict(set)
        for pair in sorted(worth):
            heard = (sound(pair[0]), sound(pair[1]))
            if -1 not in heard:
                by_sound[heard].add(pair)
        self._by_sound = {heard: next(iter(found)) for heard, found in by_sound.items() if len(found) == 1}

    def mended(self, text: str) -> str:
        """Give the text with unknown pairs replaced by the one known pair of their sound; one character may differ."""
        chars = list(text)
        for i in range(len(chars) - 1):
            pair = chars[i] + chars[i + 1]
            if pair in self._known:
                continue
            mended = self._by_sound.get((sound(pair[0]), sound(pair[1])))
            if mended is None or sum(a != b for a, b in zip(pair, mended, strict=True)) != 1:
                continue
            wrong = i if pair[0] != mended[0] else i + 1
            # A character that is part of a known word where it stands is no slip.
            around = [chars[j] + chars[j + 1] for j in (wrong - 1, wrong) if 0 <= j < len(chars) - 1]
            if not any(other in self._known for other in around):
                chars[wrong] = mended[wrong - i]
        return "".join(chars)
