"""Application tabs: records opened beside a conversation, each a tab of its session."""

from typing import TYPE_CHECKING

from omnitui.console.apps.body import AppBody
from omnitui.console.apps.tabs import AppKind
from omnitui.console.lazily import modules_of

if not TYPE_CHECKING:
    __getattr__ = modules_of(__name__)


def body_of(kind: str) -> type[AppBody]:
    """Which widget shows a kind of record; its module is imported with the first of the kind."""
    from omnitui.console.apps import article, case, customer, entitlement, search, timeline, web

    bodies: dict[str, type[AppBody]] = {
        AppKind.CASE: case.CaseTab,
        AppKind.CUSTOMER: customer.CustomerTab,
        AppKind.TIMELINE: timeline.TimelineTab,
        AppKind.ARTICLE: article.ArticleTab,
        AppKind.SEARCH: search.SearchTab,
        AppKind.ENTITLEMENT: entitlement.EntitlementTab,
        AppKind.WEB: web.WebTab,
    }
    return bodies[kind]
