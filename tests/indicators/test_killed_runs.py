"""A run whose process is killed, in a request or in the worker, leaves nothing, says so, and succeeds when taken up."""

from pathlib import Path

import pytest

from tests.indicators.ground import ASHBY, HEADER
from tests.indicators.scratch import PATIENCE, lay

SCRIPT = Path(__file__).parent / "run_and_pause.py"
STANDING = "SELECT count(*) FROM indicators_value"
STATE = "SELECT state FROM indicators_upload"


@pytest.mark.parametrize("who", ["web", "worker"])
@pytest.mark.parametrize("deed", ["check", "publish"])
def test_nothing_of_it_stands_and_the_second_try_succeeds(scratch, tmp_path, deed, who):
    lay(scratch)
    file = tmp_path / "figures.csv"
    rows = (f"school-ready,{ASHBY},{year},70,,,,,,," for year in range(1990, 2020))
    file.write_text("\n".join([HEADER, *(row.removesuffix(",") for row in rows)]))
    run = scratch.run("prepare", str(file), deed, script=SCRIPT).strip()
    before = scratch.ask(STATE)

    process = scratch.start_and_pause(tmp_path / "middle", deed, who, run, script=SCRIPT)
    assert scratch.ask(STANDING) == [(0,)], "somebody else sees half of it"
    process.kill()
    process.communicate(timeout=PATIENCE)

    assert scratch.ask(STANDING) == [(0,)]
    assert scratch.ask(STATE) == before
    found, taken_up = scratch.run("again", run, script=SCRIPT).splitlines()
    assert found == f"running lost {before[0][0]}"
    after = "checked" if deed == "check" else "published"
    assert taken_up == f"done 2 {after}"
    assert scratch.ask(STANDING) == [(0 if deed == "check" else 30,)]
