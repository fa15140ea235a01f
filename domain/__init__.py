"""Polls, responses, rules and errors. Standard library only."""
