"""Articles as a virtual agent sends them, in the language of the conversation: public ones only."""

from collections.abc import Callable, Iterator

from omnitui.desk import knowledge
from omnitui.desk.call import Call
from omnitui.model.conversation import Conversation
from omnitui.model.knowledge import Article
from omnitui.rules import giving
from omnitui.rules.giving import Form
from omnitui.store import knowledge as kept


def text(call: Call, item: Conversation, slug: str, language: str) -> str | None:
    """An article as it is sent in a conversation, and counted as used; None where it may not be."""
    found = public(call, slug, language)
    if found is None:
        return None
    knowledge.use(call, found.id, item.id)
    site = call.settings.help_site
    return giving.given(found, call.place(item.channel), Form.FIT, site).text


def public(call: Call, slug: str, language: str = "") -> Article | None:
    """The article of that slug, in another language if it has that; None unless it is public."""
    key = kept.article_by_slug(call.store, slug)
    found = None if key is None else kept.article(call.store, key)
    if found is None or not _may_be_read(call, found):
        return None
    if language and found.language != language:
        others = kept.translations(call.store, [found])
        fits = (one for one in others if one.language == language and _may_be_read(call, one))
        return next(fits, found)
    return found


def _may_be_read(call: Call, article: Article) -> bool:
    return knowledge.why_not_given(call, article) is None


def parts(text: str, fits: Callable[[str], bool]) -> Iterator[str]:
    """A text in parts that fit: cut between paragraphs, lines or words, in this order."""
    rest = text.strip()
    while rest and not fits(rest):
        size = len(rest)
        while size > 1 and not fits(rest[:size]):
            size = size * 3 // 4
        cut = next(
            (at for sign in ("\n\n", "\n", " ") if (at := rest.rfind(sign, 1, size)) > 0), size
        )
        yield rest[:cut].strip()
        rest = rest[cut:].strip()
    if rest:
        yield rest
