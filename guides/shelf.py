"""Guides as they lie on the shelf: read from files, overlays laid over their bases, each mistake with its line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from guides.draft import left_over
from guides.files import Problem, open_file, read_list, validated
from guides.locality import Elsewhere, foreign_citations, local_problems
from guides.model import Example, Guide, Note, Region, Source
from guides.overlay import Merged, OverlayInvalid, head_of, merged
from guides.references import reference_problems
from guides.yaml_source import Plain, YamlFile

GUIDE, OVERLAY = "guide.yaml", "overlay.yaml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A guide with its named situations and its editor's notes."""

    guide: Guide
    examples: tuple[Example, ...]
    notes: tuple[Note, ...]
    folder: Path
    base: str = ""
    """The guide this one is written over (`newborn@430100`); "" for one written out whole."""
    layer: str = ""
    """Name of a dated layer's folder (`2026`); "" for a guide that holds by itself."""
    values: Mapping[str, str] = field(default_factory=dict)
    """Answers that go by another name here than in the base (本省 is another province)."""

    @property
    def name(self) -> str:
        """What it is called at the terminal: `newborn@430100`, with the layer behind it where it is one."""
        place = f"{self.guide.slug}@{self.guide.region or 'cn'}"
        return f"{place}@{self.layer}" if self.layer else place


