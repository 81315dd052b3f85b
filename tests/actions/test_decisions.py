"""What curators decide about works: who may, what changes, who hears of it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.actions import claims, decisions, second_opinions, undo
from shop.domain.curation import DecidedBefore, HeldByAnother, Judgement, OwnGroup, UndoTooLate
from shop.domain.errors import ChangedMeanwhile, Incomplete, NotAllowed, WrongState
from shop.domain.listing import STEPS, Step
from shop.domain.review import SCORES
from shop.domain.roles import Actor
from shop.models import Event, Notice, ReviewDraft
from tests.curating import BARRED, LATER, PASSES, SENT_BACK, Cast, cast, decided, revision_of_live, work
from tests.factories import AT, curator


@pytest.fixture
def who(session: Session) -> Cast:
    return cast(session)


def events(session: Session, what: str) -> list[Event]:
    return list(session.scalars(select(Event).where(Event.what == what)))


def notices(session: Session) -> list[Notice]:
    return list(session.scalars(select(Notice).order_by(Notice.id)))


def test_an_approved_work_is_live_and_its_producer_hears_of_it_after_ten_seconds(
    session: Session, who: Cast
) -> None:
    revision = work(session, who, "in_review")
    decision = decisions.approve(session, revision, PASSES, by=who.sari, version=revision.version, at=LATER)
    listing = revision.listing
    assert (revision.status, listing.status, listing.live_revision_id) == (
        "published",
        "published",
        revision.id,
    )
    assert listing.slug == "tais-lajur-merah"
    assert (decision.kind, decision.scores, decision.curator_id) == ("approve", PASSES.scores, who.sari.id)
    (event,) = events(session, "approve")
    assert (event.from_status, event.to_status, event.by_id, event.actor) == (
        "in_review", "published", who.sari.id, "curator")  # fmt: skip
    (notice,) = notices(session)
    assert (notice.kind, notice.person_id, notice.decision_id) == (
        "listing_approved",
        who.chair.id,
        decision.id,
    )
    assert notice.due_at == LATER + timedelta(seconds=10)


@pytest.mark.parametrize(
    ("judgement", "problem"),
    [
        (Judgement(gates=PASSES.gates | {"motif": False}, scores=PASSES.scores), "gate_motif"),
        (Judgement(gates={"origin": True}, scores=PASSES.scores), "gate_motif"),
        (
            Judgement(gates=PASSES.gates, scores=PASSES.scores | {"story": 0, "price": 3, "material": 3}),
            "score_story",
        ),
        (Judgement(gates=PASSES.gates, scores={"story": 3}), "score_price"),
        (Judgement(gates=PASSES.gates, scores=PASSES.scores | {"story": 1}), "total"),
    ],
)
def test_nothing_is_approved_with_a_gate_a_score_or_a_point_missing(
    session: Session, who: Cast, judgement: Judgement, problem: str
) -> None:
    revision = work(session, who, "in_review")
    with pytest.raises(Incomplete) as refused:
        decisions.approve(session, revision, judgement, by=who.sari, version=revision.version, at=LATER)
    assert problem in refused.value.problems
    assert revision.status == "in_review"
    assert notices(session) == []


def test_sixteen_points_pass(session: Session, who: Cast) -> None:
    assert sum(PASSES.scores.values()) == 16 == len(SCORES) * 2


def test_a_work_sent_back_carries_its_reasons_but_never_the_internal_note(
    session: Session, who: Cast
) -> None:
    revision = work(session, who, "in_review")
    decision = decisions.request_changes(
        session, revision, SENT_BACK, by=who.sari, version=revision.version, at=LATER
    )
    assert (revision.status, revision.listing.status) == ("changes_requested", "changes_requested")
    assert decision.internal_note == "Sudah ditelepon."
    (notice,) = notices(session)
    assert notice.kind == "listing_changes_requested"
    assert (notice.facts["codes"], notice.facts["note"]) == (["F1"], "Foto ulang di luar rumah.")
    assert "ditelepon" not in str(notice.facts)
    assert "ditelepon" not in "".join(
        str(event.facts) + event.why for event in session.scalars(select(Event))
    )


@pytest.mark.parametrize("act", [decisions.request_changes, decisions.reject])
def test_sending_back_and_rejecting_need_a_reason(session: Session, who: Cast, act) -> None:  # type: ignore[no-untyped-def]
    revision = work(session, who, "in_review")
    with pytest.raises(Incomplete):
        act(session, revision, Judgement(note="  "), by=who.sari, version=revision.version, at=LATER)
    assert revision.status == "in_review"


def test_what_is_false_is_not_sent_back_for_mending(session: Session, who: Cast) -> None:
    revision = work(session, who, "in_review")
    with pytest.raises(Incomplete):
        decisions.request_changes(session, revision, BARRED, by=who.sari, version=revision.version, at=LATER)


def test_a_rejection_without_an_x_code_stands_at_once(session: Session, who: Cast) -> None:
    revision = work(session, who, "in_review")
    decisions.reject(session, revision, SENT_BACK, by=who.sari, version=revision.version, at=LATER)
    assert (revision.status, revision.listing.status) == ("rejected", "rejected")
    assert [notice.kind for notice in notices(session)] == ["listing_rejected"]
    assert revision.listing.barred_at is None


def test_a_rejection_with_an_x_code_waits_for_a_second_curator_and_nobody_is_told(
    session: Session, who: Cast
) -> None:
    revision = work(session, who, "in_review")
    decisions.reject(session, revision, BARRED, by=who.sari, version=revision.version, at=LATER)
    assert (revision.status, revision.listing.status) == ("rejection_proposed", "rejection_proposed")
    assert notices(session) == []
    with pytest.raises(DecidedBefore):
        second_opinions.confirm_rejection(
            session, revision, Judgement(), by=who.sari, version=revision.version, at=LATER
        )


def test_a_confirmed_rejection_bars_the_work_and_tells_the_first_reasons(session: Session, who: Cast) -> None:
    revision = work(session, who, "rejection_proposed")
    second_opinions.confirm_rejection(
        session,
        revision,
        Judgement(note="Saya juga melihatnya."),
        by=who.fransiskus,
        version=revision.version,
        at=LATER,
    )
    assert (revision.status, revision.listing.status, revision.listing.barred_at) == (
        "rejected",
        "rejected",
        LATER,
    )
    (notice,) = notices(session)
    assert notice.facts["codes"] == ["X2"]
    assert notice.facts["note"] == "Ini kain cetak.\n\nSaya juga melihatnya."
    (event,) = events(session, "confirm_rejection")
    assert (event.actor, event.to_status) == ("second_curator", "rejected")


def test_an_x_rejection_of_a_revision_takes_the_live_work_down(session: Session, who: Cast) -> None:
    revision = revision_of_live(session, who, "rejection_proposed")
    second_opinions.confirm_rejection(
        session, revision, Judgement(), by=who.agus, version=revision.version, at=LATER
    )
    assert (revision.status, revision.listing.status) == ("rejected", "hidden_by_curator")
    assert revision.listing.barred_at == LATER


def test_a_second_curator_who_disagrees_puts_the_work_back_as_old_as_it_was(
    session: Session, who: Cast
) -> None:
    revision = work(session, who, "rejection_proposed")
    second_opinions.disagree(session, revision, Judgement(), by=who.agus, version=revision.version, at=LATER)
    assert (revision.status, revision.listing.status, revision.submitted_at) == ("submitted", "submitted", AT)
    assert notices(session) == []


def test_a_revision_in_review_never_touches_the_live_work(session: Session, who: Cast) -> None:
    revision = revision_of_live(session, who, "in_review", title_id="Tais Baru")
    live = revision.listing.live_revision_id
    decisions.request_changes(session, revision, SENT_BACK, by=who.sari, version=revision.version, at=LATER)
    assert (revision.status, revision.listing.status, revision.listing.live_revision_id) == (
        "changes_requested", "published", live)  # fmt: skip


def test_an_approved_revision_replaces_the_live_one_under_the_same_address(
    session: Session, who: Cast
) -> None:
    revision = revision_of_live(session, who, "in_review", title_id="Tais Baru")
    slug = revision.listing.slug
    decisions.approve(session, revision, PASSES, by=who.sari, version=revision.version, at=LATER)
    assert (revision.listing.live_revision_id, revision.listing.slug) == (revision.id, slug)


def test_an_appeal_is_heard_by_somebody_who_decided_nothing_before(session: Session, who: Cast) -> None:
    revision = work(session, who, "appealed")
    for partial in (who.sari, who.fransiskus):
        with pytest.raises(DecidedBefore):
            second_opinions.grant(
                session, revision, Judgement(), by=partial, version=revision.version, at=LATER
            )
    revision.listing.barred_at = AT
    second_opinions.grant(session, revision, Judgement(), by=who.agus, version=revision.version, at=LATER)
    assert (revision.status, revision.listing.status, revision.listing.barred_at) == (
        "submitted",
        "submitted",
        None,
    )
    assert [notice.kind for notice in notices(session)] == ["listing_appeal_granted"]


def test_an_upheld_rejection_is_final(session: Session, who: Cast) -> None:
    revision = work(session, who, "appealed")
    second_opinions.uphold(session, revision, Judgement(), by=who.agus, version=revision.version, at=LATER)
    assert (revision.status, revision.listing.status) == ("rejected", "rejected")
    assert [notice.kind for notice in notices(session)] == ["listing_appeal_upheld"]


def test_a_granted_appeal_brings_back_the_live_work_that_was_taken_down(session: Session, who: Cast) -> None:
    revision = revision_of_live(session, who, "rejection_proposed")
    revision.listing.status = "hidden_by_producer"
    second_opinions.confirm_rejection(
        session, revision, Judgement(), by=who.fransiskus, version=revision.version, at=LATER
    )
    revision.status, revision.appealed_at = "appealed", LATER
    session.flush()
    second_opinions.grant(session, revision, Judgement(), by=who.agus, version=revision.version, at=LATER)
    assert (revision.status, revision.listing.status) == ("submitted", "hidden_by_producer")


def test_the_administrator_hears_an_appeal_only_when_no_curator_is_left(session: Session, who: Cast) -> None:
    revision = work(session, who, "appealed")
    with pytest.raises(NotAllowed):
        second_opinions.uphold(
            session, revision, Judgement(), by=who.admin, version=revision.version, at=LATER
        )
    who.agus.suspended_at = AT
    session.flush()
    second_opinions.uphold(session, revision, Judgement(), by=who.admin, version=revision.version, at=LATER)
    (event,) = events(session, "uphold")
    assert event.actor == "administrator"


def test_decisions_before_the_live_version_do_not_bind_anybody(session: Session, who: Cast) -> None:
    revision = revision_of_live(session, who, "rejection_proposed")
    decided(session, revision.listing.revisions[0], "approve", who.agus)
    second_opinions.disagree(session, revision, Judgement(), by=who.agus, version=revision.version, at=LATER)
    assert revision.status == "submitted"


def test_a_decision_about_another_version_is_refused(session: Session, who: Cast) -> None:
    revision = work(session, who, "in_review")
    read = revision.version
    revision.title_id = "Judul lain"
    session.flush()
    with pytest.raises(ChangedMeanwhile):
        decisions.approve(session, revision, PASSES, by=who.sari, version=read, at=LATER)


def test_what_somebody_holds_is_not_decided_by_another(session: Session, who: Cast) -> None:
    revision = work(session, who, "in_review", holder=who.fransiskus)
    with pytest.raises(HeldByAnother) as refused:
        decisions.approve(session, revision, PASSES, by=who.sari, version=revision.version, at=LATER)
    assert "Fransiskus" in str(refused.value)


def test_a_curator_whose_hold_lapsed_still_decides_what_nobody_took(session: Session, who: Cast) -> None:
    revision = work(session, who, "in_review")
    read = revision.version
    claims.return_stale(session, at=AT + timedelta(minutes=31))
    assert revision.status == "submitted"
    decisions.approve(session, revision, PASSES, by=who.sari, version=read, at=AT + timedelta(minutes=32))
    assert [event.what for event in session.scalars(select(Event).order_by(Event.id))] == [
        "release", "claim", "approve"]  # fmt: skip


def test_undone_within_ten_seconds_everything_is_as_before_and_nobody_hears(
    session: Session, who: Cast
) -> None:
    revision = work(session, who, "in_review")
    decision = decisions.approve(session, revision, PASSES, by=who.sari, version=revision.version, at=LATER)
    session.commit()
    undo.undo(session, decision, by=who.sari, at=LATER + timedelta(seconds=9))
    session.commit()
    listing = revision.listing
    assert (revision.status, listing.status, listing.live_revision_id, listing.slug) == (
        "in_review", "in_review", None, None)  # fmt: skip
    assert (revision.claimed_by_id, revision.approved_at) == (who.sari.id, None)
    assert [notice.cancelled_at is not None for notice in notices(session)] == [True]
    draft = session.scalar(select(ReviewDraft))
    assert draft is not None
    assert draft.scores == PASSES.scores
    decisions.approve(session, revision, PASSES, by=who.sari, version=revision.version, at=LATER)
    assert revision.status == "published"


def test_undo_closes_after_ten_seconds_for_others_and_when_something_followed(
    session: Session, who: Cast
) -> None:
    revision = work(session, who, "in_review")
    decision = decisions.reject(session, revision, BARRED, by=who.sari, version=revision.version, at=LATER)
    with pytest.raises(UndoTooLate):
        undo.undo(session, decision, by=who.sari, at=LATER + timedelta(seconds=10))
    with pytest.raises(NotAllowed):
        undo.undo(session, decision, by=who.agus, at=LATER + timedelta(seconds=1))
    second_opinions.disagree(session, revision, Judgement(), by=who.agus, version=revision.version, at=LATER)
    with pytest.raises(UndoTooLate):
        undo.undo(session, decision, by=who.sari, at=LATER + timedelta(seconds=1))


def test_a_decision_is_undone_once(session: Session, who: Cast) -> None:
    revision = work(session, who, "in_review")
    decision = decisions.reject(session, revision, SENT_BACK, by=who.sari, version=revision.version, at=LATER)
    undo.undo(session, decision, by=who.sari, at=LATER)
    with pytest.raises(UndoTooLate):
        undo.undo(session, decision, by=who.sari, at=LATER)


def test_an_undone_answer_to_an_appeal_leaves_it_open(session: Session, who: Cast) -> None:
    revision = work(session, who, "appealed")
    decision = second_opinions.uphold(
        session, revision, Judgement(), by=who.agus, version=revision.version, at=LATER
    )
    undo.undo(session, decision, by=who.agus, at=LATER)
    assert revision.status == "appealed"
    second_opinions.grant(session, revision, Judgement(), by=who.agus, version=revision.version, at=LATER)
    assert revision.status == "submitted"


STATES = (
    "draft", "submitted", "in_review", "changes_requested", "rejection_proposed", "rejected", "appealed", "published",
)  # fmt: skip
STEPS_OF_CURATORS = {
    Step.CLAIM: lambda s, r, by: claims.claim(s, r, by=by, at=LATER),
    Step.RELEASE: lambda s, r, by: claims.release(s, r, by=by, at=LATER),
    Step.APPROVE: lambda s, r, by: decisions.approve(s, r, PASSES, by=by, version=r.version, at=LATER),
    Step.REQUEST_CHANGES: lambda s, r, by: decisions.request_changes(s, r, SENT_BACK, by=by, version=r.version, at=LATER),
    Step.REJECT: lambda s, r, by: decisions.reject(s, r, SENT_BACK, by=by, version=r.version, at=LATER),
    Step.PROPOSE_REJECTION: lambda s, r, by: decisions.reject(s, r, BARRED, by=by, version=r.version, at=LATER),
    Step.CONFIRM_REJECTION: lambda s, r, by: second_opinions.confirm_rejection(
        s, r, Judgement(), by=by, version=r.version, at=LATER),
    Step.DISAGREE: lambda s, r, by: second_opinions.disagree(s, r, Judgement(), by=by, version=r.version, at=LATER),
    Step.UPHOLD: lambda s, r, by: second_opinions.uphold(s, r, Judgement(), by=by, version=r.version, at=LATER),
    Step.GRANT: lambda s, r, by: second_opinions.grant(s, r, Judgement(), by=by, version=r.version, at=LATER),
}  # fmt: skip
DECIDING = (Step.APPROVE, Step.REQUEST_CHANGES, Step.REJECT, Step.PROPOSE_REJECTION)
MAY = {
    "curator": {Actor.CURATOR, Actor.SECOND_CURATOR},
    "own": set(),
    "admin": set(),
    "chair": set(),
    "buyer": set(),
}


@pytest.mark.parametrize("step", STEPS_OF_CURATORS, ids=str)
@pytest.mark.parametrize("live", [False, True], ids=["new", "live"])
def test_every_state_and_every_actor_follow_the_table(
    session: Session, who: Cast, step: Step, live: bool
) -> None:
    """The curator is the one who holds it, or who decided nothing before; deciding about a free work claims it."""
    people = {
        "curator": who.agus, "own": who.own, "admin": who.admin, "chair": who.chair,
        "buyer": curator(session, "Buyer", is_curator=False),
    }  # fmt: skip
    make = revision_of_live if live else work
    for status in STATES:
        revision = make(session, who, status, holder=who.agus)
        row = STEPS.get((status, step))  # type: ignore[call-overload]
        if status == "submitted" and step in DECIDING:
            row = STEPS["in_review", step]  # type: ignore[index]
        held_already = step is Step.CLAIM and status == "in_review"
        for name, by in people.items():
            may = held_already or (row is not None and row[1] in MAY[name])
            savepoint = session.begin_nested()
            try:
                STEPS_OF_CURATORS[step](session, revision, by)
            except (NotAllowed, WrongState, ChangedMeanwhile):
                assert not may or name != "curator", (status, step, name)
                assert revision.status == status
            else:
                assert may and name == "curator", (status, step, name)
                after = row[0] if row else status
                assert revision.status == after
                assert live or revision.listing.status == after
                assert held_already or events(session, step)[-1].to_status == after
            savepoint.rollback()


@pytest.mark.parametrize("act", [claims.claim])
def test_a_past_member_never_decides_about_the_group(session: Session, who: Cast, act) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(OwnGroup):
        act(session, work(session, who), by=who.own, at=LATER)
