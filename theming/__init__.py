"""House style to Flet theme; large letters; high contrast."""
