"""Every sentence a template or the code asks for exists, and none says what nobody may say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from channels.wording import WordMissing, Words, say, wording

NEVER = ("审核通过", "保证受理", "包过", "最多跑一次", "您不符合条件", "不用带身份证", "系统异常", "！", "AI 生成")


def sentences(words: str | Words | list[str]) -> Iterator[str]:
    if isinstance(words, str):
        yield words
    elif isinstance(words, Mapping):
        for one in words.values():
            yield from sentences(one)
    else:
        yield from words


def test_every_path_a_template_names_is_there(root: Path):
    for template in (root / "channels" / "web" / "templates").glob("*.html"):
        for path in set(re.findall(r"\bw\.([a-z_]+(?:\.[a-z_]+)*)", template.read_text("utf-8"))):
            found: object = wording()
            for part in path.split("."):
                if isinstance(found, str) and part == "format":
                    break
                assert isinstance(found, Mapping), (template.name, path)
                assert part in found, (template.name, path)
                found = found[part]


def test_every_path_the_code_names_is_there(root: Path):
    for module in (root / "channels").rglob("*.py"):
        source = module.read_text("utf-8")
        for path in re.findall(r'\bsay\("([a-z_]+(?:\.[a-z_]+)+)"', source):
            assert path_exists(path), (module.name, path)
        for name in re.findall(r'\bRefusal\("([a-z_]+)"', source):
            assert say(f"problems.{name}.title")
            assert path_exists(f"problems.{name}.remedy")


def path_exists(path: str) -> bool:
    try:
        say(path)
    except WordMissing:
        return False
    return True


def test_every_problem_says_what_to_do_and_nothing_forbidden_is_said():
    words = list(sentences(wording()))
    assert len(words) > 200
    for sentence in words:
        assert not [word for word in NEVER if word in sentence], sentence


def test_an_unknown_path_is_a_fault_of_the_code():
    with pytest.raises(WordMissing):
        say("home.no_such_sentence")
    with pytest.raises(WordMissing):
        say("home")
