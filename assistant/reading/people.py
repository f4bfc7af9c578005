"""Who is who: 我, 我老公, 她爸, 孩子他妈, 我媳妇 … and which words of a sentence speak of whom.

A family matter is told from somebody's side. "她爸是长沙户口，我是湖北户口" makes the speaker the mother, because the
other parent is named as the father. Where nothing tells, the speaker stays unknown: no role is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.reading.spans import Span, sentences

MOTHER, FATHER, CHILD, SPEAKER = "mother", "father", "child", "speaker"

_KID = r"(?:孩子|宝宝|宝贝|娃儿?|小孩儿?|毛毛|崽崽?|伢[子崽]?|细伢子|闺女|女儿|儿子|宝|婴儿|新生儿)"
_OWNER = rf"(?:{_KID}(?:的|他|她|它)?|他|她|它|ta|TA)"

# In this order: "我老公" before "我", "孩子他妈" before "孩子".
_MY = r"(?:我|俺|咱)?家?的?"
_COUPLE = (
    r"(?:我们?|俺们?|咱们?)?(?:夫妻(?:双方|俩|两个人?|二人)?|两口子|小两口|夫妇(?:双方|俩)?|俩口子)"
    r"|父母(?:双方|俩|两个人?)?|爸爸?妈妈?|爹妈|双方|爸妈俩?|(?:我们|咱们|俺们)(?:俩|两个人?|两人|都|两边|双方)"
)
_FATHER_WORDS = (
    rf"{_MY}(?:老公|丈夫|先生|男人|男朋友|男友|前夫)|男方"
    rf"|{_OWNER}的?(?:爸爸?|父亲|爹|老爸|老汉|亲爸)|爸爸|父亲|宝爸|奶爸|孩爸"
)
_MOTHER_WORDS = (
    rf"{_MY}(?:老婆|媳妇儿?|妻子|太太|堂客|婆娘|女朋友|女友|前妻)|女方"
    rf"|{_OWNER}的?(?:妈妈?|母亲|娘|老妈|亲妈)|妈妈|母亲|宝妈|产妇|孩妈"
)
_RELATIVE = (
    r"(?:我|俺|咱)家?(?:爸爸?|父亲|妈妈?|母亲|爷爷|奶奶|外公|外婆|公公|婆婆|岳父|岳母|爸妈|哥|姐|弟|妹|叔|舅)"
    r"|爷爷奶奶|外公外婆|爷爷|奶奶|外婆|外公|婆婆|公公"
)
_ME = r"(?:我|俺|本人|自己|咱)(?!们|国|市|省|要|想问|想知道|该|应该|可以|能|需要|去|来|来说)"
_US = r"(?:我们|咱们|俺们)(?!国|市|省|家|要|想|需要|可以|能)"

# In this order: "我老公" before "我", "孩子他妈" before "孩子".
_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    (_COUPLE, frozenset({MOTHER, FATHER})),
    (_FATHER_WORDS, frozenset({FATHER})),
    (_MOTHER_WORDS, frozenset({MOTHER})),
    (r"(?:我|俺|咱)(?:爱人|对象|伴侣|另一半)", frozenset({"partner"})),
    (_RELATIVE, frozenset({"relative"})),
    (rf"(?:我|俺|咱)们?家?的?{_KID}|{_KID}|双胞胎|龙凤胎", frozenset({CHILD})),
    (_ME, frozenset({SPEAKER})),
    (_US, frozenset({MOTHER, FATHER})),
)
_MENTION = re.compile("|".join(f"(?P<w{i}>{pattern})" for i, (pattern, _) in enumerate(_WORDS)))
_JOINED = re.compile(r"\s*(?:和|跟|与|同|、|以及|还有|加上?)\s*")

_I_AM_MOTHER = re.compile(
    r"我是?(?:孩子|宝宝|娃|他|她)?的?(?:妈妈|母亲|宝妈|产妇|孕妇)"
    r"|我(?:刚|上周|昨天|前天|前几天|上个?月|在[^，。]{0,6})?(?:生了|生的|生完|生孩子|生娃|生宝宝|剖|顺产)"
    r"|我还?在?(?:坐月子|怀孕|怀了|待产|预产期|休产假|喂奶)|我(?:未婚|一个人)?(?:先孕|单亲妈妈)|单亲妈妈"
)
_I_AM_FATHER = re.compile(r"我是?(?:孩子|宝宝|娃|他|她)?的?(?:爸爸|父亲|宝爸|奶爸)|我(?:刚)?当(?:了)?爸|单亲爸爸")


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name somebody; `roles` are whom they name, `governs` the text that speaks of them."""

    roles: frozenset[str]
    span: Span
    governs: Span
    words: str


