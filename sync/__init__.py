"""Phone to servers and back: enrol, pull, draw tokens, seal, hand over."""
