"""A portal's guide becomes a draft: everything proposed, the official sentences only as quotes, and never servable."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from guides.draft import DRAFT_KEYS, TO_WRITE, Draft, guide_file, notes_file, sources_file, without_marks
from guides.library import LibraryInvalid, load_library
from guides.model import BurdenKind, FactKind, Ground, Guide, Material, Status
from guides.proof import prove
from guides.references import reference_problems
from guides.yaml_source import Plain
from ingestion.adapters.portal_json import PortalJson
from ingestion.pipeline import draft_portal_guide

ON = date(2026, 11, 22)
NAMES = ("newborn", "newborn_county", "retirement", "restaurant", "deregistration", "credit_repair")
SENTENCES = "tbxz clbz cllyqdsm yqtgyj mtjfssm bltj smmc answer problem bllctsm reasonLink".split()
SECTIONS = "questions routes services materials limits fees points phones faq burden".split()
OPTIONAL = "materialCode materialTitle mtjfssm cllyqdsm zzclgg sfxtmb type pxh zt attachList".split()
NAMED = re.compile(r"是不是这种情形：[^\n]*|像是[^\n]*|读出的（[^\n]*|提到《[^\n]*")


def raw(shared_data: Path, name: str) -> dict[str, dict[str, object]]:
    read: dict[str, dict[str, object]] = json.loads((shared_data / "official_guides" / f"{name}.json").read_bytes())
    return read


def drafted(whole: object) -> Draft:
    return draft_portal_guide(json.dumps(whole, ensure_ascii=False).encode(), PortalJson(), on=ON)


@pytest.fixture(scope="module", params=NAMES)
def any_draft(request, shared_data: Path) -> Draft:
    return drafted(raw(shared_data, request.param))


@pytest.fixture(scope="module")
def newborn(shared_data: Path) -> Draft:
    return drafted(raw(shared_data, "newborn"))


def named(draft: Draft, name: str) -> Material:
    return next(material for material in draft.guide.materials if material.name == name)


def asks(draft: Draft, section: str, at: int) -> str:
    return " ".join(mark.ask for mark in draft.marks if mark.path == (section, at))


def texts(plain: Plain, *, quotes: bool) -> Iterator[str]:
    """Give the texts of a draft, those in quotes or those outside."""
    if isinstance(plain, dict):
        for key, value in plain.items():
            if key == "quotes":
                if quotes:
                    yield from texts(value, quotes=False)
            elif key != "locator":
                yield from texts(value, quotes=quotes)
    elif isinstance(plain, list):
        for value in plain:
            yield from texts(value, quotes=quotes)
    elif isinstance(plain, str) and not quotes:
        yield plain


def sentences(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for inner, held in value.items():
            yield from sentences(held, inner)
    elif isinstance(value, list):
        for held in value:
            yield from sentences(held, key)
    elif isinstance(value, str) and key in SENTENCES:
        yield from (part.strip('" ') for part in re.split(r"[。；\n]", value) if len(part.strip()) >= 14)


# --- what a draft is -------------------------------------------------------------------------------------------


def test_without_its_marks_a_draft_is_a_guide_that_decides_every_situation(any_draft: Draft) -> None:
    read = yaml.safe_load(guide_file(any_draft))
    assert Guide.model_validate(without_marks(read)) == any_draft.guide
    assert list(reference_problems(any_draft.guide, {any_draft.source.id: any_draft.source})) == []
    assert prove(any_draft.guide, ON).problems == ()


def test_every_proposal_is_marked_for_review(any_draft: Draft) -> None:
    paths = {mark.path for mark in any_draft.marks}
    guide = any_draft.guide
    for section in (
        "questions",
        "routes",
        "services",
        "materials",
        "limits",
        "fees",
        "points",
        "phones",
        "faq",
        "burden",
    ):
        assert {(section, i) for i in range(len(getattr(guide, section)))} <= paths, section
    assert () in paths


def test_the_official_sentences_stand_in_the_quotes_alone(shared_data: Path) -> None:
    for name in NAMES:
        whole = raw(shared_data, name)
        read = yaml.safe_load(guide_file(drafted(whole)))
        ours, theirs = "\n".join(texts(read, quotes=False)), "\n".join(texts(read, quotes=True))
        for sentence in sentences(whole):
            assert sentence in theirs, f"{name}: not shown to the editor: {sentence}"
            # A case read off a sentence is offered as a question, and laws are named by their titles.
            assert sentence not in NAMED.sub("", ours), sentence


def test_a_draft_is_refused_by_the_library_line_by_line(newborn: Draft, tmp_path: Path) -> None:
    place = tmp_path / "library" / "430100" / "newborn"
    place.mkdir(parents=True)
    (tmp_path / "sources").mkdir()
    (tmp_path / "library" / "regions.yaml").write_text(
        'regions:\n  - {code: "", name: 全国}\n  - {code: "43", name: 湖南省}\n'
        '  - {code: "430100", name: 长沙市, parent: "43"}\n',
        encoding="utf-8",
    )
    (tmp_path / "sources" / "portal.yaml").write_text(sources_file(newborn), encoding="utf-8")
    (place / "notes.yaml").write_text(notes_file(newborn), encoding="utf-8")
    file = place / "guide.yaml"

    file.write_text(guide_file(newborn), encoding="utf-8")
    with pytest.raises(LibraryInvalid) as refused:
        load_library(tmp_path)
    assert len([p for p in refused.value.problems if "草稿不能发布" in p.cause]) >= len(newborn.guide.materials)
    assert all(problem.line > 1 for problem in refused.value.problems)

    # With every mark taken out, what nobody has written still keeps it from being served.
    half_done = without_marks(yaml.safe_load(guide_file(newborn)))
    file.write_text(yaml.safe_dump(half_done, allow_unicode=True), encoding="utf-8")
    with pytest.raises(LibraryInvalid) as still:
        load_library(tmp_path)
    assert {TO_WRITE in problem.cause for problem in still.value.problems} == {True}

    written = yaml.safe_dump(half_done, allow_unicode=True).replace(TO_WRITE, "写好了")
    file.write_text(written, encoding="utf-8")
    assert load_library(tmp_path).find("draft-43pcn0009", "430100") is not None


def test_no_guide_of_ours_holds_a_mark_of_a_draft() -> None:
    for entry in load_library().entries:
        text = "\n".join(file.read_text(encoding="utf-8") for file in sorted(entry.folder.glob("*.yaml")))
        assert TO_WRITE not in text
        assert not re.search(rf"^\s*(?:{'|'.join(DRAFT_KEYS)}):", text, re.MULTILINE)


# --- what it proposes ------------------------------------------------------------------------------------------


def test_what_the_portal_lists_is_in_the_draft(shared_data: Path) -> None:
    for name in NAMES:
        whole, guide = raw(shared_data, name)["data"], drafted(raw(shared_data, name)).guide
        counts = {key: len(value) for key, value in whole.items() if isinstance(value, list)}
        listed = [material for material in guide.materials if not material.id.endswith("_more")]
        assert len(listed) == counts["materialList"], name
        assert len(guide.services) == counts["approveList"], name
        assert len(guide.points) == counts["guidePoint"], name
        assert len(guide.faq) == counts["questionInfo"], name
        assert len(guide.burden) == 4, name


@pytest.mark.parametrize(
    ("name", "material", "status", "ground"),
    [
        ("newborn", "新生儿出生一件事申请表", Status.EXEMPT, Ground.GENERATED),
        ("newborn", "父母身份证", Status.EXEMPT, Ground.DATA_SHARING),
        ("newborn", "中华人民共和国结婚证", Status.REQUIRED, None),
        ("retirement", "中华人民共和国居民身份证", Status.EXEMPT, Ground.E_CERTIFICATE),
        ("retirement", "居民户口簿", Status.ONLY_IF_CHECK_FAILS, Ground.E_CERTIFICATE),
        ("retirement", "养老金申领承诺书", Status.SIGN, None),
        ("retirement", "退休一件事申请表", Status.EXEMPT, Ground.GENERATED),
    ],
)
def test_the_way_of_waiving_becomes_a_proposed_status(shared_data, name, material, status, ground) -> None:
    rule = named(drafted(raw(shared_data, name)), material).rules[0]
    assert (rule.status, rule.ground) == (status, ground)


@pytest.mark.parametrize(
    ("name", "material", "case"),
    [
        ("newborn", "新生儿民族成份申请", "父母双方是不同民族"),
        ("newborn", "本人银行卡复印件", "初次办理手工（零星）报销等涉及费用支付业务"),
        ("deregistration", "债权人公告", "通过报纸发布债权人公告的"),
        ("credit_repair", "守信承诺书", "经营异常名录信息信用修复"),
    ],
)
def test_a_case_in_the_wording_becomes_a_question_with_its_words(shared_data, name, material, case) -> None:
    draft = drafted(raw(shared_data, name))
    found = named(draft, material)
    assert [rule.status for rule in found.rules] == [Status.REQUIRED, Status.NOT_REQUIRED]
    fact = found.rules[0].when.model_dump()["fact"]
    at, question = next((i, q) for i, q in enumerate(draft.guide.questions) if q.fact == fact)
    assert case in question.ask
    assert any(case in quote.text for mark in draft.marks if mark.path == ("questions", at) for quote in mark.quotes)


def test_the_same_case_on_several_materials_is_one_question(shared_data: Path) -> None:
    draft = drafted(raw(shared_data, "credit_repair"))
    facts = {named(draft, name).rules[0].when.model_dump()["fact"] for name in ("信用修复申请书", "守信承诺书")}
    assert len(facts) == 1


def test_an_age_in_the_wording_becomes_a_date_of_birth(newborn: Draft) -> None:
    rule = named(newborn, "个人照片").rules[0]
    assert rule.when.model_dump(by_alias=True, exclude_none=True) == {
        "not": {"age_of": "birth_date", "at_most": {"years": 7}}
    }
    assert {q.kind for q in newborn.guide.questions if q.fact == "birth_date"} == {FactKind.DATE}


def test_a_paper_inside_anothers_instructions_is_proposed_as_one(newborn: Draft) -> None:
    found = next(material for material in newborn.guide.materials if "委托" in material.name)
    assert [rule.status for rule in found.rules] == [Status.REQUIRED, Status.NOT_REQUIRED]
    assert found.rules[0].citation.locator == "materialList/新生儿出生医学记录"


def test_a_paper_that_a_case_adds_in_brackets_is_proposed_as_one(shared_data: Path) -> None:
    found = named(drafted(raw(shared_data, "credit_repair")), "营业执照")
    assert found.rules[0].citation.locator == "materialList/履行法定义务纠正违法行为的相关材料"


def test_a_procedure_in_a_name_becomes_a_choice(shared_data: Path) -> None:
    guide = drafted(raw(shared_data, "restaurant")).guide
    question = next(q for q in guide.questions if q.fact == "procedure")
    assert [option.label for option in question.options[:2]] == ["一般流程", "告知承诺制流程"]
    by_both = next(m for m in guide.materials if m.name.startswith("消防安全制度"))
    assert by_both.rules[0].when.model_dump()["one_of"] == ("procedure_2", "procedure_1")


def test_one_of_several_papers_is_seen_in_the_name(shared_data: Path) -> None:
    found = next(m for m in drafted(raw(shared_data, "retirement")).guide.materials if "独生子女证" in m.name)
    assert found.substitutes == ("《独生子女父母光荣证》", "《无子女证明》")


def test_the_figures_of_before_and_after_are_their_owners_claims(newborn: Draft) -> None:
    claims = {claim.kind: (claim.before, claim.now) for claim in newborn.guide.burden}
    assert claims == {
        BurdenKind.MATERIALS: (22, 4),
        BurdenKind.VISITS: (4, 0),
        BurdenKind.STEPS: (7, 1),
        BurdenKind.DAYS: (72, 5),
    }


# --- the traps -------------------------------------------------------------------------------------------------


def test_placeholders_are_no_files_and_flow_charts_are_noted(newborn: Draft) -> None:
    files = [quote.text for mark in newborn.marks for quote in mark.quotes if quote.at.endswith("attachList")]
    assert len(files) == 10
    assert all(name.endswith(".docx") for name in files)
    assert sum(note.about == "attachInfo" for note in newborn.notes) == 3


def test_a_sample_that_is_named_a_blank_form_is_pointed_out(newborn: Draft) -> None:
    at = newborn.guide.materials.index(named(newborn, "新生儿出生一件事申请表"))
    assert "名字却是空白表" in asks(newborn, "materials", at)


def test_the_order_is_the_portals_own_not_that_of_the_list(shared_data: Path) -> None:
    whole = raw(shared_data, "newborn")
    expected = [m.name for m in drafted(whole).guide.materials]
    shuffled = copy.deepcopy(whole)
    listed = shuffled["data"]["materialList"]
    assert isinstance(listed, list)
    listed.reverse()
    assert [m.name for m in drafted(shuffled).guide.materials] == expected
    assert expected[0] == "新生儿出生医学记录"


def test_two_materials_with_one_name_keep_two_places(shared_data: Path) -> None:
    whole = raw(shared_data, "deregistration")
    listed = whole["data"]["materialList"]
    assert isinstance(listed, list)
    assert len({row["bzclId"] for row in listed}) < len(listed), "the repeated standard id this is about"
    for row in listed:
        row["clmc"] = "证明"
    places = {m.rules[0].citation.locator for m in drafted(whole).guide.materials}
    assert places == {f"materialList/{n}" for n in range(1, 9)}


@pytest.mark.parametrize(
    "key",
    ["materialCode", "materialTitle", "mtjfssm", "cllyqdsm", "zzclgg", "sfxtmb", "type", "pxh", "zt", "attachList"],
)
def test_an_absent_key_is_no_mistake(shared_data: Path, key: str) -> None:
    whole = raw(shared_data, "newborn")
    listed = whole["data"]["materialList"]
    assert isinstance(listed, list)
    for row in listed:
        row.pop(key, None)
    assert len(drafted(whole).guide.materials) >= 14


@pytest.mark.parametrize("nothing", ["", "无", "暂无", "暂无。", "/", "无结果样本", "  "])
def test_every_way_of_saying_nothing_is_nothing(shared_data: Path, nothing: str) -> None:
    whole = raw(shared_data, "newborn")
    listed = whole["data"]["approveList"]
    assert isinstance(listed, list)
    for row in listed:
        row["resultSampleName"] = nothing
    assert {service.output for service in drafted(whole).guide.services} == {""}


def test_limits_are_cited_apart_with_no_unit_made_up(newborn: Draft) -> None:
    assert [limit.days for limit in newborn.guide.limits] == [5]
    days = {service.name: service.limit.days for service in newborn.guide.services if service.limit}
    assert days["社会保障卡申领（邮寄卡不激活金融账户）"] == 30
    assert "没有写单位" in newborn.guide.limits[0].note
    assert any("不相加，不取大" in note.text for note in newborn.notes)


def test_what_contradicts_itself_is_said_to_the_editor(newborn: Draft, shared_data: Path) -> None:
    said = " ".join(note.text for note in newborn.notes)
    assert "现在交 4 样，本地清单列了 14 样" in said
    assert "不能据字段说“不能邮寄”" in said
    visits = " ".join(note.text for note in drafted(raw(shared_data, "credit_repair")).notes)
    assert "本地写 0，全省写改革后 1" in visits
    at = newborn.guide.materials.index(named(newborn, "新生儿民族成份申请"))
    assert "两处不一致" not in asks(newborn, "materials", at), "marked optional, and the text says when: they agree"


def test_necessity_that_its_own_wording_limits_is_pointed_out(shared_data: Path) -> None:
    draft = drafted(raw(shared_data, "credit_repair"))
    at = draft.guide.materials.index(named(draft, "守信承诺书"))
    assert "clbyx 为 1" in asks(draft, "materials", at)


def test_a_question_asked_twice_and_an_old_rule_are_pointed_out(shared_data: Path) -> None:
    whole = raw(shared_data, "retirement")
    listed = whole["data"]["questionInfo"]
    assert isinstance(listed, list)
    listed.append({**listed[0], "pxh": 99.0})
    draft = drafted(whole)
    assert any("问和答一样" in note.text for note in draft.notes)
    at = next(i for i, q in enumerate(draft.guide.faq) if "特殊工种提前退休必须" in q.citations[0].locator)
    assert "可能已经过时" in asks(draft, "faq", at)


def test_days_are_days_in_china(newborn: Draft) -> None:
    # 1780084819000 ms is 2026-05-29 20:00 in UTC.
    assert newborn.guide.valid_from == date(2026, 5, 30)


def test_a_county_differs_in_its_places_and_phones_alone(newborn: Draft, shared_data: Path) -> None:
    county = drafted(raw(shared_data, "newborn_county"))
    assert {m.name for m in county.guide.materials} == {m.name for m in newborn.guide.materials}
    assert (county.guide.region, newborn.guide.region) == ("431022", "430100")
    assert (len(county.guide.points), len(newborn.guide.points)) == (6, 1)
    assert [phone.about for phone in county.guide.phones][:3] == [
        "县政务服务中心",
        "县政务服务中心",
        "县里田镇中心卫生院",
    ]
    assert len(county.guide.phones) == 8


def test_what_is_out_of_use_is_not_proposed(shared_data: Path) -> None:
    whole = raw(shared_data, "newborn")
    listed = whole["data"]["materialList"]
    assert isinstance(listed, list)
    name = listed[3]["clmc"]
    listed[3]["zt"] = "1"
    assert name not in [material.name for material in drafted(whole).guide.materials]


def test_typos_of_the_source_are_kept_in_places_and_names(shared_data: Path) -> None:
    guide = drafted(raw(shared_data, "restaurant")).guide
    assert any("主要设各设施" in material.rules[0].citation.locator for material in guide.materials)


def test_fees_of_a_portal_that_states_some_are_proposed(shared_data: Path) -> None:
    whole = raw(shared_data, "newborn")
    whole["data"]["chargelist"] = [{"FEENAME": "工本费", "FEESTAND": "每证10元", "DESCEXPLAIN": "补领"}]
    assert [fee.text for fee in drafted(whole).guide.fees] == ["工本费 每证10元 补领"]
