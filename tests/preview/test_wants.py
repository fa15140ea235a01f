"""What staff choose becomes what a resident would choose on her own phone."""

import pytest

from preview.wants import LETTERS, Unfit, Wants

WANTS = Wants("a", "b", "introduction")


@pytest.mark.parametrize("letters", LETTERS)
def test_letters_are_the_apps_own_as_far_as_they_go_and_the_phones_beyond(letters):
    wants = WANTS.changed({"letters": letters})

    assert wants.app_scale <= 200
    assert wants.app_scale * wants.phone_scale == pytest.approx(100 * letters)
    assert wants.phone_scale == 100 or wants.app_scale == 200


def test_every_choice_reaches_the_settings_that_the_app_keeps():
    chosen = {"language": "ar", "letters": 320, "contrast": True, "dark": True, "own_letters": True}

    assert WANTS.changed(chosen).settings() == {
        "language": "ar",
        "scale": "200",
        "brightness": "dark",
        "contrast": "yes",
        "plain-letters": "no",
    }
    assert WANTS.changed(chosen).scheme == "dark-high"


@pytest.mark.parametrize(
    "asked",
    [
        {"language": "xx"},
        {"letters": 90},
        {"device": "fridge"},
        {"sight": "x-ray"},
        {"dark": "yes"},
        {"letters": True},
        {"colour": "red"},
    ],
)
def test_what_is_not_offered_is_refused_and_changes_nothing(asked):
    with pytest.raises(Unfit) as refused:
        WANTS.changed(asked)

    assert refused.value.name == next(iter(asked))
