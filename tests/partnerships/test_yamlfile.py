"""A YAML file is read strictly, remembers its lines, and is held against a schema with every error said."""

import pytest

from partnerships import yamlfile
from partnerships.problems import Problem
from partnerships.yamlfile import Rejected, did_you_mean

SCHEMA = {
    "type": "object",
    "required": ["code", "items"],
    "additionalProperties": False,
    "properties": {
        "code": {
            "type": "string",
            "maxLength": 5,
            "minLength": 2,
            "pattern": "^[a-z]+$",
            "description": "small letters",
        },
        "items": {"type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": True},
        "size": {"type": "number", "minimum": 0, "exclusiveMaximum": 10},
        "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        "word": {"type": "string", "minLength": 1},
        "flag": {"type": "boolean"},
        "either": {"type": ["string", "null"]},
        "day": {"type": "string", "format": "date"},
        "account": {"type": "string", "format": "email"},
        "kind": {"enum": ["high", "low"]},
        "inner": {"type": "object", "properties": {"deep": {"type": "integer"}}},
        "never": {"not": {}},
    },
    "dependentRequired": {"size": ["word"]},
}
GOOD = b"code: abc\nitems: [1]\n"


def said(content: bytes, schema: dict = SCHEMA) -> list[str]:
    with pytest.raises(Rejected) as refused:
        yamlfile.read(content, file="f.yaml", schema=schema)
    return [str(problem) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("true", True),
        ("false", False),
        ("True", "True"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("12", 12),
        ("-12", -12),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("007", "007"),
        ("1_000", "1_000"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("2024-03-31", "2024-03-31"),
        ("2024", 2024),
        ("'2024'", "2024"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("1e999", "1e999"),
        ("9" * 19, "9" * 19),
        (".", "."),
        ("null", None),
        ("~", None),
        ("", None),
        ("'null'", "null"),
        ("|\n  two\n  lines", "two\nlines\n"),
        ("[a, 'b']", ["a", "b"]),
    ],
)
def test_a_value_means_what_is_typed(typed, value):
    read = yamlfile.parse(f"key: {typed}\n".encode(), file="f.yaml").data["key"]
    assert read == value
    assert type(read) is type(value)


def test_a_byte_order_mark_and_the_line_ends_of_windows_are_read():
    document = yamlfile.parse(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n", file="f.yaml")
    assert document.data == {"a": 1, "b": 2}
    assert document.line(("b",)) == 2


def test_a_document_knows_the_line_of_every_key_and_item():
    document = yamlfile.parse(b"# first\na: 1\nb:\n  - x\n  - c:\n      d: 2\n", file="f.yaml")
    assert document.line(()) == 2
    assert document.line(("a",)) == 2
    assert document.line(("b", 0)) == 4
    assert document.line(("b", 1, "c", "d")) == 6


def test_what_is_not_there_has_the_line_of_what_is_around_it():
    document = yamlfile.parse(b"a: 1\nb:\n  - x\n", file="f.yaml")
    assert document.line(("b", 0, "c", "d")) == 3
    assert document.line(("b", 7)) == 2
    assert document.line(("z",)) == 1


def test_a_problem_has_line_key_and_value_as_typed():
    document = yamlfile.parse(b"a:\n  b: [yes]\n", file="f.yaml")
    assert document.problem(("a", "b", 0), "Wrong.") == Problem("Wrong.", "f.yaml", 2, "b", "yes")
    assert document.problem(("a",), "Wrong.", column="c") == Problem("Wrong.", "f.yaml", 1, "c", None)


def test_an_entry_reads_texts_days_parts_and_items():
    top = yamlfile.parse(b"t: ' x '\nd: 2024-03-31\np: {t: y}\ni: [{t: z}]\n", file="f.yaml").top
    assert top.texts("t", "u") == {"t": "x", "u": ""}
    assert str(top.day("d")) == "2024-03-31"
    assert top.day("e") is None
    assert top.part("p").text("t") == "y"
    assert top.part("q").text("t") == ""
    assert [item.text("t") for item in top.items("i")] == ["z"]
    assert top.items("i")[0].problem("t", "Wrong.").line == 4


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("size: -1\nword: w", "f.yaml:3: column 'size': This must be 0 or more. ('-1')"),
        ("size: 10\nword: w", "f.yaml:3: column 'size': This must be less than 10. ('10')"),
        ("share: 0", "f.yaml:3: column 'share': This must be more than 0. ('0')"),
        ("share: 1.5", "f.yaml:3: column 'share': This must be 1 or less. ('1.5')"),
        ("size: true\nword: w", "f.yaml:3: column 'size': This must be a number. ('true')"),
        ("word: ''", "f.yaml:3: column 'word': This must not be empty. ('')"),
        ("word: 12", "f.yaml:3: column 'word': This must be text: put it in quotes. ('12')"),
        ("word: [a]", "f.yaml:3: column 'word': This must be text."),
        ("word:", "f.yaml:3: column 'word': Nothing is written here: write text, or leave the key out. ('')"),
        ("flag: yes", "f.yaml:3: column 'flag': This must be true or false. ('yes')"),
        ("either: 1", "f.yaml:3: column 'either': This must be text or nothing. ('1')"),
        ("day: 31.03.2024", "f.yaml:3: column 'day': This must be a date of the calendar, written like 2024-03-31."),
        ("account: nobody", "f.yaml:3: column 'account': This must be written as: email. ('nobody')"),
        ("kind: hihg", "f.yaml:3: column 'kind': This must be one of: high, low. Did you mean “high”? ('hihg')"),
        ("kind: [high]", "f.yaml:3: column 'kind': This must be one of: high, low."),
        ("inner: x", "f.yaml:3: column 'inner': This must be keys with values (“key: value”). ('x')"),
        ("inner:\n  deep: 1.5", "f.yaml:4: column 'deep': This must be a whole number. ('1.5')"),
        ("size: 1", "f.yaml:1: One key calls for another that is missing (size: word)."),
        ("wrod: x", "f.yaml:3: column 'wrod': This key is not known here. Did you mean “word”?"),
        ("never: x", "f.yaml:3: column 'never': This is not as it should be (not). ('x')"),
    ],
)
def test_a_value_that_the_schema_forbids_is_said_in_words(line, expected):
    (found,) = said(GOOD + line.encode())
    assert found.startswith(expected)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"code: a\nitems: [1]", "f.yaml:1: column 'code': This must have at least 2 characters. ('a')"),
        (b"code: abcdef\nitems: [1]", "f.yaml:1: column 'code': This may have at most 5 characters and has 6."),
        (b"code: AB\nitems: [1]", "f.yaml:1: column 'code': This must be small letters. ('AB')"),
        (b"code: ab\nitems: []", "f.yaml:2: column 'items': This list must have at least 1."),
        (b"code: ab\nitems: [1, 2, 3, 4]", "f.yaml:2: column 'items': This list may have at most 3."),
        (b"code: ab\nitems: [1, 1]", "f.yaml:2: column 'items': The same stands twice in this list."),
        (b"code: ab", "f.yaml:1: column 'items': This key is missing."),
        (b"[]", "f.yaml:1: This must be keys with values (“key: value”)."),
    ],
)
def test_what_is_missing_or_too_much_is_said_in_words(content, expected):
    assert said(content)[0].startswith(expected)


