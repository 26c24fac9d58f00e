import pytest

from indicators.sheetxml import MOST_CELLS, Survey, last_xlsx_row, survey_ods, survey_xlsx
from tests.indicators.files import ods, ods_empty, ods_number, ods_row, ods_text, unzipped

WORKBOOK = (
    b'<workbook><sheets><sheet name="A" sheetId="1" r:id="rId1"/><sheet name="B" r:id="rId2"/></sheets></workbook>'
)
RELATIONS = (
    b'<Relationships><Relationship Target="/xl/worksheets/sheet1.xml" Id="rId1"/>'
    b"<Relationship Id='rId2' Target='worksheets/sheet2.xml'/></Relationships>"
)
STYLES = (
    b'<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/>'
    b'<numFmt numFmtId="165" formatCode="0.0&quot;%&quot;"/>'
    b'<numFmt numFmtId="166" formatCode="0\\%"/></numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    b'<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"><a/></xf><xf numFmtId="166"/>'
    b"</cellXfs></styleSheet>"
)


def parts(rows: str) -> dict[str, bytes]:
    sheet = f"<worksheet><cols><col min='1'/></cols><sheetData>{rows}</sheetData></worksheet>"
    return {
        "xl/workbook.xml": WORKBOOK,
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/styles.xml": STYLES,
        "xl/worksheets/sheet1.xml": sheet.encode(),
    }


def surveyed(rows: str, index: int = 0) -> Survey:
    return survey_xlsx(parts(rows), index)


@pytest.mark.parametrize(
    ("rows", "reach"),
    [
        ("", (0, 0)),
        ('<row r="1"><c r="A1"><v>1</v></c></row>', (1, 1)),
        ('<row r="7"><c r="AB7" s="1" t="n"><v>1</v></c></row>', (7, 28)),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', (1048576, 16384)),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="Z1" s="1"/></row>', (1, 1)),
        ("<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>1</v></c></row>", (2, 2)),
        ('<row r="9"><c><v>1</v></c><c><v>2</v></c></row>', (9, 2)),
        ('<x:row r="2"><x:c r="C2"><x:v>1</x:v></x:c></x:row>', (2, 3)),
        ("<row r='2'><c t='n' r='C2'><v>1</v></c></row>", (2, 3)),
        ('<row r="2"><c cm=">" r = "C2"><v>1</v></c></row>', (2, 3)),
        ('<row r="many"><c r="?"><v>1</v></c></row>', (1, 1)),
    ],
)
def test_a_sheet_reaches_as_far_as_its_last_cell_with_anything_in_it(rows, reach):
    survey = surveyed(rows)
    assert (survey.rows, survey.columns) == reach
    assert survey.reaches_too_far == (reach[0] * reach[1] > MOST_CELLS)


def test_percentages_are_the_cells_that_show_a_percent_sign_which_is_not_a_mere_text():
    cells = "".join(f'<c r="{column}1" s="{style}"><v>0.5</v></c>' for style, column in enumerate("ABCDE"))
    assert surveyed(f'<row r="1">{cells}</row>').percentages == {(0, 1), (0, 2)}


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="A1" t="e"></c>', "#ERROR!"),
        ('<c r="A1"><f>1+1</f></c>', "=1+1"),
        ('<c r="A1"><f>1+1</f><v/></c>', "=1+1"),
        ('<c r="A1"><f>1+1</f><v></v></c>', "=1+1"),
        ('<c r="A1"><f>A2&amp;B2</f><v /></c>', "=A2&B2"),
        ('<c r="A1"><f t="shared" si="0"/></c>', "="),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', None),
        ('<c r="A1" t="str"><f>T(1)</f><v></v></c>', None),
        ('<c r="A1" t="inlineStr"><is><t>x</t></is></c><c r="B1"><f>1</f><v>1</v></c>', None),
    ],
)
def test_keeps_what_stands_in_cells_that_hold_an_error_or_a_formula_without_a_result(cell, text):
    assert surveyed(f'<row r="1">{cell}</row>').texts == ({(0, 0): text} if text else {})


def test_a_sheet_is_found_by_its_relation_and_one_that_is_not_there_is_a_lookup_error():
    assert surveyed('<row r="1"><c r="A1"><v>1</v></c></row>', 0).rows == 1
    for index in (1, 2):
        with pytest.raises(LookupError):
            surveyed("", index)


@pytest.mark.parametrize(
    ("rows", "last"),
    [
        ("", 0),
        ('<row r="7"><c r="A7" s="1"/></row>', 0),
        ('<row r="7"><c r="A7"><v>1</v></c></row>', 7),
        ('<row r="7"><c r="A7"><f>1+1</f></c></row>', 7),
        ('<row r="7"><c r="A7" t="inlineStr"><is><t>x</t></is></c></row><row r="9"/>', 9),
        ("<x:row><x:c><x:v>1</x:v></x:c></x:row><x:row spans='1:1'><x:c/></x:row>", 2),
    ],
)
def test_the_last_row_of_a_sheet_with_anything_on_it_is_found_at_its_end(rows, last):
    assert last_xlsx_row(parts(rows), 0) == last


def test_an_ods_sheet_reaches_as_far_as_its_last_cell_with_anything_in_it():
    first = ods_row(ods_text("a"), ods_empty(3), ods_text("b"), ods_empty(16000))
    rest = ods_row(ods_empty(16384), repeated=1048000)
    document = unzipped(ods(first + ods_row(ods_empty(9), repeated=4) + ods_row(ods_number(1)) + rest, first))
    reached = [(survey.name, survey.rows, survey.columns) for survey in survey_ods(document)]
    assert reached == [("Sheet1", 6, 5), ("Sheet2", 1, 5)]


def test_an_ods_sheet_of_repeated_cells_is_not_spelt_out():
    document = unzipped(ods(ods_row(ods_number(1, repeated=16384), repeated=1048576)))
    (survey,) = survey_ods(document)
    assert survey.reaches_too_far
    assert not survey.percentages


def test_an_ods_sheet_tells_its_percentages_errors_and_formulas_without_a_result():
    kinds = 'office:value-type="string" calcext:value-type="error"'
    error = f"<table:table-cell {kinds}><text:p>Err:502</text:p></table:table-cell>"
    formula = '<table:table-cell table:formula="of:=1&amp;1"/>'
    row = ods_row(ods_number(0.5, "percentage", repeated=2), ods_number(0.5), error, formula)
    (survey,) = survey_ods(unzipped(ods(row)))
    assert survey.percentages == {(0, 0), (0, 1)}
    assert survey.texts == {(0, 3): "Err:502", (0, 4): "=1&1"}


def test_an_ods_sheet_tells_its_merged_cells():
    wide = '<table:table-cell office:value-type="string" table:number-columns-spanned="3"><text:p>a</text:p>'
    high = wide.replace("columns", "rows")
    end = "</table:table-cell>"
    (survey,) = survey_ods(unzipped(ods(ods_row(ods_empty(2), wide + end) + ods_row(ods_text("b"), high + end))))
    assert survey.merged == [((0, 2), (0, 4)), ((1, 1), (3, 1))]
