"""Documents and statements on paper: what was agreed, asked for and paid, as PDF in the reader's language."""
