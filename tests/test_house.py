"""The house keeps its own rules: each test reads the project as it lies, and says which rule a change has broken."""

from __future__ import annotations

import ast
import configparser
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
BELOW_CHANNELS = ("guides", "ingestion", "assistant", "prereview")
ROOMS = (*BELOW_CHANNELS, "channels", "evals")

TOP_LEVEL = {
    *ROOMS, "tests", "scripts", "requirements", "docs", ".ci",
    "pyproject.toml", "Makefile", "README.md", "README.en.md", "DECISIONS.md", "CONTRIBUTING.md", "LICENSE",
    ".gitignore", ".importlinter", ".pre-commit-config.yaml",
}  # fmt: skip

FURNITURE = {
    "guides": {"model.py", "rules.py", "library.py", "passages.py", "library", "sources"},
    "ingestion": {"model.py", "ports.py", "pipeline.py", "steps", "adapters"},
    "assistant": {"model.py", "ports.py", "pipeline.py", "steps", "adapters"},
    "prereview": {"model.py", "ports.py", "pipeline.py", "steps", "adapters", "documents", "checks"},
    "channels": {"settings.py", "wiring.py", "cli.py", "wording.zh.yaml", "http", "web"},
    "evals": {"command.py", "routing", "retrieval", "answers", "situations", "prereview", "specimens"},
}
UNDERSTANDING = ("facts", "outcomes", "journeys", "consistency", "redteam")
OWN_CASES = ("routing", "answers", "prereview", *UNDERSTANDING)
"""The other suites judge the named examples of the guides, and the questions of the shared data."""
SUITES = ("routing", "situations", "questions", "retrieval", "answers", "prereview", "lies", *UNDERSTANDING)

# What a requirement is called where it is imported; a requirement with the same name needs no line.
IMPORTED_AS = {
    "beautifulsoup4": "bs4",
    "opencv-python-headless": "cv2",
    "pillow": "PIL",
    "python-docx": "docx",
    "python-multipart": "multipart",
    "pyyaml": "yaml",
}
GROUND_FLOOR = {"pydantic", "yaml"}
"""What every room may import."""
NEVER_IMPORTED = {"setuptools"}
TORCH_NEEDS = {"filelock", "fsspec", "jinja2", "networkx", "setuptools", "sympy", "typing_extensions"}

# Written in halves, so that this file does not hold what it looks for.
FORBIDDEN_WORDS = tuple("审核~通过 保证~受理 包~过 最多~跑一次 您不~符合条件 不用带~身份证".replace("~", "").split())
MACHINE = re.compile(
    r"(?<![\w.~-])/(?:w~ork|t~mp|r~oot)/|py~pi\.org|n~pmjs\.|python~hosted|deb\.deb~ian".replace("~", "")
)


def tracked(*suffixes: str) -> list[Path]:
    """List the project's own files, new ones included, ignored ones not."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    names = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    paths = (ROOT / name for name in names if name)
    return sorted(path for path in paths if path.is_file() and (not suffixes or path.name.endswith(suffixes)))


def modules(*rooms: str) -> list[Path]:
    """List the Python files of some rooms."""
    return [path for path in tracked(".py") if path.relative_to(ROOT).parts[0] in rooms]


def where(path: Path, line: int = 0) -> str:
    """Name a place as a reader can click it."""
    return f"{path.relative_to(ROOT)}:{line}" if line else str(path.relative_to(ROOT))


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """Give the root name and the line of every import of a module."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.partition(".")[0], node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.partition(".")[0], node.lineno


def requirements(name: str) -> set[str]:
    """Give the import names of what a requirement source lists."""
    lines = (ROOT / f"requirements/{name}.in").read_text(encoding="utf-8").splitlines()
    named = [re.match(r"[\w.-]+", line) for line in lines]
    names = [match.group().lower() for match in named if match]
    return {IMPORTED_AS.get(name, name.replace("-", "_")) for name in names}


