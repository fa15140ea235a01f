"""Wording: texts, plurals, dates and numbers, per language."""
