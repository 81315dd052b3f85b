"""Who a person is to the shop. What a role opens stands with each rule."""

from __future__ import annotations

from enum import StrEnum

from shop.domain.words import N_


class Actor(StrEnum):
    """Who takes a step in a state table."""

    BUYER = "buyer"
    PRODUCER = "producer"
    CURATOR = "curator"
    SECOND_CURATOR = "second_curator"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class MemberRole(StrEnum):
    """What somebody is inside a producer's business or group."""

    CHAIR = "chair"
    MEMBER = "member"
    ASSISTANT = "assistant"


MEMBER_ROLE_LABELS = {
    MemberRole.CHAIR: N_("Ketua"),
    MemberRole.MEMBER: N_("Anggota"),
    MemberRole.ASSISTANT: N_("Pendamping"),
}
