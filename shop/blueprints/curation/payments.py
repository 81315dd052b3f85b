"""Matching payments by hand, work that waits for a person, accounts to confirm, disputes to settle."""

from __future__ import annotations

from secrets import token_hex
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from shop.actions import bank_accounts, disputes, payments, proofs, refunds
from shop.actions.deals import order_of
from shop.blueprints.curation.room import blueprint
from shop.blueprints.curation.task_words import TASK_HOMES, task_words
from shop.domain.deal import DealStatus
from shop.domain.errors import NotFound, WrongInput, WrongState
from shop.domain.money import read_rupiah
from shop.domain.payment import PAYMENT_STATUS_LABELS
from shop.domain.roles import Actor
from shop.extensions import db, now, the_shop
from shop.forms.ordering import ReceivedForm, RefundForm, WordsForm
from shop.models import BankAccount, Inquiry, Payment, Person
from shop.queries import payments as queries
from shop.queries.bank_lists import waiting_count
from shop.web.access import curator_only
from shop.web.errors import sentence_of
from shop.web.login import the_person
from shop.web.numbers import page_asked
from shop.web.threads import access_to

Answer = str | Response | tuple[str, int]


@blueprint.get("/kurasi/pembayaran")
@curator_only
def payment_desk() -> str:
    payment_staff()
    return _desk(ReceivedForm())


@blueprint.post("/kurasi/pembayaran/<int:payment_id>/masuk")
@curator_only
def payment_came(payment_id: int) -> Answer:
    """What arrived at the bank. Exactly what was asked moves the order; anything else finds its home in the ledger."""
    staff, payment, form = payment_staff(), _payment(payment_id), ReceivedForm()
    if not form.validate():
        return _desk(form, payment_id), 422
    key = f"hand:{payment.id}:{request.form.get('kunci', '')[:40]}"
    amount, seen = form.jumlah.value or 0, request.form.get("keadaan")
    payments.take(db.session(), payment, received_idr=amount, key=key, by=staff, at=now(), seen=seen)
    db.session.commit()
    the_shop().wake("notices")
    flash(gettext("Pembayaran tercatat."), "good")
    return redirect(url_for("curation.payment_desk"), 303)


@blueprint.post("/kurasi/pembayaran/<int:payment_id>/bukti")
@curator_only
def proof_refused(payment_id: int) -> Answer:
    """The slip shows no money of ours; the buyer reads why and can send another."""
    staff, payment, form = payment_staff(), _payment(payment_id), WordsForm()
    if not form.validate():
        return _desk(ReceivedForm(formdata=None), payment_id, refused=form), 422
    proofs.refuse(db.session(), payment, why=form.kata.data, by=staff, at=now())
    db.session.commit()
    the_shop().wake("notices")
    flash(gettext("Pembeli dikabari bahwa buktinya belum cocok."), "good")
    return redirect(url_for("curation.payment_desk"), 303)


@blueprint.post("/kurasi/pembayaran/rekening/<int:account_id>")
@curator_only
def confirm_account(account_id: int) -> Response:
    """The second person says yes to an account."""
    account = db.session.get(BankAccount, account_id)
    if account is None:
        raise NotFound
    bank_accounts.confirm(db.session(), account, by=payment_staff(), at=now())
    db.session.commit()
    return redirect(url_for("curation.payment_desk"), 303)


@blueprint.get("/kurasi/pesanan/<code>/putusan")
@curator_only
def settle(code: str) -> str:
    access = access_to(code)
    if access.inquiry.status != DealStatus.DISPUTED:
        raise WrongState(status=access.inquiry.status, step="resume")
    return _settle(access.inquiry, WordsForm(), RefundForm())


@blueprint.post("/kurasi/pesanan/<code>/putusan/<choice>")
@curator_only
def settle_now(code: str, choice: str) -> Answer:
    """Resume, give part back, give all back; only a curator of another group."""
    access, by, at = access_to(code), the_person(), now()
    if access.side is not Actor.CURATOR:
        raise NotFound
    form = RefundForm() if choice == "sebagian" else WordsForm()
    if not form.validate():
        part = choice == "sebagian"
        words, refund = (WordsForm(formdata=None), form) if part else (form, RefundForm(formdata=None))
        return _settle(access.inquiry, words, refund), 422
    session, why = db.session(), form.kata.data or ""
    if choice == "lanjut":
        disputes.resume(session, access.inquiry, by=by, why=why, at=at)
    elif choice == "semua":
        disputes.refund_all(session, access.inquiry, by=by, why=why, at=at)
    elif choice == "sebagian":
        keep = request.form.get("barang") != "kembali"
        try:
            disputes.refund_part(
                session, access.inquiry, form.jumlah.value or 0, keep=keep, by=by, why=why, at=at
            )
        except WrongInput as wrong:
            session.rollback()
            form.jumlah.errors = [sentence_of(wrong)]
            return _settle(access.inquiry, WordsForm(formdata=None), form), 422
    else:
        raise NotFound
    code = access.inquiry.code
    db.session.commit()
    the_shop().wake("notices")
    return redirect(url_for("inquiry.thread", code=code), 303)


def _settle(inquiry: Inquiry, words: WordsForm, refund: RefundForm) -> str:
    """The page a dispute is settled on, with the most that can go back."""
    order = order_of(db.session(), inquiry)
    most = refunds.refundable_idr(db.session(), order)
    return render_template("curation/settle.html", inquiry=inquiry, words=words, refund=refund, most=most)


def payment_staff() -> Person:
    """Curators with the payments permission, and administrators."""
    person = the_person()
    if not (person.matches_payments or person.is_administrator):
        raise NotFound
    return person


def _payment(payment_id: int) -> Payment:
    payment = db.session.get(Payment, payment_id)
    if payment is None:
        raise NotFound
    return payment


def _desk(form: ReceivedForm, wrong: int | None = None, refused: WordsForm | None = None) -> str:
    session, asked = db.session(), request.args
    try:
        amount = read_rupiah(asked["nominal"]) if asked.get("nominal") else None
    except ValueError:
        amount = None
    return render_template(
        "curation/payments.html",
        unmatched=waiting_count(session),
        waiting=queries.waiting(session, amount_idr=amount, page=page_asked()),
        tasks=queries.open_tasks(session, page=page_asked("tugas")),
        accounts=queries.proposed_accounts(session),
        owed=queries.owed(session, at=now(), page=page_asked("perajin")),
        amount=asked.get("nominal", ""),
        form=form,
        wrong=wrong,
        refused=refused,
        labels=PAYMENT_STATUS_LABELS,
        key=token_hex(8),
        homes=TASK_HOMES,
        words=task_words(),
        turn=_turn,
    )


def _turn(name: str, page: int, anchor: str) -> str:
    """The address of another page of one list; the other lists stay where they are."""
    kept: dict[str, Any] = {
        key: request.args[key] for key in ("nominal", "hal", "tugas", "perajin") if key in request.args
    }
    return url_for("curation.payment_desk", **(kept | {name: str(page)}), _anchor=anchor)
