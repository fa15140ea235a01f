"""`make preview`: the command, with nothing chosen."""

from preview.command import preview
from staff.usage import put_in_words, wording

put_in_words(preview, wording())
preview(prog_name="make preview")
