"""JSON-LD in CPSV-AP terms: whole, with every name defined; and every element of the standard has its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from guides import model
from guides.elements import ElementKind, GuideElement, standard_elements
from guides.library import Entry, load_library
from guides.linked import CONTEXT, linked
from guides.model import Citation
from guides.terms import words_of

LIBRARY = load_library()

# Classes and properties of CPSV-AP 3.2 and CCCEV that we use; a slip of the pen is a term outside this list.
CPSV_AP = {
    "cpsv:PublicService", "cpsv:Rule", "cpsv:Output", "cpsv:hasInput", "cpsv:produces", "cpsv:follows",
    "cpsv:implements", "cv:LifeEvent", "cv:BusinessEvent", "cv:PublicOrganisation", "cv:Requirement", "cv:Evidence",
    "cv:EvidenceType", "cv:EvidenceTypeList", "cv:Channel", "cv:ContactPoint", "cv:Cost", "cv:isGroupedBy",
    "cv:hasCompetentAuthority", "cv:holdsRequirement", "cv:hasCost", "cv:hasChannel", "cv:hasContactPoint",
    "cv:hasLegalResource", "cv:processingTime", "cv:isDerivedFrom", "cv:hasEvidenceTypeList",
    "cv:specifiesEvidenceType", "cv:telephone", "cv:value", "cv:currency",
}  # fmt: skip
BORROWED = ("dct:", "dcat:", "eli:", "foaf:", "locn:", "owl:", "skos:", "xsd:")
LIST = re.compile(r"办事指南要素大类：(.+?)。")
STANDARDS = Path(__file__).parents[3] / "shared" / "domain" / "standards.md"
CALLED = {
    "实施主体及性质": ("实施主体", "实施主体性质"),
    "法定与承诺时限": ("法定时限", "承诺时限"),
    "审批结果名称与样本": ("审批结果名称", "审批结果样本"),
    "办件类型（即办/承诺）": ("办件类型",),
    "是否支持预约/网上支付/物流/自助": tuple(f"是否支持{one}" for one in ("预约", "网上支付", "物流", "自助")),
}


def walk(value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, dict):
        for term, part in value.items():
            yield term, part
            yield from walk(part)
    elif isinstance(value, list):
        for part in value:
            yield from walk(part)


def as_data(entry: Entry) -> dict:
    made = linked(entry.guide, LIBRARY.sources, LIBRARY.regions)
    again: dict = json.loads(json.dumps(made, ensure_ascii=False))
    return again


@pytest.mark.parametrize("entry", LIBRARY.entries, ids=lambda entry: f"{entry.guide.slug}@{entry.guide.region}")
def test_a_guide_is_whole_in_json_ld(entry: Entry) -> None:
    graph = as_data(entry)["@graph"]
    nodes = {node["@id"]: node for node in graph}
    assert len(nodes) == len(graph), "every node once"
    pointed = {part for term, part in walk(graph) if term == "@id"}
    ours = {one for one in pointed if isinstance(one, str) and one.startswith(f"urn:bancheng:{entry.guide.region}:")}
    assert ours <= nodes.keys(), "every name leads somewhere"
    assert all(node.get("dct:title") or node["@type"] == "dct:Location" for node in graph)
    kinds = [node["@type"] for node in graph]
    guide = entry.guide
    assert kinds.count("cpsv:PublicService") == 1 + len(guide.services)
    assert kinds.count("cv:EvidenceType") == kinds.count("cv:Evidence") == len(guide.materials)
    assert kinds.count("cv:Requirement") == len(guide.routes) + sum(len(m.rules) for m in guide.materials)
    assert kinds.count("cv:Cost") == len(guide.fees)
    assert kinds.count("eli:LegalResource") == len(guide.sources)
    assert kinds.count("cv:LifeEvent") + kinds.count("cv:BusinessEvent") == 1


def test_no_term_is_made_up_outside_our_own_prefix() -> None:
    for entry in LIBRARY.entries:
        graph = as_data(entry)["@graph"]
        terms = {term for term, _ in walk(graph) if not term.startswith("@")}
        terms |= {str(part) for term, part in walk(graph) if term == "@type"}
        unknown = {term for term in terms - CPSV_AP if not term.startswith((*BORROWED, "bc:"))}
        assert unknown == set()
        assert {term.partition(":")[0] for term in terms} <= CONTEXT.keys()


def test_days_are_said_as_durations_and_working_days_in_words() -> None:
    graph = [node for entry in LIBRARY.entries for node in as_data(entry)["@graph"]]
    lengths = [node["cv:processingTime"]["@value"] for node in graph if "cv:processingTime" in node]
    assert lengths
    assert all(re.fullmatch(r"P\d+[DM]", length) for length in lengths)
    assert any("个工作日" in node["dct:description"]["@value"] for node in graph if node["@type"] == "cpsv:Rule")


def test_every_element_of_the_standard_has_its_place() -> None:
    if not STANDARDS.exists():
        pytest.fail("../shared/domain is missing: lay the domain folder beside the project", pytrace=False)
    found = LIST.search(STANDARDS.read_text(encoding="utf-8"))
    assert found
    wanted = [name for one in found[1].split("、") for name in CALLED.get(one, (one,))]
    assert len(wanted) > 30
    mapped = {one.element: one for one in standard_elements()}
    assert set(wanted) - mapped.keys() == set()
    assert len(mapped) == len(standard_elements())


@pytest.mark.parametrize("one", standard_elements(), ids=lambda one: one.element)
def test_the_place_of_an_element_exists(one) -> None:
    for place in one.ours:
        kind, _, field = place.partition(".")
        assert field in getattr(model, kind).model_fields, place
    graph = as_data(LIBRARY.entries[0])["@graph"]
    used = {term for term, _ in walk(graph)} | {"bc:element", "cv:processingTime", "cv:hasCost"}
    assert not one.cpsv or one.cpsv in used


def test_what_needs_no_rule_is_kept_as_a_cited_sentence_and_exported() -> None:
    assert {one.kind for one in standard_elements() if one.kind} == set(ElementKind)
    assert words_of("GuideElement", "kind").keys() == {kind.value for kind in ElementKind}
    guide = LIBRARY.entries[0].guide
    citation = Citation(source=guide.sources[0], locator="第一条")
    added = GuideElement(kind=ElementKind.BOOKING, text="可以在网上预约。", citation=citation)
    graph = linked(guide.model_copy(update={"elements": (added,)}), LIBRARY.sources, LIBRARY.regions)["@graph"]
    assert isinstance(graph, list)
    (node,) = [node for node in graph if isinstance(node, dict) and node["@type"] == "bc:Element"]
    assert "预约" in json.dumps(node, ensure_ascii=False)


def test_the_readme_shows_the_table() -> None:
    readme = (Path(model.__file__).parent / "README.md").read_text(encoding="utf-8")
    for one in standard_elements():
        assert f"| {one.element} |" in readme, one.element
    assert date(2020, 11, 19).isoformat() in readme
