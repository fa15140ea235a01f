"""Tally and disclosure control. No I/O."""
