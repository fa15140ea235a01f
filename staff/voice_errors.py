"""What can be wrong with a sound, or with the program that speaks."""


class SoundUnfit(Exception):
    """`reason`: `empty`, `kind` (neither WAV nor MP3), `samples` (not 16 bits), `rate` or `long`."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name}: {reason}")
        self.name, self.reason = name, reason


class SpeakerFailed(Exception):
    """The program that speaks is not there, or gave no sound. `reason`: its own words, if any."""

    def __init__(self, program: str, reason: str) -> None:
        super().__init__(f"{program}: {reason}")
        self.program, self.reason = program, reason
