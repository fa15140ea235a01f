"""A house style travels as a document, and a document that residents could not read is refused."""

import copy
import json

import pytest

from theming.default_style import DEFAULT
from theming.house_style import StyleUnreadable, from_document, to_document


def changed(*path: str | int, value: object = None, gone: bool = False) -> dict:
    document = copy.deepcopy(to_document(DEFAULT))
    place = document
    for step in path[:-1]:
        place = place[step]
    if gone:
        del place[path[-1]]
    else:
        place[path[-1]] = value
    return document


def test_a_style_is_the_same_after_a_journey_as_json():
    assert from_document(json.loads(json.dumps(to_document(DEFAULT)))) == DEFAULT


def test_a_newer_server_may_say_more():
    assert from_document(changed("schemes", "light", "tertiary", value="#123456")) == DEFAULT


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (None, "document"),
        ([], "document"),
        ({}, "samenspraak-house-style"),
        (changed("version", value=2), "version 1"),
        (changed("name", value=""), "name"),
        (changed("name", value=3), "name"),
        (changed("body_font", value="x" * 501), "body_font"),
        (changed("schemes", "dark-high", gone=True), "schemes.dark-high"),
        (changed("schemes", "light", "link", gone=True), "schemes.light.link"),
        (changed("schemes", "light", "link", value="red"), "schemes.light.link"),
        (changed("schemes", "light", "link", value="#12345G"), "schemes.light.link"),
        (changed("schemes", "light", "link", value="#12345678"), "schemes.light.link"),
        (changed("radius", value="8px"), "radius"),
        (changed("radius", value=True), "radius"),
        (changed("radius", value=float("nan")), "radius"),
        (changed("radius", value=-1), "radius"),
        (changed("radius", value=999), "radius"),
        (changed("roles", "link", value="javascript:"), "roles.link"),
        (changed("warnings", value={}), "warnings"),
        (changed("warnings", value=[{"code": "x"}]), "path"),
    ],
)
def test_a_bad_document_is_refused_with_the_reason(document, reason):
    with pytest.raises(StyleUnreadable, match=reason):
        from_document(document)


def test_a_document_that_residents_could_not_read_is_refused():
    with pytest.raises(StyleUnreadable, match="dark: link on surface"):
        from_document(changed("schemes", "dark", "link", value="#333333"))
