"""Tables of records: what is read, and that every bad line is told with its number."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omnitui.datafiles.records import CUSTOMERS, ENTITLEMENTS, Problem, Record, RecordKind
from omnitui.datafiles.records_csv import csv_lines, read_csv
from omnitui.datafiles.records_jsonl import jsonl_lines, read_jsonl


def told(tmp_path: Path, data: bytes, kind: RecordKind = CUSTOMERS) -> list[Record | Problem]:
    path = tmp_path / "table"
    path.write_bytes(data)
    read = read_jsonl if data.lstrip().startswith(b"{") else read_csv
    return list(read(path, kind))


def lines(found: list[Record | Problem]) -> list[tuple[int, str]]:
    return [(item.line, getattr(item, "column", "good")) for item in found]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_columns_are_parted_as_the_first_line_is(tmp_path: Path, separator: str) -> None:
    text = f'\ufeffName{separator}TIER\r\n"Ada{separator}B"{separator}gold\r\n'
    assert told(tmp_path, text.encode()) == [
        Record(2, {"name": f"Ada{separator}B", "tier": "gold"})
    ]


def test_what_is_empty_and_what_is_not_there_are_two_things(tmp_path: Path) -> None:
    (record,) = told(tmp_path, b"name,city,tier,since\nAda,,,\n")
    assert record == Record(2, {"name": "Ada", "city": None, "since": None})
    (record,) = told(tmp_path, b'{"name": "Ada", "city": null, "tier": ""}')
    assert record == Record(1, {"name": "Ada", "city": None})


def test_every_bad_line_is_told(tmp_path: Path) -> None:
    data = (
        b"name,tier,since,notes\n"
        b'Ada,gould,tomorrow,"two\nlines"\n'
        b"\n"
        b"Bob,gold\n"
        b'Cy,gold,,"x"y\n'
        b"Di\0,gold,,\n"
        b"E\xff,gold,,\n"
        b"Flo,gold,2026-02-30,\n"
        b"Gil,gold,2026-02-28,fine\n"
        b'"Hal,gold,,\n'
    )
    found = told(tmp_path, data)
    assert lines(found) == [
        (2, "tier"),
        (2, "since"),
        (5, ""),
        (6, ""),
        (7, ""),
        (8, ""),
        (9, "since"),
        (10, "good"),
        (11, ""),
    ]
    said = [str(item) for item in found]
    assert "did you mean gold?" in said[0]
    assert "it has 2 cells, and the first line has 4" in said[2]
    assert "text follows a closing quote" in said[3]
    assert "character 3 is NUL" in said[4]
    assert "character 2 is not UTF-8" in said[5]
    assert "there is no day 2026-02-30" in said[6]
    assert "never closed" in said[8]


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "line 1: the file is empty"),
        (b"nam,tier\nAda,gold\n", "line 1, nam: customers have no such column; did you mean name?"),
        (b"name,tier,Name\n", "line 1, name: this column exists twice"),
        (b'{"name": 1, "tire": "x"}', "line 1, tire: customers have no such column; did you"),
        (b'{}\n{"name": "Ada"', "line 2: it is not JSON"),
        (b"{}\n[1]", "line 2: it is not a JSON object"),
        (b'{"name": true}', "line 1, name: it needs text, not true or false"),
        (b'{"email": 5}', "line 1, email: it needs a list of texts, not a number"),
        (b"addresses\n[1]\n", "line 2, addresses: it needs JSON object of lists, not a list"),
        (b"addresses\n{\n", "line 2, addresses: '{' is not JSON object of lists"),
        (b"name\n" + b"x" * 201 + b"\n", "line 2, name: it has 201 characters; 200 is the most"),
        (b"notes\n" + b"x" * 100_001, "line 2, notes: it has 100,001 characters"),
        (b"created\n1899-12-31\n", "line 2, created: 1899-12-31 is before 1900"),
        (b"created\nyesterday\n", "line 2, created: 'yesterday' is not a time"),
        (b"id\n1.5\n", "line 2, id: '1.5' is not a whole number"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, data: bytes, problem: str) -> None:
    found = [str(item) for item in told(tmp_path, data) if isinstance(item, Problem)]
    assert [text for text in found if text.startswith(problem)] != [], found


@pytest.mark.parametrize(
    ("cell", "values"),
    [
        ("2026-12-31", {"ends": 1_798_761_600_000}),
        ("2026-12-31T00:00", {"ends": 1_798_675_200_000}),
        ("2026-12-31T01:00+01:00", {"ends": 1_798_675_200_000}),
    ],
)
def test_a_day_alone_as_an_end_is_all_of_it(tmp_path: Path, cell: str, values: object) -> None:
    assert told(tmp_path, f"ends\n{cell}\n".encode(), ENTITLEMENTS) == [Record(2, values)]


def test_a_decimal_comma_is_told(tmp_path: Path) -> None:
    (problem,) = told(tmp_path, b"total;name\n7,5;Gold\n", ENTITLEMENTS)
    assert "write a point, not a comma" in str(problem)


def test_the_limit_for_cells_is_put_back(tmp_path: Path) -> None:
    before = csv.field_size_limit()
    (record,) = told(tmp_path, b'email\n"' + b"a@example.org\n" * 20_000 + b'"\n')
    assert isinstance(record, Record)
    assert len(record.values["email"]) == 20_000
    assert csv.field_size_limit() == before


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
ROW = st.fixed_dictionaries(
    {
        **dict.fromkeys([column.name for column in CUSTOMERS.columns], st.none()),
        "name": TEXT.filter(lambda text: text.strip() != ""),
        "notes": TEXT,
        "id": st.integers(1, 10**12),
        "tier": st.sampled_from(["gold", "bronze"]),
        "created": st.integers(-2_208_988_800_000, 7_258_118_399_999),
        "addresses": st.dictionaries(TEXT, st.just(["a", 'b"']), max_size=2),
    }
)


@given(st.lists(ROW, max_size=4), st.booleans())
def test_what_was_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, object]], as_csv: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "rows"
    made = csv_lines(CUSTOMERS, rows) if as_csv else jsonl_lines(CUSTOMERS, rows)
    path.write_text("".join(made), encoding="utf-8", newline="")
    found = list((read_csv if as_csv else read_jsonl)(path, CUSTOMERS))
    for row, record in zip(rows, found, strict=True):
        assert isinstance(record, Record)
        said = {name: value for name, value in record.values.items() if value}
        assert said == {name: value for name, value in row.items() if value}


def test_safe_cells_are_no_formulas() -> None:
    row = dict.fromkeys(CUSTOMERS.by_name) | {"name": "=1+1", "notes": "'=2", "city": "'tis"}
    plain, safe = ("".join(csv_lines(CUSTOMERS, [row], safe=safe)) for safe in (False, True))
    assert "=1+1" in plain.split(",")
    assert {"'=1+1", "''=2", "'tis"} <= set(safe.split(","))


@pytest.mark.parametrize(
    "data",
    [
        b"name;email;phone\r\nJo;jo@x.org;\r\n;;\r\n;;\r\n",
        b"name;email;;\r\nJo;jo@x.org;;\r\n;;;\r\n",
        b"name;email\r\nJo;jo@x.org;;;\r\n",
        b"sep=;\r\nname;email\r\nJo;jo@x.org\r\n",
        b'"sep=;"\r\nname;email\r\nJo;jo@x.org\r\n',
        b"SEP=\t\r\nname\temail\r\nJo\tjo@x.org\r\n",
        b"\r\n;;\r\nname;email;\r\n\r\nJo;jo@x.org;\r\n",
        "name;email\r\nJo;jo@x.org\r\n".encode("utf-16"),
        b"\xef\xbb\xbfsep=;\r\nname;email\r\nJo;jo@x.org\r\n",
    ],
    ids=repr,
)
def test_what_spreadsheets_leave_behind_is_passed_over(tmp_path: Path, data: bytes) -> None:
    found = told(tmp_path, data)
    assert [item.values for item in found if isinstance(item, Record)] == [
        {"name": "Jo", "email": ["jo@x.org"]} | ({"phone": None} if b"phone" in data else {})
    ]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"name;;email\nJo;lost;jo@x.org\n", "line 2: cell 2 has no column: 'lost'"),
        (b"sep=;\nname;tier\nJo;gould\n", "line 3, tier: 'gould'"),
        (b"name,account\nJo,1.23457E+11\n", "line 2, account: '1.23457E+11' is what a spread"),
        (b"name,phone\nJo,4.75555E+09\n", "line 2, phone: '4.75555E+09' is what a spreadsheet"),
        (b"name,account\nJo,#N/A\n", "line 2, account: #N/A is a spreadsheet's error"),
        (b"sep=;\n", "line 1: the file is empty"),
    ],
)
def test_what_spreadsheets_have_spoilt_is_said(tmp_path: Path, data: bytes, problem: str) -> None:
    found = [str(item) for item in told(tmp_path, data) if isinstance(item, Problem)]
    assert [text for text in found if text.startswith(problem)] != [], found
