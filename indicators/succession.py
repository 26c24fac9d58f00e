"""Which figure of a fact stands, changed for whole uploads at once: what indicators.uploads does to values.

Of each fact the figure that was published last stands, of those whose upload is not withdrawn.
"""

from collections.abc import Iterator

from django.db.models import Max

from indicators.models import FACT, Outcome, Upload, UploadState
from indicators.staging import CARRIED, STAGED, VALUES, run

UPLOADS = Upload._meta.db_table


def succeed(upload: Upload, *, at_once: int) -> Iterator[int]:
    """Makes what an upload adds and changes stand, `at_once` staged figures a step; yields how many it wrote."""
    changed = f"SELECT standing_id FROM {STAGED} WHERE upload_id = %s AND outcome = '{Outcome.CHANGED}'"
    run(f"UPDATE {VALUES} SET is_current = %s WHERE id IN ({changed})", [False, upload.pk])
    last = upload.staged.aggregate(last=Max("place"))["last"]
    carried = ", ".join(f'"{name}"' for name in CARRIED)
    for start in range(0, 0 if last is None else last + 1, at_once):
        yield run(
            f"""INSERT INTO {VALUES} (upload_id, is_current, {carried}) SELECT upload_id, %s, {carried} FROM {STAGED}
            WHERE upload_id = %s AND outcome IN ('{Outcome.ADDED}', '{Outcome.CHANGED}') AND place >= %s AND place < %s
            ORDER BY place""",
            [True, upload.pk, start, start + at_once],
        )


def give_way(upload: Upload) -> tuple[int, int]:
    """Lets what stands of an upload that is withdrawn give way; the newest figures of the published others stand again.

    Returns how many stand again, and how many of this upload stood.
    """
    ended = run(f"UPDATE {VALUES} SET is_current = %s WHERE upload_id = %s AND is_current", [False, upload.pk])
    fact = ", ".join(f"o.{name}" for name in FACT)
    restored = run(
        f"""UPDATE {VALUES} SET is_current = %s WHERE id IN (SELECT id FROM (
            SELECT o.id, ROW_NUMBER() OVER (PARTITION BY {fact} ORDER BY u.published_at DESC, o.id DESC) AS place
            FROM {VALUES} AS v
            JOIN {VALUES} AS o ON {_same_fact("o")} AND NOT o.is_current AND o.upload_id <> v.upload_id
            JOIN {UPLOADS} AS u ON u.id = o.upload_id AND u.state = '{UploadState.PUBLISHED}'
            WHERE v.upload_id = %s AND NOT EXISTS (
                SELECT 1 FROM {VALUES} AS c WHERE c.is_current AND {_same_fact("c")})) AS others WHERE place = 1)""",
        [True, upload.pk],
    )
    return restored, ended


def _same_fact(other: str) -> str:
    return " AND ".join(f"{other}.{name} = v.{name}" for name in FACT)
