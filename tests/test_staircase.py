"""A contract that cannot fail keeps nothing: each one is shown a deliberate violation and must name it."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("guides", "ingestion", "assistant", "prereview", "channels", "evals")

# title -> (module to spoil, line to add to it)
VIOLATIONS = {
    "Rooms stack one way": ("guides/rules.py", "import channels.settings"),
    "Only the wiring plugs adapters in": ("prereview/pipeline.py", "import ingestion.adapters"),
    "Vendors are named only inside adapters": ("ingestion/pipeline.py", "import chromadb"),
    "The web framework stays at the front door": ("assistant/pipeline.py", "import fastapi"),
    "Every room has the same floors": ("ingestion/model.py", "import ingestion.ports"),
    "The assistant never reads raw files": ("assistant/pipeline.py", "import ingestion.steps"),
    "No cycles, anywhere": ("guides/condition.py", "import guides.checklist"),
    "Specimens may not read document profiles": ("evals/specimens/people.py", "import prereview.model"),
    "The judge of answers shares nothing with their author": ("evals/answers/judging.py", "import assistant.model"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay the rooms' code out a second time, where it may be spoiled."""
    folder = tmp_path_factory.mktemp("house")
    for room in ROOMS:
        keep = shutil.ignore_patterns("__pycache__", "*.yaml", "static", "templates")
        shutil.copytree(ROOT / room, folder / room, ignore=keep)
    shutil.copy(ROOT / ".importlinter", folder)
    return folder


def verdicts(folder: Path) -> dict[str, bool]:
    """Run the contracts and give, per title, whether it was kept."""
    script = Path(sys.executable).parent / "lint-imports"
    command = [str(script), "--no-cache"]
    said = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    lines = [line.strip() for line in said.splitlines()]
    return {title: kept for line in lines for title, kept in verdict(line)}


def verdict(line: str) -> list[tuple[str, bool]]:
    """Read one line of the linter's table."""
    return [
        (line.partition(f" {word}")[0], word == "KEPT")
        for word in ("KEPT", "BROKEN")
        if line.endswith(word) or f" {word} (" in line
    ]


def test_every_contract_has_a_violation_to_prove_it() -> None:
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    titles = {parser[section]["name"] for section in parser.sections() if "contract" in section}
    assert titles == set(VIOLATIONS)


def test_the_house_as_it_stands_keeps_every_contract(copy: Path) -> None:
    assert verdicts(copy) == dict.fromkeys(VIOLATIONS, True)


@pytest.mark.parametrize("title", VIOLATIONS)
def test_a_violation_is_caught_by_its_contract(copy: Path, title: str) -> None:
    name, line = VIOLATIONS[title]
    module = copy / name
    before = module.read_text(encoding="utf-8")
    module.write_text(f"{before}\n{line}\n", encoding="utf-8")
    try:
        assert verdicts(copy)[title] is False
    finally:
        module.write_text(before, encoding="utf-8")
