"""Days and clock times as they are in the Netherlands."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from i18n.wording import Wording


def day_of(moment: datetime) -> date:
    return moment.astimezone(_zone()).date()


def last_whole_day(closes_at: datetime) -> date:
    """The last day on which a resident can answer until midnight."""
    return day_of(closes_at) - timedelta(days=1)


def end_of(day: date) -> datetime:
    """Midnight after the day."""
    return _aware(datetime.combine(day + timedelta(days=1), time()))


def parse_moment(text: str) -> datetime:
    """ISO 8601; without a zone it is a time in the Netherlands. Raises `ValueError`."""
    return _aware(datetime.fromisoformat(text))


def moment_in_words(moment: datetime, say: Wording) -> str:
    clock = moment.astimezone(_zone()).strftime("%H:%M")
    return say.text("{day} at {clock}", day=say.date(day_of(moment)), clock=clock)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        return moment
    zone = _zone()
    return moment.replace(tzinfo=zone) if zone else moment.astimezone()


@lru_cache(maxsize=1)
def _zone() -> ZoneInfo | None:
    try:
        return ZoneInfo("Europe/Amsterdam")
    except ZoneInfoNotFoundError:  # no time zone data on this computer: the computer's own zone
        return None
