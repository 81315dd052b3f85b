"""How long things about signing in last."""

from datetime import timedelta

SIGN_IN_LASTS = timedelta(days=30)
LINK_LASTS = {
    "confirm_email": timedelta(days=3),
    "change_email": timedelta(days=1),
    "undo_email": timedelta(days=7),
    "reset_password": timedelta(hours=1),
    "first_password": timedelta(days=3),
    "join_producer": timedelta(days=14),
    "invite_staff": timedelta(days=7),
}
