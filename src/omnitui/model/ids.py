"""Typed integer keys. A `ConversationId` cannot be passed where a `CustomerId` is meant.

Where a desk command takes one of these, it also accepts the record's natural key
(an agent's login, a customer's e-mail address, a case's number, a queue's name).
"""

from typing import NewType

AgentId = NewType("AgentId", int)
ArticleId = NewType("ArticleId", int)
CaseId = NewType("CaseId", int)
ConversationId = NewType("ConversationId", int)
ClassificationId = NewType("ClassificationId", int)
CustomerId = NewType("CustomerId", int)
MacroId = NewType("MacroId", int)
GapId = NewType("GapId", int)
MentionId = NewType("MentionId", int)
MessageId = NewType("MessageId", int)
ProfileId = NewType("ProfileId", int)
QueueId = NewType("QueueId", int)
ReplyId = NewType("ReplyId", int)
ScriptId = NewType("ScriptId", int)
ScriptRuleId = NewType("ScriptRuleId", int)
ActivityId = NewType("ActivityId", int)
CalendarId = NewType("CalendarId", int)
TargetId = NewType("TargetId", int)
NoticeId = NewType("NoticeId", int)
WorkStreamId = NewType("WorkStreamId", int)
EntitlementId = NewType("EntitlementId", int)
TemplateId = NewType("TemplateId", int)
ScheduledId = NewType("ScheduledId", int)
