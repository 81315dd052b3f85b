"""What buyers read about the producer, and the portrait above it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue as Answer
from flask_babel import gettext as _

from shop.actions import maker_profile, photos
from shop.blueprints.studio.answers import there_now, wants_json
from shop.blueprints.studio.pieces import NotAllThere, sent_alone
from shop.blueprints.studio.room import blueprint
from shop.blueprints.uploads import photo_in, takes_photos
from shop.domain.craft import CRAFT_LABELS, Craft
from shop.domain.editor import print_of
from shop.domain.errors import ChangedMeanwhile, ShopError, TooOften
from shop.domain.photo import PhotoRefused
from shop.extensions import db, now, the_shop
from shop.forms.profile import ProfileForm
from shop.models import Photo, Producer
from shop.web.access import producer_only
from shop.web.errors import code_of, sentence_of
from shop.web.filters import local
from shop.web.login import the_member
from shop.web.phones import phone_words


@blueprint.get("/studio/profil")
@producer_only
def profile() -> str:
    return _page(_form())


@blueprint.post("/studio/profil")
@producer_only
def save_profile() -> Answer:
    """Save what was written; another member's newer words are shown, not overwritten."""
    form, member = _form(), the_member()
    if not form.validate():
        return _page(form), 422
    seen = request.form.get("seen", "")
    try:
        maker_profile.save_profile(
            db.session(), member.producer, values=form.read(), seen=seen, by=member, at=now()
        )
    except ChangedMeanwhile as error:
        db.session.rollback()
        return _page(form, error=error), 409
    db.session.commit()
    flash(_("Profil tersimpan. Pembeli membacanya sekarang."))
    return redirect(url_for("studio.profile"), 303)


@blueprint.post("/studio/profil/foto")
@producer_only
@takes_photos(1)
def send_portrait() -> Answer:
    """A new portrait: in this request, in pieces before it, or one that is here already under its client id."""
    try:
        _hang(_known() or _received())
    except NotAllThere as half:
        return {"offset": half.offset}, 409
    except (PhotoRefused, TooOften) as error:
        db.session.rollback()
        if wants_json():
            return {"detail": sentence_of(error)}, code_of(error)
        return _page(_form(), problems=[("photo", sentence_of(error))]), code_of(error)
    the_shop().wake("photos")
    return ({"count": 1}, 201) if wants_json() else _saved(_("Foto tersimpan."))


def _known() -> Photo | None:
    member, client_id = the_member(), request.form.get("client_id", "")[:64]
    if not client_id or request.files:
        return None
    return photos.of_client(db.session(), member.producer, by=member.person, client_id=client_id)


def _received() -> Photo:
    with sent_alone() as file:
        incoming = photo_in(file)
        member, client_id = the_member(), request.form.get("client_id", "")[:64]
        return photos.receive(
            db.session(),
            incoming,
            by=member.person,
            producer=member.producer,
            client_id=client_id,
            at=now(),
        )


def _hang(photo: Photo) -> None:
    member = the_member()
    maker_profile.set_portrait(db.session(), member.producer, photo, by=member, at=now())
    db.session.commit()


@blueprint.post("/studio/profil/foto/hapus")
@producer_only
def remove_portrait() -> Answer:
    member = the_member()
    maker_profile.set_portrait(db.session(), member.producer, None, by=member, at=now())
    db.session.commit()
    return _saved(_("Foto dilepas dari profil."))


def _saved(sentence: str) -> Answer:
    flash(sentence)
    return redirect(url_for("studio.profile"), 303)


def _form() -> ProfileForm:
    return ProfileForm(data=_shown(the_member().producer), this_year=local(now()).year)


def _shown(producer: Producer) -> dict[str, Any]:
    fields = maker_profile.profile_of(producer)
    return ProfileForm.shown(fields | {"phone": phone_words(fields["phone"])})


def _page(
    form: ProfileForm, error: ShopError | None = None, problems: list[tuple[str, str]] | None = None
) -> str:
    producer = the_member().producer
    there = maker_profile.profile_of(producer)
    district = the_shop().council.district_by_code.get(producer.district_code)
    return render_template(
        "studio/profile.html",
        form=form,
        producer=producer,
        portrait=db.session.get(Photo, producer.photo_id) if producer.photo_id else None,
        district=district.name if district else producer.district_code,
        crafts=", ".join(_(CRAFT_LABELS[Craft(own.craft)]) for own in producer.crafts),
        seen=print_of(there),
        sentence=sentence_of(error) if error else None,
        there=there_now(form, _shown(producer)) if error else [],
        problems=problems or [],
    )
