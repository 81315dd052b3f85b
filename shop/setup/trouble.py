"""What set-up cannot mend by itself, told in one sentence."""


class TroubleError(Exception):
    """Set-up stops. The message is one plain sentence that says what to do."""