@dataclass(slots=True)
class Shelf:
    """Every guide folder under `library/`; a layer of a year lies one folder deeper than the guide it changes."""

    library: Path
    regions: Sequence[Region]
    sources: Mapping[str, Source]
    problems: list[Problem]
    _made: dict[Path, Merged | None] = field(default_factory=dict)
    _at_work: set[Path] = field(default_factory=set)

    def entries(self) -> tuple[Entry, ...]:
        """Give every guide, those of the first region first."""
        return self._read(sorted(self.library.glob("*/*/")))

    def layers(self) -> tuple[Entry, ...]:
        """Give every dated layer."""
        return self._read(sorted(self.library.glob("*/*/*/")))

    def _read(self, folders: Sequence[Path]) -> tuple[Entry, ...]:
        found = [self._entry(folder) for folder in folders if _holds_guide(folder)]
        return tuple(entry for entry in found if entry is not None)

    def _entry(self, folder: Path) -> Entry | None:
        made = self._content(folder)
        guide = None if made is None else validated(made, made.content, (), Guide, self.problems)
        if made is None or guide is None:
            return None
        overlaid = made.file.name == OVERLAY
        base = _name(self._base_folder(folder, {})) if overlaid else ""
        self._check(made, guide, layer=self._is_layer(folder))
        examples = read_list(folder / "examples.yaml", "examples", Example, self.problems)
        notes = read_list(folder / "notes.yaml", "notes", Note, self.problems)
        layer = folder.name if self._is_layer(folder) else ""
        values = self._values(folder) if overlaid else {}
        return Entry(guide, tuple(examples), tuple(notes), folder, base, layer, values)

    def _values(self, folder: Path) -> Mapping[str, str]:
        read = open_file(folder / OVERLAY, [])
        named = head_of(read).get("values") if read is not None else None
        return {old: str(new) for old, new in named.items()} if isinstance(named, dict) else {}

    def _check(self, made: Merged, guide: Guide, *, layer: bool) -> None:
        if guide.region not in {region.code for region in self.regions}:
            cause = f"地区 {guide.region} 没有登记"
            self.problems.append(Problem(made.file, 1, cause, "在 library/regions.yaml 里加上它"))
        if layer and guide.valid_to is None:
            self.problems.append(Problem(made.file, 1, "按年的一层没有写 valid_to", "在 change 里写上到哪天为止"))
        for path, cause, remedy in reference_problems(guide, self.sources):
            self.problems.append(Problem(*made.place(path), cause, remedy))

    def _content(self, folder: Path) -> Merged | None:
        """Give the content of a folder, its overlay laid over its base; None after a mistake."""
        if folder not in self._made:
            self._at_work.add(folder)
            self._made[folder] = self._read_content(folder)
            self._at_work.discard(folder)
        return self._made[folder]

    def _read_content(self, folder: Path) -> Merged | None:
        whole = (folder / GUIDE).exists()
        read = open_file(folder / (GUIDE if whole else OVERLAY), self.problems)
        if read is None:
            return None
        drafts = [Problem(*read.place(path), cause, remedy) for path, cause, remedy in left_over(read.content)]
        self.problems.extend(drafts)
        if drafts:
            return None
        if whole:
            return Merged(read.file, read.content, {path: (read.file, line) for path, line in read.lines.items()})
        try:
            return self._overlaid(folder, read)
        except OverlayInvalid as error:
            self.problems.append(Problem(*error.place, error.cause, error.remedy))
            return None

    def _overlaid(self, folder: Path, read: YamlFile) -> Merged | None:
        head = head_of(read)
        under = self._base_folder(folder, head)
        if under is None or under in self._at_work:
            cause = "找不到底本" if under is None else "底本绕着圈引用自己"
            remedy = "base 写成 代号@地区（例如 newborn@430100），或者先写好上级地区的指南"
            raise OverlayInvalid(read.place(("base",)), cause, remedy)
        base = self._content(under)
        if base is None:
            return None
        slug, region = (folder.parent if self._is_layer(folder) else folder).name, self._region(folder)
        made = merged(read, base, slug, region)
        elsewhere = self._elsewhere(region, self._region(under), head.get("keep"), base)
        findings = [*foreign_citations(made, self._chain(region), self.sources)] if elsewhere.regions else []
        findings += local_problems(made, elsewhere) if elsewhere.regions else []
        self.problems.extend(Problem(*place, cause, remedy) for place, cause, remedy in findings)
        return None if findings else made

    def _base_folder(self, folder: Path, head: Mapping[str, Plain]) -> Path | None:
        """Give the folder of the guide an overlay changes: named, above it, or the nearest in its regions."""
        if not head:
            read = open_file(folder / OVERLAY, [])
            head = head_of(read) if read is not None else {}
        if self._is_layer(folder):
            return folder.parent
        slug, _, region = str(head.get("base") or folder.name).partition("@")
        chain = (region,) if region else self._chain(self._region(folder))
        folders = (self.library / (code or "cn") / slug for code in chain)
        return next((one for one in folders if one != folder and _holds_guide(one)), None)

    def _elsewhere(self, region: str, base: str, keep: Plain, content: Merged) -> Elsewhere:
        ours = set(self._chain(region))
        theirs = [code for code in self._chain(base) if code not in ours]
        known = {one.code: one for one in self.regions}
        named = frozenset(str(name) for name in keep) if isinstance(keep, list) else frozenset[str]()
        return Elsewhere(tuple(known[code] for code in theirs if code in known), named, content)

    def _chain(self, region: str) -> tuple[str, ...]:
        return chain_of(region, self.regions)

    def _is_layer(self, folder: Path) -> bool:
        return folder.parent.parent.parent == self.library

    def _region(self, folder: Path) -> str:
        code = (folder.parent if not self._is_layer(folder) else folder.parent.parent).name
        return "" if code == "cn" else code


def chain_of(region: str, regions: Sequence[Region]) -> tuple[str, ...]:
    """Give the region and all that contain it, ending with "" for the whole country."""
    parents = {known.code: known.parent for known in regions}
    chain = [region]
    while chain[-1]:
        chain.append(parents.get(chain[-1], ""))
    return tuple(chain)


def _holds_guide(folder: Path) -> bool:
    return (folder / GUIDE).exists() or (folder / OVERLAY).exists()


def _name(folder: Path | None) -> str:
    return "" if folder is None else f"{folder.name}@{folder.parent.name}"
