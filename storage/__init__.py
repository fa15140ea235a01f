"""SQLite on the phone. Rows never leave this folder."""
