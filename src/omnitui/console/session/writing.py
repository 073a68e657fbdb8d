"""Writing articles and quick replies from the console: asked again until the desk takes them."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from msgspec.structs import asdict

from omnitui.console.dialogs import knowledge as dialogs
from omnitui.console.glyphs import Glyphs
from omnitui.console.link import Link
from omnitui.console.session import outside_editor
from omnitui.model.actor import Permission
from omnitui.model.errors import Refusal
from omnitui.model.knowledge import Article, QuickReply, Scope

Ask = Callable[[Any], Awaitable[Any]]
"""Shows a dialog and waits for its answer; None when it is left."""
Done = TypeVar("Done")


def in_editor(app: Any, words: str) -> str | Refusal:
    """What the agent makes of a text in their own editor; why not, where that is not possible."""
    try:
        return outside_editor.edited(app, words)
    except outside_editor.NotEdited as error:
        return Refusal("editor.failed", f"{error}.")


async def _until_taken(
    ask: Ask, make: Callable[[], Any], put: Callable[[Any], Awaitable[Any]]
) -> Any:
    """Ask until the desk takes the answer, with its reason and all that was typed; None if left."""
    refused = ""
    while True:
        dialog = make()
        dialog.refused = refused
        answer = await ask(dialog)
        if answer is None:
            return None
        done = await put(answer)
        if not isinstance(done, Refusal):
            return done
        refused = str(done)


async def article(
    ask: Ask,
    link: Link,
    glyphs: Glyphs,
    typed: dict[str, str],
    known: Article | None = None,
    title: str = "",
) -> Article | None:
    """Write an article, or change the one that is known; None when it is left."""
    if title:
        typed.setdefault("title", title)
    head = "Write an article" if known is None else f"Edit {known.title}"
    about = "" if known is None else "The version before is kept."

    async def put(written: dialogs.Written) -> Any:
        given = asdict(written)
        if known is None:
            return await link.attempt("knowledge.create", **given)
        which = {"article": known.id, "version": known.version}
        return await link.attempt("knowledge.update", **which, **given)

    found: Article | None = await _until_taken(
        ask, lambda: dialogs.article_dialog(head, about, known, glyphs, typed, in_editor), put
    )
    if found is not None:
        typed.clear()
    return found


async def reply(
    ask: Ask,
    link: Link,
    glyphs: Glyphs,
    typed: dict[str, str],
    known: QuickReply,
    *,
    new: bool,
    about: str = "",
) -> QuickReply | None:
    """Save a new quick reply, or change one; None when it is left."""
    head = "New quick reply" if new else f"Edit the quick reply {known.key}"
    actor = getattr(link, "actor", None)
    shares = actor is not None and actor.may(Permission.SUPERVISE)
    teams = [(one.id, one.name) for one in await link.call("queue.list")] if shares else []

    async def put(written: dialogs.NewReply) -> Any:
        given: dict[str, Any] = {"title": written.title, "text": written.text}
        given["tags"] = written.tags
        if written.queue:
            given["queue"] = written.queue
        if new:
            own = written.scope is Scope.PERSONAL
            given |= {"key": written.key, "language": written.language, "personal": own}
            return await link.attempt("reply.create", **given, replace=False)
        if shares:
            given["scope"] = written.scope.value
        return await link.attempt("reply.update", reply=known.id, **given)

    def make() -> Any:
        return dialogs.reply_dialog(
            head, about, known, teams, glyphs, typed, in_editor, new=new, shares=shares
        )

    found: QuickReply | None = await _until_taken(ask, make, put)
    if found is not None:
        typed.clear()
    return found
