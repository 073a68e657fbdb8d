"""Articles and quick replies: write them, and see what is missing."""

from functools import partial

from omnitui.console.apps import article as article_app
from omnitui.console.apps import gaps
from omnitui.console.command import Where, command
from omnitui.console.commands import needs
from omnitui.console.commands.stage import Stage, session_of, tell_created
from omnitui.console.session import writing
from omnitui.model.errors import Refused
from omnitui.model.ids import AgentId, ReplyId
from omnitui.model.knowledge import Article, GapKind, QuickReply

_knowledge = partial(command, group="Knowledge")


@_knowledge("knowledge.gaps", "g q", "Knowledge gaps", where=Where.ANYWHERE)
async def show_gaps(stage: Stage) -> None:
    """Show what was looked for and not found, and the articles that did not help."""
    stage.beside.open_record(gaps.gaps_tab())


@_knowledge(
    "article.create", "g c", "New article", where=Where.ANYWHERE, needs=[needs.writes_articles]
)
async def create(stage: Stage) -> None:
    """Write an article; in the list of gaps, for the one under the cursor."""
    body = stage.beside.apps.body
    gap = body.gap if isinstance(body, gaps.GapsTab) else None
    title = ""
    if gap is not None and gap.kind is GapKind.NOTHING_FOUND:
        title = f"{gap.about[:1].upper()}{gap.about[1:]}"
    typed = stage.home_typed.into(f"new_article_{0 if gap is None else gap.id}")
    made = await writing.article(stage.ask, stage.link, stage.glyphs, typed, title=title)
    if made is not None:
        tell_created(stage, article_app.article_tab(made), f"{made.title} is written.")


def _article_in_front(stage: Stage) -> Article | None:
    """The article that keys mean: the one in a tab in front, else the one that is read beside."""
    body = stage.beside.apps.body
    if isinstance(body, article_app.ArticleTab):
        return body.article
    view = stage.session
    return None if view is None else view.assist.reading


def an_article(stage: Stage) -> str:
    """An article that is read."""
    return "" if _article_in_front(stage) is not None else "No article is open here."


@_knowledge(
    "article.edit",
    "g e",
    "Edit article",
    where=Where.RECORDS,
    needs=[an_article, needs.writes_articles],
)
async def edit(stage: Stage) -> None:
    """Edit the article that is read; the version before is kept."""
    shown = _article_in_front(stage)
    assert shown is not None
    # As it is now: what is shown may have been changed since by somebody else.
    known = await stage.link.call("knowledge.get", article=shown.id)
    typed = stage.home_typed.into(f"article_{known.id}_{known.version}")
    made = await writing.article(stage.ask, stage.link, stage.glyphs, typed, known)
    if made is not None:
        stage.messages.done(f"{made.title} is saved")
        view = stage.session
        if view is not None and view.assist.reading is not None:
            await view.assist.read(made.id)


@_knowledge("reply.save", "Y", "Save as reply", group="Session", needs=[needs.session])
async def save_reply(stage: Stage) -> None:
    """Save the reply under the cursor as a quick reply; names and numbers become slots again."""
    view = session_of(stage)
    message = view.conversation.transcript.current_message
    if message is None:
        raise Refused("reply.no_message", "There is no message here yet.")
    found = await stage.link.call("reply.propose", message=message.id)
    mine = AgentId(stage.link.actor.id)
    known = QuickReply(
        ReplyId(0), found.key, found.title, found.text, found.language, found.tags, mine
    )
    typed = view.typed.into(f"reply_{message.id}")
    about = "Names, account and case number are slots again. Check what else is personal."
    made = await writing.reply(
        *(stage.ask, stage.link, stage.glyphs, typed, known), new=True, about=about
    )
    if made is not None:
        stage.messages.done(f"/{made.key} is saved as a quick reply")
