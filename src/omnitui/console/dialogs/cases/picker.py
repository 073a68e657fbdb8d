"""Link one of the customer's cases to the conversation."""

from collections.abc import Sequence
from datetime import tzinfo

from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.finding import FindingDialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present.records.case import case_item
from omnitui.console.widgets.blocks import Block
from omnitui.letters import has_words
from omnitui.model.case import Case

NEW = 0
"""The answer when a new case is wanted instead."""


class CasePicker(FindingDialog[int]):
    """Answers with the case's key, or `NEW`."""

    keys = (("enter", "link"), ("esc", "cancel"))
    find_hint = "Number or words of the title"

    def __init__(
        self,
        customer: str,
        cases: Sequence[Case],
        linked: int | None,
        now: int,
        tz: tzinfo,
        glyphs: Glyphs,
    ) -> None:
        super().__init__(f"Link a case of {customer}", "", glyphs)
        self._cases = cases
        self._linked = linked
        self._now = now
        self._tz = tz

    def blocks(self, width: int) -> list[Block]:
        """The cases that have all the words, and a new one."""
        fitting = [
            case for case in self._cases if has_words(f"{case.number} {case.title}", self.wanted)
        ]
        blocks = [
            Block(
                str(case.id),
                [
                    case_item(
                        case,
                        width,
                        self._now,
                        self._tz,
                        self._glyphs,
                        linked=case.id == self._linked,
                    )
                ],
                True,
            )
            for case in fitting
        ]
        new = Content.assemble("   ", ("+ ", "$primary"), ("a new case", "$text-plain"))
        return [*blocks, Block(str(NEW), [text.cut(new, width, self._glyphs)], True)]

    def action_accept(self) -> None:
        """Answer with the one under the cursor."""
        key = self.found.cursor_key
        if key:
            self.dismiss(int(key))
