"""Why an operation was not done."""


class OperationRefused(Exception):
    """Nothing was changed. The message says why and what to do."""
