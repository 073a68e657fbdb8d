"""The entitlements a case could be given: those it can use first, why not under the others."""

from collections.abc import Sequence

from textual.content import Content

from omnitui.console.glyphs import Glyphs
from omnitui.console.present.records.entitlement_used import option_lines
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.model.entitlement import EntitlementOption

NONE = "none"
"""The answer for a case that is to have no entitlement."""


class EntitlementList(BlockList):
    """See the module. `value` is a key as a command takes it, or `NONE`."""

    def __init__(
        self,
        glyphs: Glyphs,
        *,
        id: str | None = None,  # noqa: A002 - the framework's own name
    ) -> None:
        super().__init__(glyphs, cursor_always=True, id=id)
        self._options: Sequence[EntitlementOption] = ()
        self._now: int | None = None

    def offer(self, options: Sequence[EntitlementOption], now: int | None = None) -> None:
        """Show what there is; what was under the cursor stays there if it can be used.

        `now` is the one that a case has, to begin with.
        """
        before = self.cursor_key or (str(now) if now is not None else "")
        self._options, self._now = options, now
        self.show(self._lay_out)
        usable = [str(option.id) for option in options if option.usable]
        if before not in (*usable, NONE):
            self.move_to(usable[0] if usable else NONE)
        elif before:
            self.move_to(before)

    @property
    def value(self) -> str:
        """What is under the cursor."""
        return self.cursor_key or NONE

    def _lay_out(self, width: int) -> list[Block]:
        usable = [option for option in self._options if option.usable]
        others = [option for option in self._options if not option.usable]
        nothing = "no entitlement" if self._options else "this customer has no entitlement"
        without = Content.assemble("    ", (nothing, "$text-dim"))
        return [
            *(Block(str(one.id), self._told(one, width), True, True) for one in usable),
            Block(NONE, [without], True, True),
            *(Block(f"not-{one.id}", self._told(one, width)) for one in others),
        ]

    def _told(self, option: EntitlementOption, width: int) -> list[Content]:
        return option_lines(option, width, self._glyphs, now=option.id == self._now)
