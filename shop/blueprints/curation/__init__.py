"""The curator's room: the queue, reviews, decisions and reports; producers and inquiries have modules of their own."""

from shop.blueprints.curation import (
    assigning,
    bank_files,
    bank_lists,
    deciding,
    inquiries,
    log,
    money_tasks,
    order_money,
    parked,
    payments,
    payouts,
    producers,
    queue,
    reports,
    review,
    shipping,
)
from shop.blueprints.curation.room import blueprint

__all__ = [
    "assigning",
    "bank_files",
    "bank_lists",
    "blueprint",
    "deciding",
    "inquiries",
    "log",
    "money_tasks",
    "order_money",
    "parked",
    "payments",
    "payouts",
    "producers",
    "queue",
    "reports",
    "review",
    "shipping",
]
