"""The bars that every screen must pass for people who read, see, hear or press with difficulty."""
