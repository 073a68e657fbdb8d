"""Knowledge articles and quick replies, and what is missing of them."""

from enum import StrEnum

from msgspec import Struct

from omnitui.model.ids import AgentId, ArticleId, GapId, QueueId, ReplyId, WorkStreamId


class Audience(StrEnum):
    """Who may read an article: customers too, or those who work at the desk only."""

    PUBLIC = "public"
    INTERNAL = "internal"


class Article(Struct, frozen=True):
    """A knowledge article. `audience` is `public` or `internal`; `body` is Markdown.

    Translations share a `key`; an article that was never translated has none. `summary` is its
    short version, and may be empty. `changed_at` (epoch ms) and `changed_by` are of `version`.
    """

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
    summary: str = ""
    key: str = ""
    version: int = 1
    changed_at: int | None = None
    changed_by: str = ""

    @property
    def public(self) -> bool:
        """Whether it can be sent to a customer."""
        return self.audience == Audience.PUBLIC


class ArticleVersion(Struct, frozen=True):
    """What an article said in one of its versions; `changed_at` is None if it is not known."""

    article_id: ArticleId
    version: int
    title: str
    summary: str
    body: str
    keywords: tuple[str, ...]
    audience: str
    language: str
    changed_at: int | None
    changed_by: str


class Rating(Struct, frozen=True):
    """What somebody said of an article, and when (epoch ms)."""

    by: str
    helpful: bool
    comment: str
    at: int


class GapKind(StrEnum):
    """Why something is missing: nothing was found, or what was found did not help."""

    NOTHING_FOUND = "nothing_found"
    NOT_HELPFUL = "not_helpful"


class Gap(Struct, frozen=True):
    """Something that the knowledge lacks.

    `about` is what was looked for as it was last typed, or the title of the article that did not
    help (`article`). `times` counts since the gap was last closed, `agents` those who met it.
    A closed one says since when, by whom and why.
    """

    id: GapId
    kind: GapKind
    about: str
    times: int
    agents: int
    last_at: int
    article: ArticleId | None = None
    comments: tuple[Rating, ...] = ()
    closed_at: int | None = None
    closed_by: str = ""
    reason: str = ""


class Scope(StrEnum):
    """Whose a quick reply is: one agent's, a team's (those who work a queue), or everybody's."""

    PERSONAL = "personal"
    TEAM = "team"
    SHARED = "shared"


class QuickReply(Struct, frozen=True):
    """A prepared reply. Personal ones have an `owner_id`, those of a team its `queue_id`.

    `workstreams` are those it is for, all if empty. `uses` counts how often it was used, `used_at`
    is when it was used last (epoch ms).
    """

    id: ReplyId
    key: str
    title: str
    text: str
    language: str = "en"
    tags: tuple[str, ...] = ()
    owner_id: AgentId | None = None
    uses: int = 0
    queue_id: QueueId | None = None
    workstreams: tuple[WorkStreamId, ...] = ()
    used_at: int | None = None

    @property
    def scope(self) -> Scope:
        """Whose it is."""
        if self.owner_id is not None:
            return Scope.PERSONAL
        return Scope.SHARED if self.queue_id is None else Scope.TEAM
