"""Names inside a guide that point to other places: every one must lead somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from guides.condition import Age, Compare, Condition, DateCompare, Holds, Is, OneOf, OnRoute, Value
from guides.model import Citation, Derived, FactKind, Guide, Question, Source

Path = tuple[str | int, ...]
Finding = tuple[Path, str, str]
"""(where, cause, remedy)"""


def reference_problems(guide: Guide, sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Find unknown sources, facts, options, conditions, routes and services, doubled ids and endless definitions."""
    facts: dict[str, Question | Derived] = {q.fact: q for q in guide.questions} | {d.fact: d for d in guide.derived}
    yield from _doubled(guide)
    for path, value in _walk(guide, ()):
        if isinstance(value, Citation) and value.source not in sources:
            yield path, f"引用了没有登记的依据“{value.source}”", "在 guides/sources/ 里登记，或改成已有的 id"
        elif isinstance(value, Is | OneOf | Compare | DateCompare | Age):
            yield from _atom(path, value, facts)
        else:
            yield from _pointers(path, value, guide, facts)
    yield from _services(guide)
    yield from _sources(guide, sources)
    yield from _circles(guide)


def _pointers(path: Path, value: object, guide: Guide, facts: Mapping[str, Question | Derived]) -> Iterator[Finding]:
    match value:
        case Holds(holds=name) if name not in {c.name for c in guide.conditions}:
            yield path, f"没有名叫“{name}”的条件", "在 conditions 里写上，或改名"
        case OnRoute(route=route):
            for name in {route} if isinstance(route, str) else set(route):
                if name not in {r.id for r in guide.routes}:
                    yield path, f"没有名叫“{name}”的路线", "在 routes 里写上，或改名"
        case Derived(inputs=inputs):
            for name in inputs:
                if name not in facts:
                    yield path, f"推算用到的情况“{name}”没有定义", "在 questions 或 derived 里加上"


def _doubled(guide: Guide) -> Iterator[Finding]:
    groups: dict[str, list[str]] = {
        "questions": [q.fact for q in guide.questions] + [d.fact for d in guide.derived],
        "conditions": [c.name for c in guide.conditions],
        "routes": [r.id for r in guide.routes],
        "services": [s.id for s in guide.services],
        "materials": [m.id for m in guide.materials],
        "faq": [f.id for f in guide.faq],
        "prerequisites": [p.id for p in guide.prerequisites],
        "presence": [p.id for p in guide.presence],
        "fees": [f.id for f in guide.fees],
        "conflicts": [c.id for c in guide.conflicts],
        "deadlines": [d.id for d in guide.deadlines],
    }
    for group, names in groups.items():
        for i, name in enumerate(names):
            if name in names[:i]:
                yield (group, i), f"“{name}”写了两次", "换一个 id"


def _atom(path: Path, atom: Condition, facts: Mapping[str, Question | Derived]) -> Iterator[Finding]:
    name = (
        atom.age_of
        if isinstance(atom, Age)
        else atom.fact
        if isinstance(atom, Is | OneOf | Compare | DateCompare)
        else ""
    )
    asked = facts.get(name)
    if asked is None:
        yield path, f"条件里的情况“{name}”没有定义", "在 questions 里加上这个问题，或检查拼写"
        return
    expected: tuple[FactKind, ...]
    match atom:
        case Compare():
            expected = (FactKind.NUMBER,)
        case DateCompare() | Age():
            expected = (FactKind.DATE, FactKind.MONTH)
        case OneOf():
            expected = (FactKind.ONE_OF,)
        case _:
            expected = (FactKind.YES_NO, FactKind.ONE_OF)
    if asked.kind not in expected:
        yield path, f"“{name}”是 {asked.kind} 类，不能这样比较", f"这种条件只用于 {'、'.join(expected)}"
        return
    yield from _options(path, atom, asked)


def _options(path: Path, atom: Condition, asked: Question | Derived) -> Iterator[Finding]:
    if isinstance(atom, Is):
        values: tuple[bool | str, ...] = (atom.is_,)
    elif isinstance(atom, OneOf):
        values = atom.one_of
    else:
        return
    allowed: set[bool | str] = {True, False}
    if asked.kind is FactKind.ONE_OF:
        allowed = {option.value for option in asked.options} if isinstance(asked, Question) else set()
    for value in values:
        if not any(value is known or (isinstance(value, str) and value == known) for known in allowed):
            listed = "、".join(sorted(str(option).lower() for option in allowed))
            yield path, f"“{asked.fact}”没有选项“{value}”", f"可以写：{listed}"


