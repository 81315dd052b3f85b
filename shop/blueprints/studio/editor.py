"""The editor: one step one screen, saved as it goes, on one address for showing and for saving."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue as Answer

from shop.actions.listings import save
from shop.actions.revisions import fields_of
from shop.blueprints.studio.answers import as_it_is_now, not_readable, overtaken, saved, there_now
from shop.blueprints.studio.desk import STEPS, Desk, desk_for
from shop.blueprints.studio.offer import save_price, show_price
from shop.blueprints.studio.preview import show_check
from shop.blueprints.studio.room import blueprint
from shop.blueprints.studio.slots import show_photos
from shop.domain.editor import FIELDS, EditorStep, print_of
from shop.domain.errors import ChangedMeanwhile, NotFound, WrongState
from shop.extensions import db, now, the_shop
from shop.forms.works import MotifForm, NameForm, SizeForm, StepForm, StoryForm, material_form
from shop.web.access import producer_only
from shop.web.errors import sentence_of
from shop.web.headers import may_be_kept
from shop.web.login import the_member

PLAIN: dict[EditorStep, type[StepForm]] = {
    EditorStep.SIZE: SizeForm,
    EditorStep.MOTIF: MotifForm,
    EditorStep.STORY: StoryForm,
}


@blueprint.get("/studio/karya/<int:listing_id>/<word>")
@producer_only
def step(listing_id: int, word: str) -> Answer:
    """One step of the editor."""
    desk = desk_for(listing_id, _step(word))
    if desk.step is EditorStep.PHOTOS:
        return may_be_kept(show_photos(desk))
    if desk.step is EditorStep.PRICE:
        return show_price(desk)
    if desk.step is EditorStep.CHECK:
        return show_check(desk)
    return may_be_kept(_page(desk, _form(desk)))


@blueprint.post("/studio/karya/<int:listing_id>/<word>")
@producer_only
def save_step(listing_id: int, word: str) -> Answer:
    """Save what was typed on a step."""
    desk = desk_for(listing_id, _step(word))
    if desk.step is EditorStep.PRICE:
        return save_price(desk)
    if desk.step in (EditorStep.PHOTOS, EditorStep.CHECK, None):
        raise NotFound
    form = _form(desk)
    if not form.validate():
        return not_readable(form, _page(desk, form))
    seen = request.form.get("seen", "")
    try:
        save(
            db.session(),
            desk.listing,
            step=desk.step,
            values=form.read(),
            seen=seen,
            by=the_member(),
            at=now(),
        )
    except (ChangedMeanwhile, WrongState) as error:
        return overtaken(error, _page(as_it_is_now(desk), form, error))
    db.session.commit()
    fresh = desk_for(listing_id, desk.step)
    return saved(fresh, _seen(fresh))


def _step(word: str) -> EditorStep:
    if word not in STEPS:
        raise NotFound
    return STEPS[word]


def _form(desk: Desk) -> StepForm:
    """The step's form, holding what stands in the work where nothing else was typed."""
    fields = fields_of(desk.revision)
    if desk.step is EditorStep.NAME:
        form = NameForm(data=NameForm.shown(fields))
        form.offer(_own_crafts(desk), fields)
        return form
    kind = (
        material_form(desk.craft)
        if desk.step is EditorStep.MATERIAL
        else PLAIN[desk.step or EditorStep.STORY]
    )
    return kind(data=kind.shown(fields))


def _own_crafts(desk: Desk) -> list[str]:
    """The producer's crafts that are in use in this shop."""
    in_use = the_shop().council.crafts
    return [own.craft for own in desk.listing.producer.crafts if own.craft in in_use]


def _seen(desk: Desk) -> str:
    """The print that the form sends back, so that nobody overwrites what they have not seen."""
    return print_of(fields_of(desk.revision, FIELDS[desk.step or EditorStep.CHECK]))


def _page(desk: Desk, form: StepForm, error: ChangedMeanwhile | WrongState | None = None) -> str:
    name = (desk.step or EditorStep.CHECK).value
    return render_template(
        f"studio/steps/{name}.html",
        desk=desk,
        form=form,
        seen=_seen(desk),
        sentence=sentence_of(error) if error else None,
        there=there_now(form, type(form).shown(fields_of(desk.revision))) if error else [],
    )
