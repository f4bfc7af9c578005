"""The administrative code of an area as a list of items names it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from guides.model import Region


def region_finder(regions: Sequence[Region]) -> Callable[[str], str | None]:
    """Make the finder: 广东省 is 44, 广东省广州市 is 440100; None for a name nobody registered.

    Only full names count, and a city only behind its own province: an item must not come to hold elsewhere.
    """
    names = {region.code: region.name for region in regions}
    known: dict[str, str] = {}
    for region in regions:
        if not region.code:
            continue
        known[region.name] = region.code
        chain, parent = region.name, region
        while parent.parent:
            chain = names.get(parent.parent, "") + chain
            known[chain] = region.code
            parent = next((one for one in regions if one.code == parent.parent), Region(code="", name=""))
    return lambda name: known.get("".join(name.split()))
