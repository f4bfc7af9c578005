"""What the editors release is told on the guide's public page: from which day, and what differs."""

from __future__ import annotations

from datetime import timedelta

from starlette.testclient import TestClient

from channels.editing.model import Event, Release, State, Version
from channels.present.history import history
from channels.wiring import House
from guides.writing import write_guide

KEY = "credit-repair@430100"


def test_a_guide_of_which_only_the_file_was_served_has_no_history(house: House) -> None:
    guide = house.guide("newborn", "430100")
    assert history(house.editing, guide) == ()


def test_a_release_is_told_with_its_day_and_its_differences(house: House, client: TestClient) -> None:
    guide = house.guide("credit-repair", "430100")
    changed = guide.model_copy(update={"summary": "换了一句说明。"})
    now = house.clock()
    version = Version(guide=KEY, number=1, state=State.PUBLISHED, text=write_guide(changed), began=now, changed=now)
    house.editing.store.put(version)
    told = Event(guide=KEY, number=1, at=now, by="甲", what="publish")
    first = Release(guide=KEY, number=1, day=house.today, at=now, by="甲")
    later = Release(guide=KEY, number=0, day=house.today + timedelta(days=3), at=now, by="甲", kind="rollback")
    house.editing.store.release(first, told)
    house.editing.store.release(later, told)
    newest, oldest = history(house.editing, guide)
    assert newest.back
    assert not oldest.back
    assert oldest.on == house.today
    assert len(oldest.changes) == 1
    assert "换了一句说明。" in oldest.changes[0]
    assert newest.changes[0].endswith(f"“{guide.summary[:40]}{'…' if len(guide.summary) > 40 else ''}”")
    page = client.get("/guides/credit-repair").text
    assert "起用改过的一版" in page
    assert "（还没到） 退回到先前的一版" in page
    assert "甲" not in [one.get("by") for one in client.get("/api/guides/credit-repair").json()["about"]["releases"]]
