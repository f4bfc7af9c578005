"""The author's commands at the terminal: a new guide, out and back, the schemas, linked data."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from channels.cli import app
from guides.library import ROOT, load_library


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "guides" / "library").mkdir(parents=True)
    shutil.copy(ROOT / "library" / "regions.yaml", tmp_path / "guides" / "library")
    return tmp_path / "guides"


def test_a_new_guide_is_begun_once(root: Path) -> None:
    words = ("guides", "new", "first-shop", "--title", "开第一家店", "--region", "长沙", "--root", str(root))
    done = run(*words)
    assert done.exit_code == 0, done.output
    assert "bancheng guides check first-shop@430100" in done.output
    assert [entry.guide.slug for entry in load_library(root).entries] == ["first-shop"]
    again = run(*words)
    assert again.exit_code == 2
    assert "已经有了" in again.output


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        (("First Shop", "--title", "店"), "小写字母"),
        (("shop", "--title", "店: 一"), "--title"),
        (("shop", "--title", "店", "--region", "没有的市"), "没有登记“没有的市”"),
    ],
)
def test_a_wrong_beginning_is_told(root: Path, words: tuple[str, ...], cause: str) -> None:
    done = run("guides", "new", *words, "--root", str(root))
    assert done.exit_code == 2
    assert cause in done.output
    assert not list((root / "library").rglob("guide.yaml"))


@pytest.mark.parametrize("suffix", ["xlsx", "docx"])
def test_out_and_back_without_a_change(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"card.{suffix}"
    assert run("guides", "export", "social-security-card", "--out", str(file)).exit_code == 0
    done = run("guides", "import", str(file), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert told["exact"] is True
    assert told["changes"] == []
    draft = (tmp_path / "card-draft" / "guide.yaml").read_text(encoding="utf-8")
    assert "draft:" in draft
    assert "slug: social-security-card" in draft


def test_an_edited_workbook_comes_back_as_a_draft_with_a_report(tmp_path: Path) -> None:
    file = tmp_path / "card.xlsx"
    run("guides", "export", "social-security-card", "--out", str(file))
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    page = book["规则"]
    heads = [cell.value for cell in page[1]]
    page.cell(row=2, column=heads.index("为什么") + 1).value = "换了一种说法。"
    page.cell(row=3, column=heads.index("什么情况") + 1).value = "“没有这个情况”为是"
    book.save(file)
    done = run("guides", "import", str(file), "--out", str(tmp_path / "draft"))
    assert done.exit_code == 1
    assert "没有叫“没有这个情况”的情况" in done.output
    report = (tmp_path / "draft" / "report.txt").read_text(encoding="utf-8")
    assert "规则 B3" in report
    assert "“没有这个情况”为是" in (tmp_path / "draft" / "guide.yaml").read_text(encoding="utf-8"), (
        "kept for the editor"
    )


def test_what_cannot_be_read_or_written_is_refused(tmp_path: Path) -> None:
    assert (
        ".xlsx、.docx 或 .jsonld" in run("guides", "export", "newborn@430100", "--out", str(tmp_path / "a.pdf")).output
    )
    assert "只收 .xlsx 和 .docx" in run("guides", "import", str(tmp_path / "a.pdf")).output
    assert "打不开" in run("guides", "import", str(tmp_path / "a.xlsx")).output
    (tmp_path / "b.docx").write_bytes(b"no document")
    assert "打不开或者不完整" in run("guides", "import", str(tmp_path / "b.docx")).output
    assert "库里没有" in run("guides", "export", "nothing", "--out", str(tmp_path / "a.xlsx")).output


def test_linked_data_and_schemas_are_written(tmp_path: Path) -> None:
    assert run("guides", "export", "newborn@430100", "--out", str(tmp_path / "n.jsonld")).exit_code == 0
    assert json.loads((tmp_path / "n.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert run("guides", "schema", "guide", "--out", str(tmp_path / "g.json")).exit_code == 0
    assert "Guide" in json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))["$defs"]
    assert "没有“guides”这种文件" in run("guides", "schema", "guides", "--out", str(tmp_path)).output
