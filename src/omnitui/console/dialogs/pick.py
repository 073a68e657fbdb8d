"""Choosing from a list: what is typed narrows it, and what choosing would do is said before."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, cast

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
from omnitui.model.errors import Refusal

Draw = Callable[[int], Sequence[Content]]
"""Lines for a width (cells)."""


class Row(Struct, frozen=True):
    """What can be chosen: its key, empty for what is only read, and how it is drawn.

    `answer` is what choosing it means, `words` what is looked through for what is typed (a row
    without any is always there), `sign` a key that chooses it at once; `instant` rows are chosen
    with one click. `does` says what choosing it would do, `refused` why it cannot be chosen.
    """

    key: str
    draw: Draw
    answer: Any = None
    words: str = ""
    sign: str = ""
    does: str = ""
    refused: str = ""
    instant: bool = False


class Pick(Form[Answer]):
    """Asks to choose a row. It answers with the row's answer, or with `into` of it and the fields.

    The key under the cursor is the value `chosen`, beside those of the fields.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "mark", "Mark", id="pick.mark", show=False, priority=True)
    ]

    rows: Sequence[Row] = ()
    verbs: Mapping[str, Callable[[Any], Any]] = {}
    """Keys that answer otherwise of the row's answer, or refuse that."""
    start: str = ""
    """What the cursor stands on to begin with."""
    find_hint: str = ""
    """What the line says that narrows the list; without it there is none."""
    find_id: str = "find"
    list_height: int | str = 0
    """The most that the list takes, where that is not what it is for all."""
    tells: bool = False
    """Whether there is room to say what choosing would do."""
    nothing: str = ""
    """What is said where there is no row."""
    unchosen: str = ""
    """What is said where nothing is chosen and something is wanted."""
    lead: str = ""
    """The label over the list."""
    instead: str = ""
    """A field that is filled in place of choosing: enter on the list passes it over."""
    optional: bool = False
    """Whether it can be answered without a row, and where the list stands: below the fields."""
    several: bool = False
    """Whether rows are marked, with space."""
    marked: frozenset[str] = frozenset()

    def fields(self) -> ComposeResult:
        """The line, the list, what choosing does, and the fields."""
        if self.optional:
            yield from super().fields()
        if self.find_hint and self.asks:
            self.stops = "Input"
        if self.find_hint:
            yield SearchInput(self._glyphs, placeholder=self.find_hint, id=self.find_id)
        if self.lead:
            yield PlainStatic(self.lead, classes="label lead")
        listed = self.make_list()
        listed.set_class(bool(self.lead), "-led")
        if self.list_height:
            listed.styles.max_height = self.list_height
        yield listed
        if self.tells:
            yield PlainStatic("", id="what", classes="says")
        if not self.optional:
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

    @property
    def row(self) -> Row | None:
        """What is under the cursor."""
        return self._row(self.found.cursor_key)

    def _row(self, key: str) -> Row | None:
        return next((row for row in self.rows if key and row.key == key), None)

    def begin(self) -> None:
        """Show what there is while nothing is typed."""
        super().begin()
        self.found.show(self.blocks)
        if self.start:
            self.call_after_refresh(self.found.move_to, self.start)
        self.call_after_refresh(self.tell)

    def blocks(self, width: int) -> Sequence[Block]:
        """The rows that have all the words that are typed."""
        shown = [row for row in self.rows if not row.words or has_words(row.words, self.wanted)]
        if shown or self.tells:
            return [Block(r.key, r.draw(width), bool(r.key), r.instant) for r in shown]
        return [Block("", [Content.assemble("  ", (self.nothing, "$text-dim"))])]

    def values(self) -> Values:
        """What is in the fields, and what is under the cursor."""
        return {"chosen": self.found.cursor_key, **super().values()}

    def problem(self, values: Values) -> str:
        """Why the row cannot be chosen, or what is to be put right otherwise."""
        row = self._row(values["chosen"])
        return (row.refused if row is not None else "") or super().problem(values)

    def answer(self, values: Values) -> Answer:
        """What the row means, made one with what is in the fields."""
        fields = dict(values)
        row = self._row(fields.pop("chosen"))
        chosen = None if row is None else row.answer
        return cast(Answer, self.into(chosen, **fields) if self.into is not None else chosen)

    def accept(self, values: Values) -> None:
        """Answer with what is chosen, or say that nothing is."""
        if values["chosen"] or self.optional or values.get(self.instead):
            super().accept(values)
        else:
            self.wrong(self.unchosen)

    def narrow(self) -> None:
        """Show what fits what has just been typed."""
        self.found.show(self.blocks, from_top=True)
        self.tell()

    def tell(self) -> None:
        """Say what choosing what is under the cursor does."""
        if self.tells:
            self.say("what", self.nothing if self.row is None else self.row.does)

    def changed(self, key: str) -> None:
        """Narrow the list, or say what is under the cursor now."""
        super().changed(key)
        if key == self.find_id:
            self.narrow()
        elif key == "chosen":
            self.tell()
        if self.tells and key in (self.find_id, "chosen"):
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
        """The sign of a row chooses it at once; other keys answer otherwise of the one in front."""
        sign = event.character or ""
        row = next((row for row in self.rows if sign and row.sign == sign), None)
        if row is not None:
            event.stop()
            self.accept({**self.values(), "chosen": row.key})
        elif sign in self.verbs and self.row is not None:
            event.stop()
            found = self.verbs[sign](self.row.answer)
            if isinstance(found, Refusal):
                self.wrong(str(found))
            else:
                self.dismiss(found)

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
        self.changed("chosen")

    @on(BlockList.Chosen)
    @on(BlockList.ChosenNothing)
    def _chosen(self, event: BlockList.Chosen | BlockList.ChosenNothing) -> None:
        event.stop()
        self.accept({**self.values(), **({self.instead: ""} if self.instead else {})})


def one_line(line: Callable[..., Content], *args: Any, **given: Any) -> Draw:
    """A row of the one line that a presenter makes of things, for a `width`."""
    return lambda width: [line(*args, width=width, **given)]


def wrapped(words: str, style: str = "$text-plain") -> Draw:
    """A row of as many lines as words need."""
    plain = text.inline(words)

    def draw(width: int) -> Sequence[Content]:
        places = text.wrap(plain, max(8, width - 4))
        return [Content.assemble("  ", (plain[start:end], style)) for start, end in places]

    return draw


def option(
    key: str,
    label: str | Content,
    glyphs: Glyphs,
    *,
    end: str | Content | None = None,
    sign: str = "",
    answer: Any = None,
) -> Row:
    """A row of one line: the key that chooses it, what it is, a word at its end.

    It answers with its own key, where nothing else is meant.
    """
    lead = (f"{sign}  ", "bold $primary") if sign else ""
    said = (label, "$text-plain") if isinstance(label, str) else label
    start = Content.assemble("  ", lead, said)
    tail = (end, "$text-dim") if isinstance(end, str) else end

    def draw(width: int) -> Sequence[Content]:
        if tail is None:
            return [text.cut(start, width, glyphs)]
        return [text.between(start, Content.assemble(tail, " "), width, glyphs)]

    return Row(key, draw, key if answer is None else answer, sign=sign, instant=bool(sign))
