"""What is on a printed page: the text that is read from it, and the QR codes that a camera finds."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import zxingcpp
from PIL import Image

DOTS_PER_MM = 4
POINTS_PER_MM = 72 / 25.4


def printed(path: Path) -> str:
    """The text of all pages, line by line."""
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(_text(page) for page in document)


def scanned(*paths: Path) -> list[str]:
    """What a camera reads from the pages, in their order."""
    found = []
    for path in paths:
        with pypdfium2.PdfDocument(path) as document:
            for page in document:
                found += [barcode.text for barcode in _qr_codes(_picture(page, scale=3))]
    return found


def read(page: pypdfium2.PdfPage) -> str:
    """The page's text, on one line."""
    return " ".join(_text(page).split())


def picture(page: pypdfium2.PdfPage) -> Image.Image:
    """The page in grey, with `DOTS_PER_MM`."""
    return _picture(page, scale=DOTS_PER_MM / POINTS_PER_MM)


def qr_code(image: Image.Image) -> zxingcpp.Barcode:
    """The only one there is."""
    [barcode] = _qr_codes(image)
    return barcode


def qr_box(image: Image.Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the QR code in dots, without the quiet zone."""
    corners = qr_code(image).position
    return (
        corners.top_left.x - 1,
        corners.top_left.y - 1,
        corners.bottom_right.x + 1,
        corners.bottom_right.y + 1,
    )


def _text(page: pypdfium2.PdfPage) -> str:
    text: str = page.get_textpage().get_text_bounded()
    return text


def _picture(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    return page.render(scale=scale).to_pil().convert("L")


def _qr_codes(image: Image.Image) -> list[zxingcpp.Barcode]:
    """Of QR codes only: chance makes other barcodes of lines of words."""
    return zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
