"""One search over everything, as you type: kinds in groups, Enter opens what can be opened."""

from datetime import tzinfo
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from omnitui.console.dialogs.base import Dialog
from omnitui.console.glyphs import Glyphs
from omnitui.console.present import text, times
from omnitui.console.session.link import Link
from omnitui.model.errors import Refusal
from omnitui.model.search import MARK_OFF, MARK_ON, Hit, HitKind

_HEADS = {
    HitKind.ARTICLE: "Articles",
    HitKind.CUSTOMER: "Customers",
    HitKind.CASE: "Cases",
    HitKind.CONVERSATION: "Conversations",
    HitKind.MESSAGE: "Messages",
}
_HELP = "Names, towns, account and case numbers, words that were said, articles."


class SearchDialog(Dialog[Hit]):
    """Answers with the hit that was chosen."""

    CSS = """
    SearchDialog > #dialog { width: 96; }
    SearchDialog OptionList {
        height: 20;
        max-height: 20;
        border: none;
        padding: 0;
        margin: 1 0 0 0;
        background: $surface-3;
        scrollbar-size-vertical: 1;
        &:focus { border: none; }
        & > .option-list--option-highlighted { background: $cursor-surface; color: $text-plain; }
        & > .option-list--option-disabled { color: $primary; text-style: bold; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False, priority=True),
        Binding("up", "move(-1)", "Up", show=False, priority=True),
    ]
    keys = (("enter", "open"), ("up/down", "choose"), ("esc", "leave"))

    def __init__(self, link: Link, glyphs: Glyphs, tz: tzinfo) -> None:
        super().__init__("Search everything", "", glyphs)
        self._link = link
        self._tz = tz
        self._hits: dict[str, Hit] = {}

    def fields(self) -> ComposeResult:
        """What is looked for, and what was found."""
        yield Input(placeholder=_HELP, id="search")
        yield OptionList(id="hits", markup=False)

    @on(Input.Changed, "#search")
    def _changed(self, event: Input.Changed) -> None:
        self._look(event.value)

    @work(exclusive=True, group="search")
    async def _look(self, typed: str) -> None:
        if not typed.strip():
            self._show([])
            return
        found: list[Hit] | Refusal = await self._link.attempt("search.all", query=typed, limit=6)
        self._show([] if isinstance(found, Refusal) else found)

    def _show(self, hits: list[Hit]) -> None:
        options: list[Option] = []
        self._hits = {}
        for kind, head in _HEADS.items():
            of_kind = [hit for hit in hits if hit.kind is kind]
            if of_kind:
                options.append(Option(Content(head), disabled=True))
            for hit in of_kind:
                key = f"{kind.value}-{hit.ref}"
                self._hits[key] = hit
                options.append(Option(self._line(hit), id=key))
        found = self.query_one("#hits", OptionList)
        found.set_options(options)
        if self._hits:
            found.highlighted = 1
        self.wrong("" if hits or not self.value("search") else "Nothing is called or says that.")

    def _line(self, hit: Hit) -> Content:
        parts: list[str | tuple[str, str]] = [
            "  ",
            (text.fit(text.inline(hit.title), 34, self._glyphs), "$text-plain"),
            "  ",
        ]
        when = times.moment(hit.at, self._link.now(), self._tz) if hit.at else ""
        return text.between(
            Content.assemble(*parts, _marked(hit.snippet)),
            Content.assemble((when, "$text-dim")),
            88,
            self._glyphs,
        )

    def action_move(self, step: int) -> None:
        """Move among what was found, while the keys stay in the field."""
        found = self.query_one("#hits", OptionList)
        if step > 0:
            found.action_cursor_down()
        else:
            found.action_cursor_up()

    def action_accept(self) -> None:
        """Open what is highlighted."""
        found = self.query_one("#hits", OptionList)
        if found.highlighted is not None:
            option = found.get_option_at_index(found.highlighted)
            self._answer(option.id)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._answer(event.option_id)

    def _answer(self, key: str | None) -> None:
        hit = self._hits.get(key or "")
        if hit is None:
            return
        if hit.kind in (HitKind.CONVERSATION, HitKind.MESSAGE):
            self.dismiss(hit)
        else:
            self._open_newest(hit)

    @work(exclusive=True, group="open")
    async def _open_newest(self, hit: Hit) -> None:
        """A customer or a case opens by its newest conversation; an article needs a session."""
        rows = []
        if hit.customer_id is not None:
            rows = await self._link.call("timeline.list", customer=hit.customer_id, limit=100)
        keys = [row.conversation_id for row in rows if row.conversation_id is not None]
        if keys:
            self.dismiss(Hit(hit.kind, hit.ref, hit.title, "", conversation_id=keys[0]))
            return
        if hit.kind is HitKind.ARTICLE:
            self.wrong("Articles are read in a session: k there searches and shows them.")
        else:
            self.wrong(f"{hit.title} has no conversation to open yet.")


def _marked(snippet: str) -> Content:
    """The passage with what matched made strong."""
    parts: list[str | tuple[str, str]] = []
    for at, piece in enumerate(text.inline(snippet.replace(MARK_OFF, MARK_ON)).split(MARK_ON)):
        parts.append((piece, "bold $primary" if at % 2 else "$text-dim"))
    return Content.assemble(*parts)
