"""Reads whole published files as the tests read their extracts, and prints what became of them.

python -m tests.whole_files FOLDER
"""

import gzip
import os
import sys
import tempfile
import time
from pathlib import Path

import django


def main(folder: Path) -> int:
    from tests.indicators.shapes import SHAPES
    from tests.indicators.test_published_shapes import agree

    print(f"{'file':<52} {'choices':>7} {'rows':>8} {'figures':>8} {'left out':>8} {'compared':>8} {'seconds':>7}")
    for shape in SHAPES:
        with tempfile.TemporaryDirectory() as unpacked:
            path = _unpacked(folder / (shape.whole or shape.file), Path(unpacked))
            started = time.perf_counter()
            reading, compared = agree(shape, path)
        name = f"{shape.whole or shape.file} {shape.sheet}".strip()
        numbers = f"{reading.rows:>8} {reading.read:>8} {reading.left_out:>8} {compared:>8}"
        print(f"{name:<52} {len(shape.choices):>7} {numbers} {time.perf_counter() - started:>7.1f}")
    return 0


def _unpacked(path: Path, folder: Path) -> Path:
    if path.suffix != ".gz":
        return path
    plain = folder / path.stem
    plain.write_bytes(gzip.decompress(path.read_bytes()))
    return plain


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    sys.exit(main(Path(sys.argv[1])))
