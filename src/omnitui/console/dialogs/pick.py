"""Choosing from a list: what is typed narrows it, and what choosing would do is said before."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from msgspec import Struct
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from omnitui.console import text
from omnitui.console.dialogs.base import Answer
from omnitui.console.dialogs.form import Form, Values
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.blocks import Block, BlockList
from omnitui.console.widgets.plain import PlainStatic
from omnitui.console.widgets.search_input import SearchInput
from omnitui.letters import has_words


class Row(Struct, frozen=True):
    """What can be chosen: its key, empty for what is only read, and how it is drawn at a width.

    `words` is what is looked through for what is typed; a row without any is always there.
    `sign` is a key that chooses it at once.
    """

    key: str
    draw: Callable[[int], Sequence[Content]]
    words: str = ""
    sign: str = ""


class Pick(Form[Answer]):
    """See the module. The key under the cursor is the value `chosen`, beside those of the fields.

    With a `find_hint` there is a line to type into. `tells` gives room to what choosing would do.
    `instead` are fields that are filled in place of choosing: enter on the list passes them over.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Mark", id="pick.mark", show=False, priority=True),
    ]

    find_hint: str = ""
    find_id: str = "find"
    lead: str = ""
    """The label over the list."""
    nothing: str = ""
    """What stands there where there is no row."""
    unchosen: str = ""
    """What is said where nothing is chosen."""
    tells: bool = False
    instead: Sequence[str] = ()
    list_height: int | str = 0
    """The most that the list takes, where that is not what it is for all."""
    start: str = ""
    """What the cursor stands on to begin with."""
    several: bool = False
    """Whether rows are marked, with space."""

    def __init__(
        self,
        title: str,
        about: str,
        glyphs: Glyphs,
        typed: dict[str, str] | None = None,
        **how: Any,
    ) -> None:
        self._rows: Sequence[Row] = how.pop("rows", ())
        self.start = how.pop("start", self.start)
        super().__init__(title, about, glyphs, typed, **how)
        self.marked: set[str] = set()
        if self.find_hint and self.declared:
            self.stops = "Input"

    def fields(self) -> ComposeResult:
        """The line, the list, what choosing does, and the fields."""
        if self.find_hint:
            yield SearchInput(self._glyphs, placeholder=self.find_hint, id=self.find_id)
        if self.lead:
            yield PlainStatic(self.lead, classes="label")
        listed = self.make_list()
        listed.set_class(bool(self.lead), "-led")
        if self.list_height:
            listed.styles.max_height = self.list_height
        yield listed
        if self.tells:
            yield PlainStatic("", id="what", classes="says")
        yield from super().fields()

    def make_list(self) -> BlockList:
        """The list, empty as yet."""
        return BlockList(self._glyphs, cursor_always=True, id="found")

    @property
    def found(self) -> BlockList:
        """The list."""
        return self.query_one(BlockList)

    @property
    def wanted(self) -> str:
        """What is typed to narrow the list."""
        return self.value(self.find_id) if self.find_hint else ""

    def begin(self) -> None:
        """Show what there is while nothing is typed."""
        super().begin()
        self.found.show(self.blocks)
        if self.start:
            self.call_after_refresh(self.found.move_to, self.start)
        self.call_after_refresh(self.tell)

    def rows(self) -> Sequence[Row]:
        """What can be chosen."""
        return self._rows

    def blocks(self, width: int) -> Sequence[Block]:
        """The rows that have all the words that are typed."""
        shown = [r for r in self.rows() if not r.words or has_words(r.words, self.wanted)]
        blocks = [Block(r.key, r.draw(width), bool(r.key), bool(r.sign)) for r in shown]
        said = Content.assemble("  ", (self.nothing, "$text-dim"))
        return blocks or [Block("", [said])]

    def values(self) -> Values:
        """What is in the fields, and what is under the cursor."""
        return {"chosen": self.found.cursor_key, **super().values()}

    def accept(self, values: Values) -> None:
        """Answer with what is chosen, or say that nothing is."""
        if values["chosen"] or any(values[key] for key in self.instead):
            super().accept(values)
        elif self.unchosen:
            self.wrong(self.unchosen)

    def narrow(self) -> None:
        """Show what fits what has just been typed."""
        self.found.show(self.blocks, from_top=True)
        self.tell()

    def what(self, key: str) -> str | Content:
        """What choosing a row does, or why it cannot be chosen."""
        raise NotImplementedError

    def tell(self) -> None:
        """Say what choosing what is under the cursor does."""
        if self.tells:
            self.say("what", self.what(self.found.cursor_key))

    def changed(self, key: str) -> None:
        """Narrow the list, where that is what is typed."""
        super().changed(key)
        if key == self.find_id:
            self.narrow()
            if self.tells:
                self.wrong("")

    def action_mark(self) -> None:
        """Mark what is under the cursor, or take the mark off."""
        self.marked ^= {self.found.cursor_key}
        self.remarked()

    def remarked(self) -> None:
        """Show the marks, and what they mean now."""
        self.wrong("")
        self.found.lay_out()
        self.look_again()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Space marks only where several may be chosen."""
        return self.several if action == "mark" else super().check_action(action, parameters)

    def on_key(self, event: events.Key) -> None:
        """The sign of a row chooses it at once."""
        for row in self.rows() if event.character else ():
            if row.sign and row.sign == event.character:
                event.stop()
                self.accept({**self.values(), "chosen": row.key})
                return

    @on(SearchInput.Moved)
    def _down(self, event: SearchInput.Moved) -> None:
        event.stop()
        self.to_list()

    def to_list(self) -> None:
        """Go from the line down into the list."""
        self.found.focus()
        self.found.action_move(1)

    @on(BlockList.Highlighted)
    def _moved(self, event: BlockList.Highlighted) -> None:
        event.stop()
        if self.tells:
            self.tell()
            self.wrong("")
        self.changed("chosen")

    @on(BlockList.Chosen)
    @on(BlockList.ChosenNothing)
    def _chosen(self, event: BlockList.Chosen | BlockList.ChosenNothing) -> None:
        event.stop()
        self.accept({**self.values(), **dict.fromkeys(self.instead, "")})


def option(
    key: str, label: str | Content, glyphs: Glyphs, *, end: str | Content = "", sign: str = ""
) -> Row:
    """A row of one line: the key that chooses it, what it is, and a word at its end."""
    lead = (f"{sign}  ", "bold $primary") if sign else ""
    said = (label, "$text-plain") if isinstance(label, str) else label
    tail = (end, "$text-dim") if isinstance(end, str) else end

    def draw(width: int) -> Sequence[Content]:
        start = Content.assemble("  ", lead, said)
        return [text.between(start, Content.assemble(tail, " "), width, glyphs)]

    return Row(key, draw, sign=sign)
