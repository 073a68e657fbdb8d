"""Dialogs of articles and quick replies: write one, say why one did not help, close a gap."""

from collections.abc import Callable, Sequence
from typing import Any

from msgspec import Struct
from textual.binding import Binding

from omnitui.console.dialogs.base import Confirm
from omnitui.console.dialogs.form import Form
from omnitui.console.glyphs import Glyphs
from omnitui.console.widgets.fields import Area, Field, FieldKind
from omnitui.model.errors import Refusal
from omnitui.model.knowledge import Article, Gap, QuickReply, Scope

Edit = Callable[[Any, str], str | Refusal]
"""What the agent makes of a text in their own editor, or why that was not possible."""
_AUDIENCES = (("public", "customers too"), ("internal", "agents only"))
_SAVE = (("^s", "save"), ("^e", "editor"), ("esc", "cancel"))


class Written(Struct, frozen=True):
    """An article as it is to be saved."""

    title: str
    summary: str
    body: str
    keywords: list[str]
    audience: str
    language: str


class WriteForm(Form[Any]):
    """A form with one long text, which can be written in the agent's own editor."""

    DEFAULT_CSS = "WriteForm .fact { padding: 0 1; }"

    BINDINGS = [Binding("ctrl+e", "editor", "Write it in $EDITOR", show=False, priority=True)]

    edit: Edit | None = None

    def action_editor(self) -> None:
        """Write the text in the agent's own editor; what is saved there comes back here."""
        assert self.edit is not None
        area = self.query_one(Area)
        made = self.edit(self.app, area.text)
        if isinstance(made, Refusal):
            self.wrong(str(made))
        elif made != area.text:
            area.load_text(made)


def article_dialog(
    title: str,
    about: str,
    article: Article | None,
    glyphs: Glyphs,
    typed: dict[str, str],
    edit: Edit,
) -> WriteForm:
    """Asks for an article; answers with `Written`."""
    known = article or Article(0, "", "", "")  # type: ignore[arg-type]
    asks = [
        Field("title", "Title", known.title, most=300, needed="Give it a title first."),
        Field("summary", "Summary", known.summary, most=300, hint="for channels with little room"),
        Field("keywords", "Keywords", ", ".join(known.keywords), most=500, hint="with commas"),
        Field("audience", "For", known.audience, FieldKind.CHOICE, _AUDIENCES),
        Field("language", "Language", known.language, most=12, needed="Give a language: en."),
        Field(
            *("body", "Text (Markdown)", known.body, FieldKind.TEXT),
            rows=8,
            needed="Write the text first.",
            over=True,
        ),
    ]
    look: dict[str, Any] = {"asks": asks, "into": _written, "keys": _SAVE, "edit": edit}
    return WriteForm(title, about, glyphs, typed, beside=12, width=76, **look)


def _written(keywords: str, **values: str) -> Written:
    words = [word.strip() for word in keywords.split(",") if word.strip()]
    return Written(keywords=words, **values)


class NewReply(Struct, frozen=True):
    """A quick reply as it is to be saved; `queue` is its team's, 0 for none."""

    key: str
    title: str
    text: str
    tags: list[str]
    language: str
    scope: Scope
    queue: int = 0


def reply_dialog(
    title: str,
    about: str,
    reply: QuickReply,
    teams: Sequence[tuple[int, str]],
    glyphs: Glyphs,
    typed: dict[str, str],
    edit: Edit,
    *,
    new: bool,
    shares: bool,
) -> WriteForm:
    """Asks for a quick reply; answers with `NewReply`. Who `shares` is asked whose it is."""
    scope = f"team:{reply.queue_id}" if reply.scope is Scope.TEAM else reply.scope.value
    kind = FieldKind.LINE if new else FieldKind.FACT
    needed = "Give it a key first, such as refund." if new else ""
    asks = [
        Field("key", "Key", reply.key, kind, most=60, needed=needed),
        Field("title", "Title", reply.title, needed="Give it a title first."),
        Field("tags", "Tags", ", ".join(reply.tags), hint="with commas"),
        Field("language", "Language", reply.language, kind, most=12),
    ]
    if shares:
        whose = [("personal", "me"), ("shared", "everybody")]
        whose[1:1] = [(f"team:{key}", name) for key, name in teams]
        asks.append(Field("scope", "For", scope, FieldKind.CHOICE, whose))
    asks.append(
        Field(
            *("text", "Text; {customer.first_name} is filled, {?date} is asked for", reply.text),
            kind=FieldKind.TEXT,
            rows=6,
            needed="Write the text first.",
            over=True,
        )
    )

    def made(tags: str, scope: str = scope, **values: str) -> NewReply:
        # Facts cannot be edited, and have no value of their own.
        values = {"key": reply.key, "language": reply.language} | {
            name: value for name, value in values.items() if value
        }
        word, _, team = scope.partition(":")
        tagged = [tag.strip().lstrip("#") for tag in tags.split(",") if tag.strip()]
        return NewReply(tags=tagged, scope=Scope(word), queue=int(team or 0), **values)

    look: dict[str, Any] = {"asks": asks, "into": made, "keys": _SAVE, "edit": edit}
    return WriteForm(title, about, glyphs, typed, beside=12, width=76, **look)


def retire_reply_dialog(reply: QuickReply, glyphs: Glyphs) -> Confirm[bool]:
    """Ask before a quick reply is retired."""
    about = "It is not offered any more; what was sent with it stays as it is."
    return Confirm(
        f"Retire the quick reply {reply.key}?", about, glyphs, "retire it", True, also="x"
    )


def retire_article_dialog(article: Article, glyphs: Glyphs) -> Confirm[bool]:
    """Ask before an article is retired."""
    about = "Nobody finds it any more; links that were sent stay as they are."
    return Confirm(f"Retire {article.title}?", about, glyphs, "retire it", True, also="x")


def comment_dialog(article: Article, glyphs: Glyphs, typed: dict[str, str]) -> Form[str]:
    """Asks why an article did not help; that may stay empty."""
    asks = [Field("comment", "What is missing or wrong", most=2_000, hint="may stay empty")]
    about = "Editors see it among the gaps. Your last rating counts."
    return Form(
        f"{article.title} did not help",
        about,
        glyphs,
        typed,
        asks=asks,
        into=lambda comment: comment,
        keys=(("enter", "save the rating"), ("esc", "cancel")),
    )


def close_gap_dialog(gap: Gap, glyphs: Glyphs, typed: dict[str, str]) -> Form[str]:
    """Asks why a gap is closed; that may stay empty."""
    asks = [Field("reason", "Why", most=200, hint="for example: we have no such product")]
    about = "It opens again when it is met again."
    return Form(
        f"Close the gap “{gap.about}”",
        about,
        glyphs,
        typed,
        asks=asks,
        into=lambda reason: reason,
        keys=(("enter", "close it"), ("esc", "cancel")),
    )
