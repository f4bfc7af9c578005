"""Propose the materials of a draft: status from necessity, waiver and wording; questions for the cases they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from guides.condition import ALWAYS, Age, AnyOf, Condition, Duration, Is, Not, OneOf
from guides.draft import TO_WRITE, Mark, Quote
from guides.model import Citation, FactKind, Ground, Handling, Material, MaterialRule, Option, Question, Status
from ingestion.portal_model import FileKind, PortalMaterial, Said, Waived
from ingestion.steps.wording import Hint, Reading, alternatives, laws_named, procedures, read_wording

_GROUNDS = {
    Waived.GENERATED: Ground.GENERATED,
    Waived.E_CERTIFICATE: Ground.E_CERTIFICATE,
    Waived.CHECKED: Ground.DATA_SHARING,
    Waived.REUSED: Ground.REUSED,
}
_FORMS = {"1": "纸质", "2": "电子件", "3": "纸质或电子", "4": "纸质或电子"}
_YEARS = re.compile(r"^(\d+)岁以下$")
_HOLDER = re.compile(r"^(\w{2,8}部门)核发$")
BORN, PROCEDURE, NO_PROCEDURE = "birth_date", "procedure", "none"


@dataclass(slots=True)
class Proposed:
    """The materials proposed so far, with the questions they need and what is to be reviewed."""

    source: str
    services: tuple[str, ...]
    materials: list[Material] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    question_quotes: dict[str, list[Quote]] = field(default_factory=dict)
    _cases: dict[str, str] = field(default_factory=dict)
    _procedures: dict[str, str] = field(default_factory=dict)

    def cite(self, locator: str) -> Citation:
        """Cite a place of the portal's guide."""
        return Citation(source=self.source, locator=locator)

    def case(self, words: str, said: Said) -> Condition:
        """Give the condition for a case the text names; the same words are one question."""
        fact = self._cases.get(words)
        if fact is None:
            fact = self._cases[words] = f"case_{len(self._cases) + 1}"
            why = "有一样材料只在这种情形下才要（或才不要）。"
            self.questions.append(
                Question(fact=fact, ask=f"{TO_WRITE}是不是这种情形：{words}？", why=why, kind=FactKind.YES_NO)
            )
        self._quote(fact, said)
        return Is(fact=fact, is_=True)

    def age(self, years: int, said: Said) -> Condition:
        """Give the condition that a person is at most so many years old."""
        if BORN not in self.question_quotes:
            why = "有一样材料按年龄决定要不要。"
            self.questions.append(
                Question(fact=BORN, ask=f"{TO_WRITE}本人哪天出生？", why=why, kind=FactKind.DATE, topic="birth_date")
            )
        self._quote(BORN, said)
        return Age(age_of=BORN, at_most=Duration(years=years))

    def procedure(self, names: Sequence[str], said: Said) -> Condition:
        """Give the condition that the case goes by one of these procedures."""
        for name in names:
            self._procedures.setdefault(name, f"procedure_{len(self._procedures) + 1}")
        self._quote(PROCEDURE, said)
        return OneOf(fact=PROCEDURE, one_of=tuple(self._procedures[name] for name in names))

    def finish(self) -> None:
        """Add the question of the procedures, once all are known."""
        if self._procedures:
            options = [Option(value=value, label=name) for name, value in self._procedures.items()]
            none = Option(value=NO_PROCEDURE, label=f"{TO_WRITE}都不是")
            self.questions.append(
                Question(
                    fact=PROCEDURE,
                    ask=f"{TO_WRITE}走哪种流程？",
                    why="有几样材料只在其中一种流程里要。",
                    kind=FactKind.ONE_OF,
                    options=(*options, none),
                )
            )

    def _quote(self, fact: str, said: Said) -> None:
        self.question_quotes.setdefault(fact, []).append(Quote(said.locator, said.text))


def propose_materials(materials: Sequence[PortalMaterial], source: str, services: tuple[str, ...]) -> Proposed:
    """Propose every material in the portal's order, each with what an editor has to decide."""
    made = Proposed(source, services)
    for rank, one in enumerate(materials, 1):
        readings = read_wording(one.said)
        _material(made, rank, one, readings)
        for more in (reading for reading in readings if reading.hint is Hint.MORE_WHEN):
            _further(made, rank, one, more)
    made.finish()
    return made


