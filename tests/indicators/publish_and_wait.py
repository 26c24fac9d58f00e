"""Publishes a checked file, for a test of two people who publish at once.

python publish_and_wait.py SIGNAL publish UPLOAD [GO]     the file SIGNAL appears once it holds the figures or, without
GO, once it is about to publish; it goes on when the file GO appears, and prints what became of it
python publish_and_wait.py prepare FILE                   keeps and checks a file, prints the upload
"""

import os
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def prepare(file: str) -> None:
    from indicators import savedlayouts, uploads
    from indicators.scope import scope_of
    from partnerships.models import Partnership, User

    by, partnership = User.objects.get(), Partnership.objects.get(slug="northshire")
    with open(file, "rb") as content:
        upload = uploads.receive(
            file=content, file_name="figures.csv", partnership=partnership, by=by, how=savedlayouts.own()
        )
    uploads.check(upload=upload, scope=scope_of(partnership=partnership, indicators=(), by=by))
    print(upload.pk)


def publish(signal: str, upload_id: str, go: str = "") -> None:
    from indicators import succession, uploads
    from indicators.models import Upload
    from partnerships.models import User

    statement = succession.run

    def write(text: str, parameters: list) -> int:
        if text.startswith("INSERT"):
            Path(signal).touch()
            while not Path(go).exists():
                time.sleep(0.02)
        return statement(text, parameters)

    if go:
        succession.run = write
    upload, by = Upload.objects.get(pk=upload_id), User.objects.get()
    if not go:
        Path(signal).touch()
    try:
        print(uploads.publish(upload=upload, by=by, confirm_doubtful=True).state)
    except uploads.FiguresChanged:
        upload.refresh_from_db()
        print(upload.state, upload.added, upload.changed)


def main(first: str, *rest: str) -> None:
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    if first == "prepare":
        prepare(*rest)
    else:
        publish(first, *rest[1:])


if __name__ == "__main__":
    main(*sys.argv[1:])
