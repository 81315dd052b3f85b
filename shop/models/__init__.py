"""The tables. Importing this package knows them all."""

from shop.models.account import Attempt, Consent, OneTimeLink, Person, RecoveryCode, SignIn
from shop.models.base import Base
from shop.models.catalogue import CatalogueEntry, CatalogueMaker, CatalogueTally, SearchWord
from shop.models.deal import Inquiry, InquiryItem, LinkDevice, Message, MessagePhoto, PrivateLink
from shop.models.event import Event
from shop.models.listing import Listing, Revision, RevisionPhoto
from shop.models.notice import Notice
from shop.models.photo import Photo
from shop.models.producer import Member, Producer, ProducerCraft
from shop.models.review import Appeal, Decision, Report, ReviewDraft

__all__ = [
    "Appeal",
    "Attempt",
    "Base",
    "CatalogueEntry",
    "CatalogueMaker",
    "CatalogueTally",
    "Consent",
    "Decision",
    "Event",
    "Inquiry",
    "InquiryItem",
    "LinkDevice",
    "Listing",
    "Member",
    "Message",
    "MessagePhoto",
    "Notice",
    "OneTimeLink",
    "Person",
    "Photo",
    "PrivateLink",
    "Producer",
    "ProducerCraft",
    "RecoveryCode",
    "Report",
    "ReviewDraft",
    "Revision",
    "RevisionPhoto",
    "SearchWord",
    "SignIn",
]