def _material(made: Proposed, rank: int, one: PortalMaterial, readings: Sequence[Reading]) -> None:
    when, asks = _when(made, one, readings)
    rule, more = _rule(made, one, readings, when)
    rules = [rule]
    if when != ALWAYS:
        why = f"{TO_WRITE}不在这种情形，不用交。"
        rules.append(MaterialRule(when=_negated(when), status=Status.NOT_REQUIRED, why=why, citation=rule.citation))
    options = alternatives(one.name)
    holders = (m.group(1) for said in one.said if (m := _HOLDER.match(said.text)))
    holder = next((name for name in holders if name != "政府部门"), "")
    paper, file = _counts(one)
    made.materials.append(
        Material(
            id=f"material_{rank}",
            name=one.name,
            aliases=(one.bound_name,) if one.bound_name else (),
            services=made.services,
            originals=paper,
            copies=file,
            form=_FORMS.get(one.form, ""),
            held_by=holder,
            substitutes=options[1:],
            rules=tuple(rules),
        )
    )
    asks = [*asks, *more, *_asks(one, options, holder)]
    quotes = tuple(Quote(said.locator, said.text) for said in one.said)
    files = tuple(Quote(f"{one.locator}/attachList", file.name) for file in one.files)
    made.marks.extend(_marked(len(made.materials) - 1, asks, (*quotes, *files)))


def _marked(at: int, asks: Sequence[str], quotes: tuple[Quote, ...]) -> Iterator[Mark]:
    for number, ask in enumerate(asks):
        yield Mark(("materials", at), ask, () if number else quotes)


def _when(made: Proposed, one: PortalMaterial, readings: Sequence[Reading]) -> tuple[Condition, list[str]]:
    """Give when a material is part of the case, by the wording before the code, and what is to be decided about it."""
    cases: list[Condition] = []
    asks: list[str] = []
    for reading in readings:
        years = _YEARS.match(reading.case)
        if reading.hint is Hint.ONLY_WHEN:
            cases.append(made.case(reading.case, reading.said))
            asks.append(f"原文像是只在“{reading.case}”时才要，条件是从字面读的，请核对。")
        elif reading.hint is Hint.NOT_WHEN and years:
            cases.append(Not(not_=made.age(int(years.group(1)), reading.said)))
            asks.append(f"原文写“{reading.case}”可以不交；以下按民法含本数，请核对。")
        elif reading.hint is Hint.NOT_WHEN:
            cases.append(Not(not_=made.case(reading.case, reading.said)))
            asks.append(f"原文像是“{reading.case}”可以不交，请核对。")
    name = Said(f"{one.locator}/clmc", one.name)
    if steps := procedures(name):
        cases.append(made.procedure(steps, name))
        asks.append(f"材料名写明了流程（{'、'.join(steps)}），按流程提问，请核对。")
    if cases and one.required:
        asks.append("清单把它标为必要（clbyx 为 1），文字却带条件：两处不一致，请定。")
    if not cases and not one.required and not any(reading.hint is Hint.IF_CHECK_FAILS for reading in readings):
        said = one.said[0] if one.said else name
        cases.append(made.case(f"需要“{one.name}”", said))
        asks.append("清单标为非必要或特定情形（clbyx 为 2），文字没有说是什么情形，请查清再写条件。")
    if not cases:
        return ALWAYS, asks
    return (cases[0] if len(cases) == 1 else AnyOf(any=tuple(cases))), asks


