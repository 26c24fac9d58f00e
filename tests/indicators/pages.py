"""Words of the pages of uploads, and files to bring to them."""

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.indicators.ground import table


def seen(response) -> str:
    """The words of a page, without markup and doubled blanks."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", response.content.decode())).split())


def file(content: bytes, name: str = "figures.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def downloaded(response) -> bytes:
    return b"".join(response.streaming_content)


def bring(browse, *rows: str, by: str = "olive", **fields):
    return browse("upload-new", by=by, post={"file": file(table(*rows)), **fields})
