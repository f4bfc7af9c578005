"""What the page of uploads shows: tiles per line of the list, findings with their pictures, readiness in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from channels.papers import WAITING, Folder, Papers, Shot
from channels.present.report import FindingView, ReportView
from channels.wording import say
from guides.checklist import ChecklistItem
from guides.model import DocumentNeed, Status
from prereview.model import ReadPage
from prereview.profiles import Profiles

_GROUPS = (
    ("to_fix", ("fix",), False),
    ("unsure", ("fact_conflict", "unsure"), False),
    ("not_provided", ("not_provided",), False),
    ("fine", ("fine",), True),
    ("not_needed", ("not_needed",), True),
)


@dataclass(frozen=True, slots=True)
class ShotOnPage:
    """A file on a tile; `pages` are the addresses of its pictures."""

    id: str
    name: str
    state: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A line of the list with what was handed in for it; not `open` where consent is missing."""

    requirement: str
    name: str
    block: str
    status: str
    needs: str
    files: tuple[ShotOnPage, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class FindingOnPage:
    """A finding with the cut of the picture around its box, in pixels of the page; `crop` "" where there is none."""

    view: FindingView
    name: str
    read: str
    image: str
    crop: str
    width: float
    height: float
    x: float
    y: float
    w: float
    h: float
    line: float


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """Findings of one kind; the good ones are folded."""

    name: str
    title: str
    findings: tuple[FindingOnPage, ...]
    folded: bool


def tiles(papers: Papers, folder: Folder) -> list[Tile]:
    """Give the tiles in the order of the list: first what is owed, then what is spared."""
    items = sorted(papers.wanted(folder.checklist), key=lambda item: item.status is Status.EXEMPT)
    return [_tile(papers, folder, item) for item in items]


def groups(folder: Folder, report: ReportView) -> list[FindingGroup]:
    """Give the findings in the order they are read: to fix, unsure, not yet handed in, fine, not needed."""
    names = {item.requirement: item.name for item in folder.checklist.items}
    shots = {shot.name: shot for shot in folder.shots}
    drawn = [_drawn(one, names, shots) for one in report.findings]
    made = (
        FindingGroup(name, say(f"upload.{name}"), tuple(one for one in drawn if one.view.outcome in outcomes), folded)
        for name, outcomes, folded in _GROUPS
    )
    return [group for group in made if group.findings]


def readiness(folder: Folder, report: ReportView) -> tuple[str, str]:
    """Give the one sentence on top, and its tone."""
    if folder.busy:
        return progress(folder), "wait"
    if not folder.shots:
        return say("upload.nothing"), "wait"
    if report.readiness == "fix_first":
        count = sum(one.outcome in {"fix", "not_provided"} for one in report.findings)
        return say("readiness.fix_first", count=count), "fix"
    return report.summary, "fine" if report.readiness == "ready" else "unsure"


def progress(folder: Folder) -> str:
    """Say in words how far the reading is."""
    done = sum(shot.file.state not in WAITING for shot in folder.shots)
    return say("upload.progress", done=min(done + 1, len(folder.shots)), total=len(folder.shots))


def _tile(papers: Papers, folder: Folder, item: ChecklistItem) -> Tile:
    files = tuple(_shot(shot) for shot in folder.shots if shot.file.requirement == item.requirement)
    status = say(f"ground.{item.ground.value}") if item.ground else say(f"status.{item.status.value}")
    return Tile(
        requirement=item.requirement,
        name=item.name,
        block=item.block.value,
        status=status,
        needs=needs(item.documents, papers.profiles),
        files=files,
        open=not papers.missing_consents(folder, item),
    )


def needs(documents: Sequence[DocumentNeed], profiles: Profiles) -> str:
    """Say which documents are meant: 妈妈的居民身份证（人像面、国徽面）; for none, that no machine can look at them."""
    if not documents:
        return say("upload.by_eye")
    return "；".join(dict.fromkeys(_need(one, profiles) for one in documents))


def _need(need: DocumentNeed, profiles: Profiles) -> str:
    profile = profiles.find(need.kind)
    if profile is None:
        return say("upload.by_eye")
    whose = profiles.called(need.of) if profile.holder else ""
    sides = [side.name for name in need.sides if (side := profile.side(name))]
    title = f"{whose}的{profile.title}" if whose else profile.title
    return f"{title}（{'、'.join(sides)}）" if sides else title


def _shot(shot: Shot) -> ShotOnPage:
    pages, problem = shot.read.pages, shot.read.problem
    waiting = shot.file.state in WAITING
    state = say(f"upload.{shot.file.state.value}") if waiting or problem is None else problem.remedy
    return ShotOnPage(shot.file.id, shot.name, state, tuple(_address(shot, page) for page in pages if _has(page)))


def _has(page: ReadPage) -> bool:
    return page.image is not None


def _address(shot: Shot, page: ReadPage) -> str:
    return f"/papers/files/{shot.file.id}/{page.number}.jpg"


def _drawn(view: FindingView, names: dict[str, str], shots: dict[str, Shot]) -> FindingOnPage:
    name = names.get(view.requirement) or say("upload.no_requirement")
    read = view.contradiction.read if view.contradiction else ""
    plain = str(read).lower() if isinstance(read, bool) else str(read)
    shot = shots.get(view.file)
    pages = shot.read.pages if shot else ()
    page = next((one for one in pages if one.number == view.page), None)
    if shot is None or page is None or view.box is None or not _has(page):
        return FindingOnPage(view, name, plain, "", "", 0, 0, 0, 0, 0, 0, 0)
    x0, y0, x1, y1 = (
        view.box[0] * page.width,
        view.box[1] * page.height,
        view.box[2] * page.width,
        view.box[3] * page.height,
    )
    left, top, right, bottom = _around((x0, y0, x1, y1), page)
    return FindingOnPage(
        view,
        name,
        plain,
        _address(shot, page),
        f"{left:.0f} {top:.0f} {right - left:.0f} {bottom - top:.0f}",
        page.width,
        page.height,
        round(x0, 1),
        round(y0, 1),
        round(x1 - x0, 1),
        round(y1 - y0, 1),
        round(max((right - left) / 90, 1), 1),
    )


def _around(box: tuple[float, float, float, float], page: ReadPage) -> tuple[float, float, float, float]:
    """Give the cut: the box with as much around it that people see where on the page they are, at least a third."""
    x0, y0, x1, y1 = box
    wide = max((x1 - x0) * 1.4, page.width * 0.45)
    high = max((y1 - y0) * 1.6, wide * 0.55)
    wide, high = min(wide, page.width), min(high, page.height)
    left = min(max((x0 + x1 - wide) / 2, 0), page.width - wide)
    top = min(max((y0 + y1 - high) / 2, 0), page.height - high)
    return left, top, left + wide, top + high
