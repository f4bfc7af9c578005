"""Overlays: small files that change a guide by id, resolve to a whole guide, and take over nothing unseen."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml

from guides.library import LibraryInvalid, load_library
from guides.proof import prove
from tests.guides.small import ON, TEXT

SOURCES = """
sources:
  - {id: rule, title: 样例规定, issuer: 样例机关, kind: notice, verification: read, region: "430100"}
  - {id: hearsay, title: 听说, issuer: 某处, kind: reprint, verification: recalled}
  - {id: county_rule, title: 县里的规定, issuer: 县机关, kind: notice, verification: read, region: "431022"}
"""
REGIONS = """
regions:
  - {code: "", name: 全国}
  - {code: "43", name: 湖南省, aliases: [湖南]}
  - {code: "430100", name: 长沙市, parent: "43", aliases: [长沙]}
  - {code: "430104", name: 岳麓区, parent: "430100"}
  - {code: "431000", name: 郴州市, parent: "43"}
  - {code: "431022", name: 宜章县, parent: "431000"}
"""
LOCAL = """
points: [{name: 长沙大厅, address: 岳麓区某路, phone: 0731-12345678, citation: {source: rule, locator: 第三条}}]
phones: [{about: 咨询, number: 0731-12345678, citation: {source: rule, locator: 第三条}}]
"""
GOOD = """
base: small@430100
why: 县里另有规定
sources: {rule: county_rule}
change:
  lead_agency: 县样例局
  version: "1"
  valid_from: 2025-01-01
  points: [{name: 县大厅, address: 县城, citation: {source: county_rule, locator: 第三条}}]
  phones: []
  materials: {form: {rules: {2: {why: 县里的窗口也收}}}}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in {
        "sources/all.yaml": SOURCES,
        "library/regions.yaml": REGIONS,
        "library/430100/small/guide.yaml": TEXT + LOCAL,
        "library/431022/small/overlay.yaml": GOOD,
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def rewrite(root: Path, **changes: object) -> None:
    """Change keys under `change` (or the head, with a leading underscore) of the county's overlay; None takes out."""
    file = root / "library/431022/small/overlay.yaml"
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    for key, value in changes.items():
        place = raw if key.startswith("_") else raw["change"]
        if value is None:
            place.pop(key.lstrip("_"))
        else:
            place[key.lstrip("_")] = value
    file.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")


def refused(root: Path) -> list[str]:
    with pytest.raises(LibraryInvalid) as caught:
        load_library(root)
    return [str(problem) for problem in caught.value.problems]


def test_an_overlay_is_a_whole_guide_with_its_own_sources_and_is_proved(root: Path) -> None:
    library = load_library(root)
    entry = library.entry("small", "431022")
    assert entry is not None
    assert entry.base == "small@430100"
    assert (entry.guide.slug, entry.guide.region, entry.guide.lead_agency) == ("small", "431022", "县样例局")
    assert entry.guide.materials[0].rules[1].why == "县里的窗口也收"
    assert entry.guide.materials[0].rules[1].citation.source == "county_rule"
    assert entry.guide.sources == ("county_rule", "hearsay")
    assert [point.name for point in entry.guide.points] == ["县大厅"]
    assert prove(entry.guide, ON).problems == ()
    base = library.find("small", "430100")
    assert base is not None
    assert base.materials[0].rules[1].why == "窗口要收"


def test_an_unknown_place_gets_no_other_places_guide(root: Path) -> None:
    library = load_library(root)
    assert library.find("small", "431000") is None
    district = library.find("small", "430104")
    assert district is not None
    assert district.region == "430100"


def test_entries_are_added_and_dropped_by_their_own_key(root: Path) -> None:
    rewrite(
        root,
        materials={"drop": ["list"], "certificate": {"rules": {"drop": [2], "1": {"when": {"always": True}}}}},
        questions={"drop": ["children"]},
        fees=[{"id": "free", "text": "不收费", "citation": {"source": "county_rule", "locator": "第九条"}}],
    )
    guide = load_library(root).find("small", "431022")
    assert guide is not None
    assert [m.id for m in guide.materials] == ["form", "certificate", "permit_copy"]
    assert len(guide.materials[1].rules) == 1
    assert guide.fees[0].id == "free"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"points": None}, ("“points/0”沿用了长沙市的", "核对过确实一样的，把 points 写进 keep")),
        ({"phones": None}, ("“phones/0”沿用了长沙市的",)),
        ({"lead_agency": None}, ("“lead_agency”沿用了长沙市的", "在 change 里写上本地的")),
        ({"_keep": ["weather"]}, ("keep 里的“weather”不能这样写",)),
        ({"_sources": None}, ("还引用着别处的依据“rule”（430100）", "换成本地的依据")),
        ({"_sources": {"rule": "county_rule", "law": "county_rule"}}, ("底本没有引用“law”",)),
        ({"materials": {"hat": {"name": "帽子"}}}, ("materials 里没有“hat”", "里面有：form、certificate")),
        ({"materials": {"drop": ["hat"]}}, ("materials 里没有“hat”",)),
        ({"region": "430100"}, ("region 由文件夹决定",)),
        ({"_wishes": 1}, ("不认识的键“wishes”",)),
        ({"_why": None}, ("缺少 why",)),
        ({"_base": "small@43"}, ("找不到底本", "例如 newborn@430100")),
        ({"materials": {"form": {"colour": "red"}}}, ("不认识的键“colour”",)),
    ],
)
def test_what_is_wrong_is_told_with_file_line_cause_and_remedy(
    root: Path, change: dict[str, object], words: tuple[str, ...]
) -> None:
    rewrite(root, **change)
    problems = refused(root)
    for word in words:
        assert any(word in problem for problem in problems), (word, problems)
    assert all(":" in problem and " → " in problem for problem in problems)
    assert any("431022/small/overlay.yaml:" in problem for problem in problems)


