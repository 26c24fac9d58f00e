"""Files as people bring them, made in memory."""

import base64
import io
import zipfile
import zlib

import openpyxl

ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style")
)
CALCEXT = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'

# The header and two rows of a value file: gld, E10000017, the number 2023, 65.2; gld, E06000008, 2023/24, TRUE.
XLS = zlib.decompress(
    base64.b64decode(
        "eNrtWE1IVFEU/u6bGWdG/JmxMdDABiErE9Ixyo1OBeoqsQgKCerpPGRwmJGXBrXJMpdB0KqIQHDTxmrTDxXUrkVg1CIIgplctgoKInRe55z3no"
        "3lwoGSft73uOeee+495553zz33/bxciOZn7zYW8AN64EPRCqOiRKaohN1GBNRvWcy6dYiK5eGvQjhEgawI4FH1iyDHkONdgIY7/mdEgfdUTmAc"
        "A7msEd9AHBQfdMU+dBNVuEGSGjSIV3VCR4RuEnpbRj4Wul8kl4V209i8GsJCcqC1y9nFx7Vm6asB270vOm9F0oF6POddfP6KsscGcMBM65k/s6"
        "PJX4U5UNz6jaxh6pk8YhTAOXy24sAnN1Ofxj35xsoVSP5ltTy4hvyq5gemYJ2SDT6DWnz1cU8QfenRSdM4vYSjcuKG7JM3nU2lR/SJnElqumno"
        "lKzjhpnOpQLAGT0zaZD2aCZFI3s72hkd+5hv3yuNLtooifZE5+7Enkq2J5kfWZX51ZIRVURT5AzzUcmLCHmwdOvjq0PDg8mTIpkSn+xnwja+DV"
        "i4wBqkXCM9cifgnlbR2CX0oljdInyj0BjtZqpbBusdpm9axlyS3haap1PwOrm9hN9B/MyHww+aZhaTO4mf7y+ci82/Sc6imVYqRfp8TaNNtanr"
        "1xgPk26tnPPjndCGn86SkBZxfLecB18tllEpbFSo3eLVUSstzVkru+Wjls+xpdawpcSW3xmvxBZFEU/INyW2bm7lEYsG22Ir2hpWtFVW7HhVrL"
        "TYCoc2oIWI94m3PVod7rEanZLfUQkPHjx48ODBgwcP/weUvLnab+v8HhlwvgSCzn+dZSpF7zfJP4sjyNE1QR+mvchSbeJsWftnMwLKtaXWqeP+"
        "L2Qco9lNjGFY/Bgre//Sl5wqvZ91K0Z+XQqVO3+xHD9/8/zfAP+814Q="
    )
)
# A cell in the first corner and one in the last, row 65,536 of column IV.
FAR_XLS = zlib.decompress(
    base64.b64decode(
        "eNrtWD1oFEEU/mZzl/shuezFi5AI4QgYNaYRG5tkVdBUhqiFIoJezBWScJHDxjRG45WCYKXYBNLYxNj4gxbaWQgRLQRBuNPSSlCwSG5977tdvF"
        "OLHCRBw3zLfPP2zbz54b15y+yb5XR5/mFPBb9hGC2o+gm01umMlET44kLafV/FsI5L8S3+KyTi4sjWKJ61v46pD9XfFThYirwUBj5JOYtLGJ0u"
        "5LObiMNcQ87oGoaEDe6JJoVurqqTfIG8jfyAPZ+TD1JzkzwkfcvmDJa90YEDQRSfdvrYloKO+5g2H6jZhy680ii+esvU+kZxqHgxN/VvNvRG2r"
        "AA8dtIvpAv5qbKyIgDF/DdzwLfwpP6Imv1m6s3EP2PRn3sL/rbTgSYhX+eAV6S5LrUUnPwyRVJsBqRTi3v5qTMJDX/8ry6Dee1nXHcJjyBDspp"
        "2rmSkVfuf317bHzMO0fNLHN0LZPv1Mnh45paiHGqLssrDdBiL/k6R91BuYeckRiUun+sKxCOzrHPDbb2yzz7iXferjp5t8ilL8ef9JY+e3tEXh"
        "ypzGQW33vz6JPNT4i9PnMYNIPm7h3FUy+sTXDqP5K7/8gAcccN1u8HG+nAKpIU02TtwS+Vaeyhn6809z3sdOKRDiY55BeSsLCwsLCwsLCwsNga"
        "MMEdQ+8deh+IBneKWPBfZ1VK1f4m2bI4gWl5LsvF9AgKUhdxpan42Y6oCccya7QJ/xcqTsnsRUxinOuYbDp+5U5o6vezZkN3/Y5Qs/NXm1nnBs"
        "//E7ZLvZ8="
    )
)


def xlsx(*rows: list, prepare=lambda book: None) -> bytes:
    """A workbook with these rows on its only sheet, changed by `prepare` before it is saved."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    prepare(book)
    return saved(book)


def merged() -> bytes:
    """A title over three columns, an area over two rows, a year over two columns."""

    def prepare(book: openpyxl.Workbook) -> None:
        for cells in ("A1:C1", "A2:A3", "B2:C2"):
            book.active.merge_cells(cells)

    rows = ["Children by year", None, None], ["Area", 2023, None], [None, "Boys", "Girls"], ["Conwy", 1, 2]
    return xlsx(*rows, prepare=prepare)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def ods(*sheets: str, manifest: str = "") -> bytes:
    """A document with these sheets, each the XML of its rows."""
    tables = "".join(
        f'<table:table table:name="Sheet{number}">{rows}</table:table>' for number, rows in enumerate(sheets, 1)
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS_TYPE}"/>{manifest}'
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return zipped(
        {
            "mimetype": ODS_TYPE,
            "META-INF/manifest.xml": f'<manifest:manifest xmlns:manifest="{space}">{entry}</manifest:manifest>',
            "content.xml": f"<office:document-content {ODS_SPACES} {CALCEXT}>{body}</office:document-content>",
        }
    )


def ods_row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def ods_text(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def ods_number(number: float, kind: str = "float", repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="{kind}" office:value="{number}"'
        f' table:number-columns-repeated="{repeated}"><text:p>{number}</text:p></table:table-cell>'
    )


def ods_empty(repeated: int = 1) -> str:
    return f'<table:table-cell table:number-columns-repeated="{repeated}"/>'
