"""The files that may hold design tokens: one file, all of a folder, or an npm package's tarball."""

from __future__ import annotations

import gzip
import re
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from theming.bounded import TooMuch, Unpacked, is_gzip
from theming.dialects import is_dark
from theming.remarks import Remark, shown

LARGEST_FILE = 20_000_000  # bytes; the largest real set is under two million
LARGEST_TOTAL = 100_000_000  # bytes of all files together, unpacked
MOST_FILES = 2_000  # of tokens; the largest real package has some two hundred
ENDINGS = {".json", ".tokens"}
ARCHIVES = (".tgz", ".tar.gz", ".tar")
NO_TOKENS = {"package.json", "package-lock.json", "tsconfig.json", "components.json", "config.json"}
NO_FOLDERS = {"node_modules", "__MACOSX", ".git"}

#: What somebody kept beside the real thing; left out where the real thing is there too.
_ASIDE = re.compile(r"(?<![a-z])(old|oud|test|tests|backup|deprecated|archive|archief|copy|kopie)(?![a-z])")
#: What builders call the whole set; other files beside one of these are other themes of it.
_WHOLE = ("tokens.json", "index.tokens.json", "list.json", "variables.json", "index.json")
_BUILT = {"dist", "build", "lib"}


@dataclass(frozen=True, slots=True)
class TokenFiles:
    """Contents by name, in the order in which they are read: what comes later wins."""

    contents: Mapping[str, bytes]
    remarks: tuple[Remark, ...]


def gather(path: Path) -> TokenFiles:
    """Everything that may hold tokens. Raises `OSError`; what is damaged or too much is a remark.

    Nothing is written, so no name in a tarball can lead anywhere; links in it are passed over.
    """
    remarks: list[Remark] = []
    if path.is_dir():
        found = dict(_bounded(_in_folder(path, remarks), remarks))
    elif path.name.lower().endswith(ARCHIVES) or is_gzip(path):
        found = dict(_bounded(_in_archive(path, remarks), remarks))
    else:
        found = dict(_bounded(iter([(path.name, path.stat().st_size, path)]), remarks))
    kept = _without_strays(found, remarks)
    return TokenFiles({name: found[name] for name in sorted(kept, key=_order)}, tuple(remarks))


_Entry = tuple[str, int, "Path | bytes"]


def _in_folder(folder: Path, remarks: list[Remark]) -> Iterator[_Entry]:
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        try:
            if _may_hold_tokens(PurePosixPath(name.as_posix())) and file.is_file():
                yield name.as_posix(), file.stat().st_size, file
        except OSError:
            remarks.append(Remark("file-unreadable", shown(name.as_posix())))


def _in_archive(path: Path, remarks: list[Remark]) -> Iterator[_Entry]:
    """The files of a tarball, one after another; a damaged or swollen one ends where that shows."""
    try:
        with Unpacked(path, LARGEST_TOTAL) as unpacked, tarfile.open(fileobj=unpacked, mode="r|") as archive:
            for member in archive:
                if member.size > LARGEST_TOTAL:  # the reader would look for its end, however far
                    raise TooMuch
                name = PurePosixPath(member.name)
                if not member.isreg() or name.is_absolute() or ".." in name.parts:
                    continue
                inside = PurePosixPath(*name.parts[1:]) if name.parts[:1] == ("package",) else name
                if _may_hold_tokens(inside):
                    content = archive.extractfile(member) if member.size <= LARGEST_FILE else None
                    yield inside.as_posix(), member.size, content.read() if content else b""
    except TooMuch:
        remarks.append(Remark("archive-too-large", shown(path.name), {"most": f"{LARGEST_TOTAL // 10**6}"}))
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, ValueError, OverflowError):
        remarks.append(Remark("archive-damaged", shown(path.name)))


def _may_hold_tokens(name: PurePosixPath) -> bool:
    return (
        name.suffix.lower() in ENDINGS
        and name.name.lower() not in NO_TOKENS
        and not NO_FOLDERS & set(name.parts)
        and not is_dark(name.as_posix())
    )


def _bounded(entries: Iterator[_Entry], remarks: list[Remark]) -> Iterator[tuple[str, bytes]]:
    total = count = 0
    for name, size, source in entries:
        if size > LARGEST_FILE:
            remarks.append(Remark("file-too-large", shown(name), {"most": f"{LARGEST_FILE // 10**6}"}))
            continue
        count, total = count + 1, total + size
        if count > MOST_FILES or total > LARGEST_TOTAL:
            remarks.append(Remark("files-too-many", shown(name), {"most": f"{MOST_FILES}"}))
            return
        yield name, source if isinstance(source, bytes) else source.read_bytes()


def _without_strays(found: Mapping[str, bytes], remarks: list[Remark]) -> list[str]:
    """Names without old copies and other themes, unless there is nothing else."""
    kept = [name for name in found if not _ASIDE.search(name.lower())] or list(found)
    whole = {PurePosixPath(name).parent for name in kept if PurePosixPath(name).name in _WHOLE}
    themes = [name for name in kept if _is_built(name) and PurePosixPath(name).parent in whole]
    kept = [name for name in kept if name not in themes or PurePosixPath(name).name in _WHOLE]
    if left := [name for name in found if name not in kept]:
        remarks.append(Remark("files-left-out", shown(left[0]), {"files": shown(", ".join(left), 300)}))
    return kept


def _is_built(name: str) -> bool:
    return bool(_BUILT & set(PurePosixPath(name).parts[:-1]))


def _order(name: str) -> tuple[bool, int, str]:
    """What was built from the rest comes last, and the file by which the set is best known after that."""
    last = PurePosixPath(name).name
    return _is_built(name), -_WHOLE.index(last) if last in _WHOLE else -len(_WHOLE), name
