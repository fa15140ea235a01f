"""One municipality's own app: what `flet build` makes it of, written into a folder."""