def _services(guide: Guide) -> Iterator[Finding]:
    known = {service.id for service in guide.services}
    for i, material in enumerate(guide.materials):
        for name in material.services:
            if name not in known:
                yield ("materials", i, "services"), f"没有名叫“{name}”的事项", "在 services 里加上，或改名"
    for i, service in enumerate(guide.services):
        for name in service.after:
            if name not in known:
                yield ("services", i, "after"), f"没有名叫“{name}”的事项", "在 services 里加上，或改名"
    yield from _waiting_in_a_circle(guide)


def _waiting_in_a_circle(guide: Guide) -> Iterator[Finding]:
    """Find services of which each waits for another one: none of them could ever begin."""
    waiting = {service.id: set(service.after) for service in guide.services}
    while free := [name for name, before in waiting.items() if not before & waiting.keys()]:
        for name in free:
            del waiting[name]
    for i, service in enumerate(guide.services):
        if service.id in waiting:
            cause = f"事项“{service.name}”的先后绕成了圈：{'、'.join(sorted(waiting))}"
            yield ("services", i, "after"), cause, "去掉其中一个 after"
            return


def _sources(guide: Guide, sources: Mapping[str, Source]) -> Iterator[Finding]:
    for i, name in enumerate(guide.sources):
        if name not in sources:
            yield ("sources", i), f"没有登记依据“{name}”", "在 guides/sources/ 里登记"
    for path, value in _walk(guide, ()):
        if isinstance(value, Citation) and value.source in sources and value.source not in guide.sources:
            yield path, f"引用了“{value.source}”，但指南的 sources 没列它", "把它加到 sources 列表"


def _circles(guide: Guide) -> Iterator[Finding]:
    """Find conditions, routes and question conditions that are defined through themselves or through later facts."""
    named = {f"holds {c.name}": c.when for c in guide.conditions} | {f"route {r.id}": r.when for r in guide.routes}
    for name, start in named.items():
        if name in _reachable_names(start, named):
            yield ("conditions",), f"“{name.split(' ')[1]}”绕着圈定义自己", "把其中一处改写成直接的条件"
            return
    place = {question.fact: i for i, question in enumerate(guide.questions)}
    for i, question in enumerate(guide.questions):
        for fact in _facts(question.when, named):
            if place.get(fact, -1) >= i:
                yield ("questions", i, "when"), f"“{question.fact}”的提问条件用到了后面才问的“{fact}”", "调整问题的先后"


def _reachable_names(condition: Condition, named: Mapping[str, Condition]) -> set[str]:
    seen: set[str] = set()
    waiting = [condition]
    while waiting:
        for _, part in _walk(waiting.pop(), ()):
            for name in _names(part):
                if name in named and name not in seen:
                    seen.add(name)
                    waiting.append(named[name])
    return seen


def _names(part: object) -> tuple[str, ...]:
    if isinstance(part, Holds):
        return (f"holds {part.holds}",)
    if isinstance(part, OnRoute):
        routes = (part.route,) if isinstance(part.route, str) else part.route
        return tuple(f"route {route}" for route in routes)
    return ()


def _facts(condition: Condition, named: Mapping[str, Condition]) -> set[str]:
    parts = [condition, *(named[name] for name in _reachable_names(condition, named))]
    facts: set[str] = set()
    for part in parts:
        for _, value in _walk(part, ()):
            if isinstance(value, Is | OneOf | Compare | DateCompare):
                facts.add(value.fact)
            elif isinstance(value, Age):
                facts.add(value.age_of)
    return facts


def _walk(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    """Give every value inside, with its path as written in the file."""
    if isinstance(value, Value):
        yield path, value
        for name, info in type(value).model_fields.items():
            yield from _walk(getattr(value, name), (*path, info.alias or name))
    elif isinstance(value, tuple):
        for i, part in enumerate(value):
            yield from _walk(part, (*path, i))
