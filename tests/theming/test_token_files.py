"""A package is read where it is: nothing is written, and nothing in it can fill memory or lead elsewhere."""

import gzip
import io
import json
import tarfile

import pytest

from theming import token_files
from theming.importing import import_style
from theming.token_files import gather
from theming.tokens import NoUsableTokens


def link(colour: str) -> bytes:
    return json.dumps({"nl": {"link": {"color": {"value": colour}}}}).encode()


def package(file, members, kind=tarfile.REGTYPE):
    with tarfile.open(file, "w:gz") as archive:
        for name, raw in members:
            member = tarfile.TarInfo(name)
            member.size, member.type = len(raw), kind
            if kind in (tarfile.SYMTYPE, tarfile.LNKTYPE):
                member.size, member.linkname = 0, raw.decode()
            archive.addfile(member, io.BytesIO(raw))
    return file


def codes(path) -> set[str]:
    return {remark.code for remark in gather(path).remarks}


def test_a_package_gives_what_its_folder_gives(tmp_path):
    folder = tmp_path / "wijk"
    members = {"dist/tokens.json": link("#111111"), "src/link.json": link("#222222"), "package.json": b"{}"}
    for name, raw in members.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(raw)
    tarball = package(
        tmp_path / "wijk-1.0.0.tgz", [(f"package/{name}", raw) for name, raw in members.items()]
    )

    packed, loose = import_style(tarball, "Wijk"), import_style(folder, "Wijk")

    assert packed == loose
    assert packed.style.roles.link == "#111111", "what was built wins from what it was built from"


@pytest.mark.parametrize("name", ["../../evil.json", "/evil.json", "package/../../evil.json"])
def test_a_name_that_leads_out_of_the_package_is_passed_over_and_nothing_is_written(name, tmp_path):
    tarball = package(tmp_path / "a.tgz", [(name, link("#111111")), ("package/a.json", link("#222222"))])
    before = sorted(tmp_path.rglob("*"))

    assert import_style(tarball, "Wijk").style.roles.link == "#222222"
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_a_link_in_a_package_is_not_followed(kind, tmp_path):
    (tmp_path / "secret.json").write_bytes(link("#111111"))
    target = str(tmp_path / "secret.json").encode()
    tarball = package(tmp_path / "a.tgz", [("package/a.json", target)], kind)

    with pytest.raises(NoUsableTokens):
        import_style(tarball, "Wijk")


def test_a_package_that_swells_is_read_no_further_than_the_bound(tmp_path):
    swollen = [("package/a.json", link("#222222")), ("package/b.css", b" " * 3_000_000)]
    tarball = package(tmp_path / "a.tgz", swollen)
    assert tarball.stat().st_size < 10_000
    assert codes(tarball) == set(), "the control: within the bound all is read"

    many = [(f"package/{n}.css", b" " * (token_files.LARGEST_FILE - 1)) for n in range(6)]
    tarball = package(tmp_path / "b.tgz", [swollen[0], *many])

    assert codes(tarball) == {"archive-too-large"}
    assert import_style(tarball, "Wijk").style.roles.link == "#222222"


def test_a_header_that_claims_more_than_there_is_ends_the_reading(tmp_path):
    raw = bytearray(gzip.decompress(package(tmp_path / "a.tgz", [("a.json", link("#222222"))]).read_bytes()))
    member = tarfile.TarInfo("package/b.json")
    member.size = 7 * 10**15
    torn = tmp_path / "b.tgz"
    torn.write_bytes(gzip.compress(bytes(raw[:1024]) + member.tobuf()))

    assert codes(torn) <= {"archive-damaged", "archive-too-large", "file-too-large"}
    assert import_style(torn, "Wijk").style.roles.link == "#222222"


@pytest.mark.parametrize("keep", [0, 3, 40, 120])
def test_a_package_that_is_torn_ends_with_one_reason(keep, tmp_path):
    whole = package(tmp_path / "a.tgz", [("package/a.json", link("#222222"))]).read_bytes()
    (tmp_path / "b.tgz").write_bytes(whole[:keep])

    with pytest.raises(NoUsableTokens):
        import_style(tmp_path / "b.tgz", "Wijk")


def test_more_files_than_a_real_package_has_are_not_read(tmp_path):
    members = [(f"package/{n}.json", link("#222222")) for n in range(token_files.MOST_FILES + 4)]

    gathered = gather(package(tmp_path / "a.tgz", members))

    assert len(gathered.contents) == token_files.MOST_FILES
    assert [remark.code for remark in gathered.remarks] == ["files-too-many"]


def test_a_file_larger_than_any_real_one_is_passed_over(tmp_path):
    (tmp_path / "a.json").write_bytes(link("#222222") + b" " * token_files.LARGEST_FILE)
    (tmp_path / "b.json").write_bytes(link("#333333"))

    assert list(gather(tmp_path).contents) == ["b.json"]
    assert codes(tmp_path) == {"file-too-large"}


def test_old_copies_and_other_themes_do_not_overwrite_the_real_one(tmp_path):
    for name, colour in {
        "dist/index.json": "#111111",
        "dist/compact.json": "#222222",
        "figma/tokens-old.json": "#333333",
        "figma/test.tokens.json": "#444444",
        "dist/dark/index.json": "#555555",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(link(colour))

    assert import_style(tmp_path, "Wijk").style.roles.link == "#111111"
    assert codes(tmp_path) == {"files-left-out"}


def test_a_copy_that_is_all_there_is_is_used(tmp_path):
    (tmp_path / "tokens-old.json").write_bytes(link("#333333"))

    assert import_style(tmp_path, "Wijk").style.roles.link == "#333333"


def test_a_file_for_each_set_beside_what_was_built_is_read_as_sets(tmp_path):
    (tmp_path / "sync").mkdir()
    (tmp_path / "sync/$metadata.json").write_text(json.dumps({"tokenSetOrder": ["b", "a"]}))
    (tmp_path / "sync/a.json").write_bytes(link("#111111"))
    (tmp_path / "sync/b.json").write_bytes(link("#222222"))
    (tmp_path / "other.json").write_text(json.dumps({"nl": {"heading": {"color": {"value": "#333333"}}}}))

    imported = import_style(tmp_path, "Wijk")

    assert imported.style.roles.link == "#111111", "the last in the order of the sets"
    assert imported.sources["link"].file == "sync"