def _rule(
    made: Proposed, one: PortalMaterial, readings: Sequence[Reading], when: Condition
) -> tuple[MaterialRule, list[str]]:
    hints = {reading.hint for reading in readings}
    cited = made.cite(one.locator)
    ground = _GROUNDS.get(one.waived)
    if Hint.IF_CHECK_FAILS in hints:
        why = f"{TO_WRITE}先由系统核验，核验不到时才要。"
        ask = "原文像是核验不到才要，请核对核验的方式和退路。"
        made_rule = MaterialRule(
            when=when, status=Status.ONLY_IF_CHECK_FAILS, why=why, fallback=TO_WRITE, ground=ground, citation=cited
        )
        return made_rule, [ask]
    if Hint.SIGN in hints:
        why = f"{TO_WRITE}由系统生成，本人签字。"
        return MaterialRule(when=when, status=Status.SIGN, handling=Handling.SIGN, why=why, citation=cited), [
            "原文像是系统生成、本人签字，请核对。"
        ]
    if ground is None and Hint.GENERATED in hints:
        ask = "免提交方式的代码没有标免交，文字却写由系统生成：两处不一致，先按免交拟，请定。"
        return _exempt(when, Ground.GENERATED, cited), [ask]
    if ground is not None:
        asks = [f"免提交方式代码是 {one.waived.value}，拟为免交（{ground.value}）；写明还要做什么、核验不到怎么办。"]
        if Hint.UPLOAD in hints:
            asks.append("标了免交，文字却说要上传或拍照，请写进 still。")
        return _exempt(when, ground, cited), asks
    handling = Handling.UPLOAD if one.form == "2" or Hint.UPLOAD in hints else Handling.COLLECT
    why = f"{TO_WRITE}清单里的材料。"
    return MaterialRule(when=when, status=Status.REQUIRED, handling=handling, why=why, citation=cited), [
        "没有免提交方式，拟为要交；收原件、看原件还是上传，数据没有说清，请定 handling。"
    ]


def _exempt(when: Condition, ground: Ground, cited: Citation) -> MaterialRule:
    return MaterialRule(
        when=when,
        status=Status.EXEMPT,
        ground=ground,
        why=f"{TO_WRITE}免交的理由。",
        still=TO_WRITE,
        fallback=TO_WRITE,
        citation=cited,
    )


def _asks(one: PortalMaterial, options: Sequence[str], holder: str) -> Iterator[str]:
    yield "写明给哪些事项用（services）、受理标准和到哪拿；代号改成英文词。"
    if options:
        yield "名字列了几种，像是任选一种；其余先放进 substitutes，请核对。"
    if one.kind not in ("1", "2", "3"):
        yield "原件还是复印件，代码没有说清，请定份数。"
    if one.source == "20" and not holder:
        yield "来源代码说由政府核发，文字没有写哪个部门，请查 held_by。"
    if any(file.kind is FileKind.SAMPLE and "空白" in file.name for file in one.files):
        yield "有一份附件标成样表，名字却是空白表，用之前打开看。"
    if laws := [law for said in one.said if said.locator.endswith("yqtgyj") for law in laws_named(said.text)]:
        yield f"要求提供的依据提到《{'》《'.join(laws)}》，读过原文再登记为依据。"


def _counts(one: PortalMaterial) -> tuple[int, int]:
    originals = one.copies if one.kind in ("1", "3", "4") else 0
    return originals, one.copies if one.kind in ("2", "3") else 0


def _further(made: Proposed, rank: int, one: PortalMaterial, more: Reading) -> None:
    """Propose a paper that stands inside another material's instructions."""
    when = made.case(more.case, more.said)
    cited = made.cite(one.locator)
    made.materials.append(
        Material(
            id=f"material_{rank}_more",
            name=more.paper,
            services=made.services,
            rules=(
                MaterialRule(
                    when=when,
                    status=Status.REQUIRED,
                    handling=Handling.COLLECT,
                    why=f"{TO_WRITE}这种情形另外要的。",
                    citation=cited,
                ),
                MaterialRule(
                    when=_negated(when), status=Status.NOT_REQUIRED, why=f"{TO_WRITE}不在这种情形。", citation=cited
                ),
            ),
        )
    )
    ask = f"清单没有单列这一样，是从“{one.name}”的填报须知里读出的（{more.case}时），请定要不要单列。"
    made.marks.append(Mark(("materials", len(made.materials) - 1), ask, (Quote(more.said.locator, more.said.text),)))


def _negated(when: Condition) -> Condition:
    return when.not_ if isinstance(when, Not) else Not(not_=when)