def contract(name: str, option: str) -> set[str]:
    """Read one list of one contract."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / ".importlinter", encoding="utf-8")
    return {line.strip() for line in parser[f"importlinter:contract:{name}"][option].splitlines() if line.strip()}


# --- rooms and furniture ---------------------------------------------------------------------------------------


def test_every_top_level_name_is_known() -> None:
    found = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert found <= TOP_LEVEL, f"new at the top level: {sorted(found - TOP_LEVEL)}; a seventh room needs a decision"


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_furniture(room: str) -> None:
    missing = {"__init__.py", "README.md", *FURNITURE[room]} - {path.name for path in (ROOT / room).iterdir()}
    assert not missing, f"{room} lacks {sorted(missing)}"


@pytest.mark.parametrize("suite", SUITES)
def test_every_suite_has_an_evaluator_and_a_bar(suite: str) -> None:
    names = {path.name for path in (ROOT / "evals" / suite).iterdir()}
    wanted = {"evaluate.py", "bar.toml"}
    assert wanted <= names, f"{suite} lacks {sorted(wanted - names)}"
    assert tomllib.loads((ROOT / "evals" / suite / "bar.toml").read_text(encoding="utf-8")), f"{suite} holds no bar"


@pytest.mark.parametrize("suite", OWN_CASES)
def test_every_suite_with_cases_of_its_own_writes_them_down(suite: str) -> None:
    assert [path for path in (ROOT / "evals" / suite).iterdir() if path.stem.startswith("cases")]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_opens_with_its_promise_and_how_to_add_one_more(room: str) -> None:
    text = (ROOT / room / "README.md").read_text(encoding="utf-8")
    says = re.search(r"how to add|one more|怎么(再)?加|怎样(再)?加|再加一", text, re.IGNORECASE)
    assert says, f"{room}/README.md does not say how to add one more"


# --- vendors ---------------------------------------------------------------------------------------------------


def test_the_contract_names_every_vendor_we_require() -> None:
    wanted = (requirements("core") | requirements("models") - TORCH_NEEDS | {"torch"}) - GROUND_FLOOR - NEVER_IMPORTED
    named = contract("vendors", "forbidden_modules") | contract("web", "forbidden_modules")
    assert wanted - named == set(), f"required but in no contract: {sorted(wanted - named)}"
    extra = named - wanted - {"rich", "starlette", "multipart"}
    assert extra == set(), f"in a contract but not required: {sorted(extra)}"


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_what_the_project_requires(room: str) -> None:
    ours = set(ROOMS) | requirements("core") | requirements("models") | {"torch", "starlette"}
    allowed = set(sys.stdlib_module_names) | ours
    found = [(path, name, line) for path in modules(room) for name, line in imported(path)]
    assert [f"{where(path, line)} {name}" for path, name, line in found if name not in allowed] == []


def test_guides_import_nobody() -> None:
    allowed = set(sys.stdlib_module_names) | GROUND_FLOOR | {"guides"}
    own = [path for path in modules("guides") if "adapters" not in path.parts]
    assert [f"{where(path, line)} {name}" for path in own for name, line in imported(path) if name not in allowed] == []


# --- manners ---------------------------------------------------------------------------------------------------


def test_no_broad_except_without_its_reason() -> None:
    bad = []
    for path in modules(*ROOMS):
        lines = path.read_text(encoding="utf-8").splitlines()
        for node in ast.walk(ast.parse("\n".join(lines))):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = ast.unparse(node.type) if node.type else "everything"
            if caught in {"everything", "Exception", "BaseException"} and not re.search(
                r"#.*noqa: BLE001\W+\w+.{10,}", lines[node.lineno - 1]
            ):
                bad.append(f"{where(path, node.lineno)} catches {caught}")
    assert bad == [], "a worker boundary says why on the same line: `# noqa: BLE001 - reason`"


CLOCK = re.compile(
    r"\b(datetime\.(now|utcnow|today)|date\.today|time\.(time|localtime|gmtime|strftime)|os\.(environ|getenv))$"
)


def attributes(path: Path, wanted: re.Pattern[str]) -> list[str]:
    """List the dotted names of a module that match, with their places."""
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    dotted = [(node.lineno, ast.unparse(node)) for node in nodes if isinstance(node, ast.Attribute)]
    return [f"{where(path, line)} {name}" for line, name in dotted if wanted.search(name)]


def test_time_and_environment_are_arguments_below_channels() -> None:
    assert [hit for path in modules(*BELOW_CHANNELS) for hit in attributes(path, CLOCK)] == []


def test_the_environment_is_read_in_one_place() -> None:
    elsewhere = [path for path in modules("channels") if path.name != "settings.py"]
    environment = re.compile(r"^os\.(environ|getenv)$")
    assert [hit for path in elsewhere for hit in attributes(path, environment)] == [], (
        "channels/settings.py reads it, once"
    )


def test_no_file_is_long_without_a_written_reason() -> None:
    debts = set(re.findall(r"^\| `([^`]+)`", (ROOT / "docs/debts.md").read_text(encoding="utf-8"), re.MULTILINE))
    code = [path for path in tracked(".py", ".js", ".css", ".html") if "vendor" not in path.parts]
    long = {where(path) for path in code if len(path.read_text(encoding="utf-8").splitlines()) > 400}
    assert long == debts, f"to write down: {sorted(long - debts)}; paid and to strike out: {sorted(debts - long)}"


def test_tests_neither_skip_nor_pretend() -> None:
    words = (
        "importor" + "skip",
        "pytest." + "skip",
        "mark." + "skip",
        "x" + "fail",
        "unittest" + ".mock",
        "Magic" + "Mock",
    )
    bad = [f"{where(path)}: {word}" for path in tracked(".py") if path.parts[len(ROOT.parts)] == "tests"
           for word in words if word in path.read_text(encoding="utf-8")]  # fmt: skip
    assert bad == []


# --- words -----------------------------------------------------------------------------------------------------


def spoken(path: Path) -> Iterator[tuple[int, str]]:
    """Give the lines of a file that a person may come to read; of Python, the strings but docstrings and FORBIDDEN."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        yield from enumerate(text.splitlines(), 1)
        return
    nodes = list(ast.walk(ast.parse(text)))
    quiet = [node.value for node in nodes if isinstance(node, ast.Expr)]
    quiet += [
        node.value for node in nodes if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FORBIDDEN"
    ]
    unsaid = {id(part) for node in quiet for part in ast.walk(node)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unsaid:
            yield node.lineno, node.value


def test_nothing_a_person_reads_promises_too_much() -> None:
    rooms = {*BELOW_CHANNELS, "channels"}
    files = [path for path in tracked(".yaml", ".html", ".js", ".py") if path.relative_to(ROOT).parts[0] in rooms]
    files = [path for path in files if not path.name.startswith("listening")]  # what people say, not what we say
    files += [path for path in tracked(".md") if path.parent.name == "prompts"]
    named = re.compile("《[^》]*》")  # a law or a notice is called by its own name
    bad = [f"{where(path, line)} {word}" for path in files for line, text in spoken(path)
           for word in FORBIDDEN_WORDS if word in named.sub("", text)]  # fmt: skip
    assert bad == []


def test_no_file_speaks_of_one_machine() -> None:
    text = (
        ".py",
        ".md",
        ".yaml",
        ".yml",
        ".toml",
        ".sh",
        ".json",
        ".lock",
        ".in",
        ".txt",
        ".html",
        ".js",
        "file",
        "run",
    )
    lines = [
        (path, n, line) for path in tracked(*text) for n, line in enumerate(path.read_text("utf-8").splitlines(), 1)
    ]
    assert [f"{where(path, n)} {line.strip()[:80]}" for path, n, line in lines if MACHINE.search(line)] == []


def test_every_command_speaks_chinese() -> None:
    import typer
    from typer.core import TyperGroup

    from evals.command import app

    def silent(command: object, name: str) -> Iterator[str]:
        if not re.search("[一-龥]", getattr(command, "help", None) or ""):
            yield name
        if isinstance(command, TyperGroup):
            for child_name, child in command.commands.items():
                yield from silent(child, f"{name} {child_name}")

    assert list(silent(typer.main.get_command(app), "bancheng")) == []


# --- locks and decisions ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("lock", ["core", "models", "dev"])
def test_a_lock_pins_hashes_and_names_no_address(lock: str) -> None:
    text = (ROOT / f"requirements/{lock}.lock").read_text(encoding="utf-8")
    pin = re.compile(
        r"^([a-z0-9][\w.-]*)==\S+(?: ; .*?)? \\\n(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", re.MULTILINE
    )
    pins = pin.findall(text)
    assert len(pins) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)), "every line of a lock is pinned and hashed"
    assert "://" not in text
    assert "--index" not in text
    heavy = [name for name in pins if re.match(r"nvidia|triton|cuda|torch|opencv-python$", name)]
    assert heavy == [], "torch has a file of its own, and one OpenCV is enough"


def test_the_browser_lock_names_no_address() -> None:
    assert "resolved" not in (ROOT / "tests/browser/package-lock.json").read_text(encoding="utf-8")


def test_every_decision_can_be_quoted() -> None:
    text = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
    records = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert len(records) >= 8
    for record in records:
        title = record.splitlines()[0]
        assert len(re.findall(r"^> .+$", record, re.MULTILINE)) == 1, f"{title}: one line to quote"
        assert all(part in record for part in ("**Context.**", "**Consequences.**")), title