def test_a_text_that_still_names_the_other_city_or_its_telephone_is_refused(root: Path) -> None:
    file = root / "library/430100/small/guide.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("say: 分开办", "say: 到长沙的大厅分开办").replace(
            "next_step: 先去医院", "next_step: 打0731-12345678"
        ),
        encoding="utf-8",
    )
    problems = refused(root)
    assert any("“routes/1/say”还写着“长沙" in problem for problem in problems)
    assert any("“routes/1/next_step”还写着“0731-12345678”" in problem for problem in problems)
    rewrite(root, _words={"长沙": "宜章"}, routes={"single": {"next_step": "打 12345"}})
    guide = load_library(root).find("small", "431022")
    assert guide is not None
    assert guide.routes[1].say == "到宜章的大厅分开办"


def test_a_district_takes_over_what_its_own_city_says(root: Path) -> None:
    folder = root / "library/430104/small"
    folder.mkdir(parents=True)
    (folder / "overlay.yaml").write_text("why: 区里另设一处\nchange: {lead_agency: 区样例局}\n", encoding="utf-8")
    guide = load_library(root).find("small", "430104")
    assert guide is not None
    assert guide.lead_agency == "区样例局"
    assert guide.points[0].name == "长沙大厅"


def dated(root: Path, text: str) -> None:
    folder = root / "library/430100/small/2026"
    folder.mkdir(parents=True)
    (folder / "overlay.yaml").write_text(text, encoding="utf-8")


NOTICE = """
why: 2026年的通知
change:
  valid_from: 2026-05-01
  valid_to: 2026-08-31
  deadlines: [{id: this_year, text: 今年7月1日到5日报名, citation: {source: rule, locator: 第十条}}]
"""


def test_a_dated_layer_holds_on_its_days_and_leaves_the_base_alone_on_all_others(root: Path) -> None:
    dated(root, NOTICE)
    library = load_library(root)
    assert len(library.entries) == 2
    assert len(library.layers) == 1
    within, outside = (library.find("small", "430100", day) for day in (date(2026, 6, 1), date(2027, 6, 1)))
    assert within is not None
    assert outside is not None
    assert [d.id for d in within.deadlines] == ["this_year"]
    assert outside.deadlines == ()
    assert prove(within, date(2026, 6, 1)).problems == ()
    assert [entry.name for entry in library.every] == ["small@430100", "small@431022", "small@430100@2026"]
    district = library.find("small", "430104", date(2026, 6, 1))
    assert district is within


def test_a_layer_without_an_end_is_refused(root: Path) -> None:
    dated(root, NOTICE.replace("  valid_to: 2026-08-31\n", ""))
    assert any("没有写 valid_to" in problem for problem in refused(root))


def test_overlays_that_rest_on_each_other_are_refused(root: Path) -> None:
    shutil.rmtree(root / "library/430100/small")
    here = root / "library/431000/small"
    here.mkdir(parents=True)
    (here / "overlay.yaml").write_text("base: small@431022\nwhy: 绕圈\nchange: {lead_agency: 市局}\n", encoding="utf-8")
    rewrite(root, _base="small@431000")
    assert any("绕着圈" in problem for problem in refused(root))
