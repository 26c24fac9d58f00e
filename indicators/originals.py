"""The original files of uploads, kept in the database in parts: the only writer of OriginalFile."""

import hashlib
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO

from django.db import transaction

from indicators.models import OriginalFile, OriginalPart

PART = 1024 * 1024
# Beyond this a file that is read again lies on disk, not in memory.
MOST_IN_MEMORY = 16 * PART
FASTEST = 1


def keep(file: IO[bytes]) -> OriginalFile:
    """The file with these bytes, which is kept once however often it comes. Reads from the start, holds a part."""
    digest, size = hashlib.sha256(), 0
    for part in _parts(file):
        digest.update(part)
        size += len(part)
    with transaction.atomic():
        original, is_new = OriginalFile.objects.get_or_create(sha256=digest.hexdigest(), defaults={"size": size})
        if is_new:
            for number, part in enumerate(_parts(file)):
                OriginalPart.objects.create(original=original, number=number, content=zlib.compress(part, FASTEST))
    return original


@contextmanager
def opened(original: OriginalFile) -> Iterator[IO[bytes]]:
    """The bytes again, from the start."""
    with SpooledTemporaryFile(max_size=MOST_IN_MEMORY) as file:
        for part in contents(original):
            file.write(part)
        file.seek(0)
        yield file


def contents(original: OriginalFile) -> Iterator[bytes]:
    """The bytes in order, a part at a time."""
    for part in original.parts.order_by("number").values_list("content", flat=True).iterator(chunk_size=1):
        yield zlib.decompress(bytes(part))


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    file.seek(0)
    while part := file.read(PART):
        yield part