def test_a_constant_is_named():
    assert said(b"a: 2", {"properties": {"a": {"const": 1}}}) == ["f.yaml:1: column 'a': This must be 1. ('2')"]


def test_a_pattern_without_words_is_shown_itself():
    assert said(b"a: 2x", {"properties": {"a": {"pattern": "^x"}}}) == ["f.yaml:1: column 'a': This must be ^x. ('2x')"]


def test_every_error_is_said_once_and_by_line():
    lines = [text.split(":")[1] for text in said(b"kind: x\nwrod: 1\nshare: -1\ncode: A\n")]
    assert lines == ["1", "1", "2", "3", "4", "4"]


def test_a_flood_of_errors_is_cut_short():
    content = b"xs: [" + b"1, " * 5000 + b"1]"
    schema = {"properties": {"xs": {"items": {"type": "integer", "minimum": 2}}}}
    many = b"xs:\n" + b"- 1\n" * 5000
    assert len(said(content, schema)) <= 2
    assert len(said(many, schema)) == yamlfile.MAX_PROBLEMS + 1
    assert said(many, schema)[-1].endswith("There may be more wrong than is listed here: put this right first.")


def test_the_place_where_an_open_bracket_stands_is_named():
    assert said(b"a: [1,\nb: 2\nc: 3\n") == [
        "f.yaml:3: This is not YAML that can be read: did not find expected ',' or ']'."
        " Look at line 1 too, where this part begins."
    ]


@pytest.mark.parametrize(
    ("word", "known", "offer"),
    [("visoin", ["vision", "version"], " Did you mean “vision”?"), ("colour", ["vision"], ""), ("x", [], "")],
)
def test_the_nearest_known_word_is_offered(word, known, offer):
    assert did_you_mean(word, known) == offer


def test_depth_is_limited_and_what_is_within_is_read():
    def nested(depth: int) -> bytes:
        return b"a: " + b"[" * depth + b"]" * depth

    assert yamlfile.parse(nested(yamlfile.MAX_DEPTH), file="f.yaml").data
    with pytest.raises(Rejected, match="nested more than 40 deep"):
        yamlfile.parse(nested(yamlfile.MAX_DEPTH + 1), file="f.yaml")


def test_size_is_limited_and_what_is_within_is_read():
    content = b"a: " + b"x" * (yamlfile.MAX_BYTES - 3)
    assert yamlfile.parse(content, file="f.yaml").data
    with pytest.raises(Rejected, match="larger than 1 MB"):
        yamlfile.parse(content + b"x", file="f.yaml")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"a: 1\na: 2\nb:\n  c: 1\n  c: 2\n", ["This key stands here twice, first in line 1.",
                                               "This key stands here twice, first in line 4."]),
        (b"a: &x [1]\nb: *x\n", ["A name for a place", "A reference to another place"]),
        (b"&k a: 1\n", ["A name for a place"]),
        (b"a: !!str 5\n", ["A type (!name) is not read."]),
        (b"a: ! 5\n", ["A type (!name) is not read."]),
        (b'a: "\\u2028"\n', ["There is a character in this line that cannot be seen: U+2028."]),
        (b"a: 1\n--- \nb: 2\n", ["A second document begins here."]),
        (b"---\n", ["Nothing is written here"]),
        (b"%YAML 9.9\n---\na: 1\n", ["This is not YAML that can be read"]),
        (b"a: 'x\n", ["This is not YAML that can be read"]),
        (b"\x80abc", ["This is not text in UTF-8."]),
        (b"a: \xc2\x9f", ["There is a character in this line that cannot be seen: U+009F."]),
    ],
)  # fmt: skip
def test_what_yaml_allows_and_a_file_here_may_not_hold(content, expected):
    found = said(content)
    assert len(found) == len(expected)
    assert all(sentence in text for text, sentence in zip(found, expected, strict=True))
