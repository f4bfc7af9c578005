"""A condition written as one line of Chinese is read back exactly, and a mistake in it is told with its remedy."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guides.condition import (
    ALWAYS,
    Age,
    All,
    AnyOf,
    Compare,
    Condition,
    DateCompare,
    Duration,
    Holds,
    Is,
    Not,
    OneOf,
    OnRoute,
)
from guides.library import load_library
from guides.notation import Glossary, Naming, NotationInvalid, read_condition, write_condition
from guides.sheets.naming import naming_of
from guides.words import say_condition
from guides.writing import plain_of

NAMING = Naming(
    facts=Glossary(
        {"hukou": "妈妈户口", "married": "登记结婚", "born": "出生日期", "kids": "孩子“个数”", "born2": "hukou"}
    ),
    options={"hukou": Glossary({"hunan": "湖南省内", "other": "外省", "abroad": "外省"})},
    conditions=Glossary({"basic": "在湖南出生，并且六个月内", "twin": ""}),
    routes=Glossary({"joint": "联办", "single": "分开办"}),
)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
LENGTH = st.builds(
    lambda unit, n: Duration.model_validate({unit: n}),
    st.sampled_from(["days", "months", "years"]),
    st.integers(-400, 4000),
)
BOUND = st.sampled_from(["at_least", "more_than", "at_most", "less_than"])
SIDE = st.sampled_from(["before", "on_or_before", "after", "on_or_after"])
OPTION = st.sampled_from(["hunan", "other", "abroad"])
ROUTE = st.sampled_from(["joint", "single"])
FACT = st.sampled_from(list(NAMING.facts.labels))
ATOMS = st.one_of(
    st.just(ALWAYS),
    st.builds(lambda fact, yes: Is(fact=fact, is_=yes), FACT, st.booleans()),
    st.builds(lambda value: Is(fact="hukou", is_=value), OPTION),
    st.builds(lambda values: OneOf(fact="hukou", one_of=tuple(values)), st.lists(OPTION, min_size=1, max_size=3)),
    st.builds(lambda fact, bound, n: Compare.model_validate({"fact": fact, bound: n}), FACT, BOUND, NUMBER),
    st.builds(
        lambda fact, side, day: DateCompare.model_validate({"fact": fact, side: day}),
        FACT,
        SIDE,
        st.dates(min_value=date(1000, 1, 1)),
    ),
    st.builds(lambda fact, bound, n: Age.model_validate({"age_of": fact, bound: n}), FACT, BOUND, LENGTH),
    st.builds(lambda name: Holds(holds=name), st.sampled_from(["basic", "twin"])),
    st.builds(lambda route: OnRoute(route=route), ROUTE),
    st.builds(lambda routes: OnRoute(route=tuple(routes)), st.lists(ROUTE, min_size=1, max_size=2)),
)


def groups(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=1, max_size=3)
    return st.one_of(
        st.builds(lambda inner: All(all=tuple(inner)), several),
        st.builds(lambda inner: AnyOf(any=tuple(inner)), several),
        st.builds(lambda inner: Not(not_=inner), parts),
    )


@settings(max_examples=400, deadline=None)
@given(st.recursive(ATOMS, groups, max_leaves=12))
def test_whatever_is_written_is_read_back_exactly(condition: Condition) -> None:
    assert read_condition(write_condition(condition, NAMING), NAMING) == condition


def told(text: str) -> tuple[str, str] | None:
    """Give cause and remedy of what cannot be read; None for a condition."""
    try:
        read_condition(text, NAMING)
    except NotationInvalid as wrong:
        return wrong.cause, wrong.remedy
    return None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="“”妈户口且或非（）满足走是为属于0 1-个月不少于", max_size=40))
def test_any_text_is_a_condition_or_is_refused_with_a_remedy(text: str) -> None:
    assert told(text) is None or all(told(text) or ("",))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("妈妈", None),
        ("“妈妈户口”是“湖南省内”", Is(fact="hukou", is_="hunan")),
        ('"妈妈户口" 不是 "湖南省内"', Not(not_=Is(fact="hukou", is_="hunan"))),
        ("hukou 不属于 hunan、other", Not(not_=OneOf(fact="hukou", one_of=("hunan", "other")))),
        ("「登记结婚」为是，且 满足“basic”。", All(all=(Is(fact="married", is_=True), Holds(holds="basic")))),
        ("走“联办” 或者 走single", AnyOf(any=(OnRoute(route="joint"), OnRoute(route="single")))),
        ("“出生日期”至今不超过 6 个月", Age(age_of="born", at_most=Duration(months=6))),
    ],
)
def test_people_may_write_a_little_differently(text: str, meant: Condition | None) -> None:
    if meant is None:
        with pytest.raises(NotationInvalid):
            read_condition(text, NAMING)
    else:
        assert read_condition(text, NAMING) == meant


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("“爸爸户口”是“外省”", "没有叫“爸爸户口”的情况"),
        ("“妈妈户口”是“省外”", "没有叫“省外”的选项"),
        ("“妈妈户口”是“外省”", "有几个选项都叫“外省”"),
        ("走“快办”", "没有叫“快办”的路线"),
        ("（“登记结婚”为是", "括号没有配对"),
        ("“登记结婚”为是 “登记结婚”为否", "前面少了“且”或“或”"),
        ("“出生日期”早于 2026-02-30", "没有“2026-02-30”这一天"),
        ("“出生日期”至今已满 半年", "看不懂“半年"),
        ("“kids”不少于", "这里要写数字"),
        ("非" * 100 + "任何情况", "括号套得太深"),
        ("（" * 100 + "任何情况", "括号套得太深"),
    ],
)
def test_a_mistake_is_told_with_what_to_write(text: str, cause: str) -> None:
    with pytest.raises(NotationInvalid) as told:
        read_condition(text, NAMING)
    assert cause in told.value.cause
    assert told.value.remedy


def test_a_label_stands_only_where_it_is_unmistakable() -> None:
    assert NAMING.facts.say("hukou") == "“妈妈户口”"
    assert NAMING.facts.say("kids") == "“kids”", "a label with quotes would be cut in two"
    assert NAMING.facts.say("born2") == "“born2”", "a label that is another fact's id"
    assert NAMING.options["hukou"].say("abroad") == "“abroad”", "two options of the same name"


def test_every_condition_of_the_library_is_read_back() -> None:
    seen = 0
    for guide in load_library().guides:
        naming = naming_of(plain_of(guide))
        for condition in {rule.when for material in guide.materials for rule in material.rules}:
            text = write_condition(condition, naming)
            assert read_condition(text, naming) == condition, say_condition(guide, condition)
            seen += 1
    assert seen > 500
