"""What every command takes, whether it needs it or not: a day, a place, and one line of JSON."""

from __future__ import annotations

from collections.abc import Callable

import typer
from typer.core import TyperCommand

from channels.terminal.options import BadInput, the_day, the_region
from guides.library import load_library


class Everywhere(TyperCommand):
    """A command that accepts --on, --region and --json where it has no use for them, and still checks them."""

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:  # type: ignore[override]
        """Take out the common options this command does not read itself, then parse the rest."""
        own = {name for parameter in self.params for name in parameter.opts}
        for name, check in _CHECKED.items():
            if name not in own:
                args = _without(args, name, check)
        if "--json" not in own:
            args = [word for word in args if word != "--json"]
        return super().parse_args(ctx, args)


def _without(args: list[str], name: str, check: Callable[[str], object]) -> list[str]:
    """Take `name VALUE` and `name=VALUE` out, after checking the value."""
    rest: list[str] = []
    words = iter(args)
    for word in words:
        if word == name or word.startswith(f"{name}="):
            value = word.partition("=")[2] if "=" in word else next(words, "")
            try:
                check(value)
            except BadInput as wrong:
                raise typer.BadParameter(str(wrong)) from wrong
        else:
            rest.append(word)
    return rest


_CHECKED: dict[str, Callable[[str], object]] = {
    "--on": the_day,
    "--region": lambda name: the_region(load_library(), name),
}
