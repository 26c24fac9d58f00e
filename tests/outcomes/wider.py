"""Northshire with five more districts, so that there are enough areas to set side by side."""

from typing import TYPE_CHECKING

from partnerships import areas
from tests.universe import FILES
from tests.uploading import publish

if TYPE_CHECKING:
    from tests.universe import World

NORTHSHIRE, ASHBY, BIRKDALE, COTTERHAM, ENGLAND = "E10000099", "E07000901", "E07000902", "E07000903", "E92000001"
MORE = {"E07000904": "Dunmere", "E07000905": "Elmwick", "E07000906": "Fernley", "E07000907": "Garston"}
DUNMERE, ELMWICK, FERNLEY, GARSTON = MORE
# Of a thousand children each: how many are ready for school, and how many have healthy teeth.
READY = {DUNMERE: 560, ELMWICK: 690, FERNLEY: 840, GARSTON: 700}
TEETH = {DUNMERE: 640, ELMWICK: 780, FERNLEY: 900, GARSTON: 760}


def widen(world: "World") -> None:
    """Seven districts in all, with figures of school-ready and healthy-teeth for 2023."""
    header = (FILES / "areas.csv").read_bytes().splitlines()[0]
    rows = [f"{code},{name},,district,{NORTHSHIRE},,,,".encode() for code, name in MORE.items()]
    partnerships = (FILES / "partnerships.yaml").read_text()
    footprint = "".join(f"      - {code}\n" for code in MORE)
    partnerships = partnerships.replace("    comparators:\n", f"{footprint}    comparators:\n", 1)
    areas.load(files={"areas.csv": b"\n".join([header, *rows]), "partnerships.yaml": partnerships.encode()})
    publish(
        world,
        *(f"school-ready,{code},2023,{count / 10},,,{count},1000" for code, count in READY.items()),
        *(f"healthy-teeth,{code},2023,{count / 10},,,{count},1000" for code, count in TEETH.items()),
        file_name="wider.csv",
    )