def find_people(text: str, speaker: str = "") -> tuple[Mention, ...]:
    """Find every mention in order, the speaker resolved where the text tells who it is.

    `speaker` is the role known from earlier turns (mother, father or "").
    """
    found = _joined(text, _raw(text))
    me = speaker or speaker_of(text, found)
    resolved = [_resolve(mention, me) for mention in found]
    return tuple(_govern(text, resolved))


def speaker_of(text: str, found: Sequence[Mention] | None = None) -> str:
    """Tell whether the speaker is the mother or the father of the child; "" when the words do not say."""
    if _I_AM_MOTHER.search(text):
        return MOTHER
    if _I_AM_FATHER.search(text):
        return FATHER
    mentions = _raw(text) if found is None else list(found)
    named = {role for mention in mentions for role in mention.roles if SPEAKER not in mention.roles}
    others = named & {MOTHER, FATHER}
    speaks = any(SPEAKER in mention.roles for mention in mentions) or re.search(r"我|俺|咱", text)
    if speaks and len(others) == 1 and not any(len(m.roles & {MOTHER, FATHER}) == 2 for m in mentions):
        return FATHER if MOTHER in others else MOTHER
    return ""


def _raw(text: str) -> list[Mention]:
    found = []
    for match in _MENTION.finditer(text):
        roles = next(roles for i, (_, roles) in enumerate(_WORDS) if match[f"w{i}"] is not None)
        span = Span(match.start(), match.end())
        found.append(Mention(roles, span, span, match[0]))
    return found


def _joined(text: str, found: list[Mention]) -> list[Mention]:
    """Join "我和老公", "爸爸、妈妈" into one mention of both."""
    joined: list[Mention] = []
    for mention in found:
        before = joined[-1] if joined else None
        # "宝宝跟我老公落户": a child is not one of two who are named together.
        alone = CHILD in mention.roles or (before is not None and CHILD in before.roles)
        if before is not None and not alone and _JOINED.fullmatch(text[before.span.end : mention.span.start]):
            span = Span(before.span.start, mention.span.end)
            joined[-1] = Mention(before.roles | mention.roles, span, span, text[span.start : span.end])
        else:
            joined.append(mention)
    return joined


def _resolve(mention: Mention, me: str) -> Mention:
    roles = set(mention.roles)
    if SPEAKER in roles and me:
        roles.discard(SPEAKER)
        roles.add(me)
    if SPEAKER in roles and len(roles & {MOTHER, FATHER}) == 1:
        # "我和老公": the one who is not named is the speaker.
        roles = {MOTHER, FATHER}
    if "partner" in roles and me:
        roles.discard("partner")
        roles.add(FATHER if me == MOTHER else MOTHER)
    return Mention(frozenset(roles), mention.span, mention.span, mention.words)


def _govern(text: str, found: list[Mention]) -> list[Mention]:
    """Let each mention speak for the words up to the next one, at most to the end of its sentence."""
    ends = sentences(text)
    governed = []
    for i, mention in enumerate(found):
        stop = next((s.end for s in ends if s.start <= mention.span.start < s.end), len(text))
        if i + 1 < len(found):
            stop = min(stop, found[i + 1].span.start)
        governed.append(Mention(mention.roles, mention.span, Span(mention.span.start, stop), mention.words))
    return governed


def people_at(span: Span, found: Sequence[Mention], text: str) -> frozenset[str]:
    """Tell of whom the words at `span` speak; empty when nobody was named before them in the sentence.

    Words that stand before a person with 的 between ("长沙户口的爸爸") speak of that person.
    """
    for mention in found:
        if 0 <= mention.span.start - span.end <= 2 and text[span.end : mention.span.start].strip() == "的":
            return mention.roles
    for mention in found:
        if mention.governs.start <= span.start < mention.governs.end or mention.span.holds(span):
            return mention.roles
    return frozenset()
