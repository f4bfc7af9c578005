"""A guide written back is the same guide: nothing is lost, nothing is added, and the order never changes."""

from __future__ import annotations

import pytest

from guides.digest import digest_of
from guides.library import Entry, load_library
from guides.model import Guide
from guides.writing import head_of_text, plain_of, read_plain, write_guide

LIBRARY = load_library()
ENTRIES = (*LIBRARY.entries, *LIBRARY.layers)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.guide.slug}@{entry.guide.region}")
def test_reading_what_was_written_gives_the_same_guide(entry: Entry):
    text = write_guide(entry.guide)
    again = Guide.model_validate(read_plain(text))
    assert again == entry.guide
    assert digest_of(again) == digest_of(entry.guide)
    assert write_guide(again) == text


def test_only_what_differs_from_the_defaults_is_written():
    guide = LIBRARY.entries[0].guide
    content = plain_of(guide.materials[0])
    assert "copies" in content or guide.materials[0].copies == 0
    assert all(value not in ("", [], None) for value in content.values())


def test_the_comments_on_top_of_a_file_are_kept():
    head = "# 长沙市“新生儿出生一件事”。\n# 用自己的话写。"
    text = write_guide(LIBRARY.entries[0].guide, head)
    assert head_of_text(text) == head
    assert Guide.model_validate(read_plain(text)) == LIBRARY.entries[0].guide
    assert head_of_text("slug: newborn\n# later") == ""
