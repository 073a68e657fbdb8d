"""Application tabs: records opened beside a conversation, each a tab of its session."""

from omnitui.console.apps.article import ArticleTab
from omnitui.console.apps.body import AppBody
from omnitui.console.apps.case import CaseTab
from omnitui.console.apps.customer import CustomerTab
from omnitui.console.apps.entitlement import EntitlementTab
from omnitui.console.apps.search import SearchTab
from omnitui.console.apps.tabs import AppKind
from omnitui.console.apps.timeline import TimelineTab
from omnitui.console.apps.web import WebTab

BODIES: dict[str, type[AppBody]] = {
    AppKind.CASE: CaseTab,
    AppKind.CUSTOMER: CustomerTab,
    AppKind.TIMELINE: TimelineTab,
    AppKind.ARTICLE: ArticleTab,
    AppKind.SEARCH: SearchTab,
    AppKind.ENTITLEMENT: EntitlementTab,
    AppKind.WEB: WebTab,
}
"""Which widget shows which kind of record."""

__all__ = ["BODIES"]
