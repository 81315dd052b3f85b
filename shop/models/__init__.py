"""The tables. Importing this package knows them all."""

from shop.models.account import Attempt, Consent, OneTimeLink, Person, RecoveryCode, SignIn
from shop.models.base import Base
from shop.models.buyer import SavedAddress, SavedWork
from shop.models.catalogue import (
    CatalogueChange,
    CatalogueEntry,
    CatalogueMaker,
    CatalogueTally,
    SearchBlock,
    SearchWord,
)
from shop.models.deal import Inquiry, InquiryItem, LinkDevice, Message, MessagePhoto, PrivateLink
from shop.models.event import Event
from shop.models.ledger import Document, DocumentNumber, Journal, Payout, Posting, StaffTask
from shop.models.listing import Listing, Revision, RevisionPhoto
from shop.models.notice import Notice
from shop.models.order import Order, OrderLine, Progress, StockHold
from shop.models.payment import (
    BankAccount,
    ExchangeRate,
    Payment,
    Proof,
    Refund,
    Statement,
    StatementLine,
    StatementSource,
    StripeEvent,
)
from shop.models.photo import Photo
from shop.models.producer import Member, Producer, ProducerCraft
from shop.models.quote import Quote, QuoteLine
from shop.models.review import Appeal, Decision, Report, ReviewDraft
from shop.models.shipping import ShippingPlace, ShippingRate, ShippingZone

__all__ = [
    "Appeal",
    "Attempt",
    "BankAccount",
    "Base",
    "CatalogueChange",
    "CatalogueEntry",
    "CatalogueMaker",
    "CatalogueTally",
    "Consent",
    "Decision",
    "Document",
    "DocumentNumber",
    "Event",
    "ExchangeRate",
    "Inquiry",
    "InquiryItem",
    "Journal",
    "LinkDevice",
    "Listing",
    "Member",
    "Message",
    "MessagePhoto",
    "Notice",
    "OneTimeLink",
    "Order",
    "OrderLine",
    "Payment",
    "Payout",
    "Person",
    "Photo",
    "Posting",
    "PrivateLink",
    "Producer",
    "ProducerCraft",
    "Progress",
    "Proof",
    "Quote",
    "QuoteLine",
    "RecoveryCode",
    "Refund",
    "Report",
    "ReviewDraft",
    "Revision",
    "RevisionPhoto",
    "SavedAddress",
    "SavedWork",
    "SearchBlock",
    "SearchWord",
    "ShippingPlace",
    "ShippingRate",
    "ShippingZone",
    "SignIn",
    "StaffTask",
    "Statement",
    "StatementLine",
    "StatementSource",
    "StockHold",
    "StripeEvent",
]
