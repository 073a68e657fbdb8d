"""Knowledge articles and quick replies."""

from msgspec import Struct

from omnitui.model.ids import AgentId, ArticleId, ReplyId


class Article(Struct, frozen=True):
    """A knowledge article. `audience` is `public` or `internal`; `body` is Markdown."""

    id: ArticleId
    slug: str
    title: str
    body: str
    keywords: tuple[str, ...] = ()
    audience: str = "public"
    language: str = "en"
    updated: str = ""
    uses: int = 0
    helpful: int = 0
    unhelpful: int = 0

    @property
    def public(self) -> bool:
        """Whether it can be sent to a customer."""
        return self.audience == "public"


class QuickReply(Struct, frozen=True):
    """A prepared reply. Personal ones have an `owner_id`; `uses` counts how often it was used."""

    id: ReplyId
    key: str
    title: str
    text: str
    language: str = "en"
    tags: tuple[str, ...] = ()
    owner_id: AgentId | None = None
    uses: int = 0
