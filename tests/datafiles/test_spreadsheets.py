"""What spreadsheets leave in tables is understood, and what an export guards comes back exactly."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_record_tables import told

from omnitui.datafiles.records import CASES, CUSTOMERS, ENTITLEMENTS, Problem, Record
from omnitui.datafiles.records_csv import csv_lines, guarded, unguarded
from omnitui.datafiles.records_days import day_of
from omnitui.datafiles.records_lines import column_of


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="+4740000002"', "+4740000002"),
        ('="+47 400 00 008"', "+47 400 00 008"),
        (' = "0042" ', "0042"),
        ('="say ""ah"""', 'say "ah"'),
        ("'+4740000003", "+4740000003"),
        ("''+47", "'+47"),
        ("'=1+1", "=1+1"),
        ("'- item\nmore", "- item\nmore"),
        ("'00123", "00123"),
        ("'2026-03-02", "2026-03-02"),
        ("=+4740000004", "+4740000004"),
        ("=4740000004", "4740000004"),
        ("'tis", "'tis"),
        ("'03 Motors", "'03 Motors"),
        ("=1+1", "=1+1"),
        ("=A1", "=A1"),
        ("", ""),
    ],
)
def test_what_keeps_a_cell_text_is_taken_off(cell: str, text: str) -> None:
    assert unguarded(cell) == text


@given(
    st.one_of(st.text(max_size=20), st.text("'=+-@\t\r\" 01a(", max_size=12)),
    st.booleans(),
)
def test_every_text_comes_back_through_a_cell(text: str, safe: bool) -> None:
    assert unguarded(guarded(text, safe=safe)) == text


def test_a_safe_export_is_read_as_it_was(tmp_path: Path) -> None:
    row = dict.fromkeys(CUSTOMERS.by_name) | {
        "name": "=1+1",
        "notes": "'=2",
        "city": '="x"',
        "phone": ["+4740000003", "+4740000004"],
    }
    for safe in (False, True):
        data = "".join(csv_lines(CUSTOMERS, [row], safe=safe)).encode()
        (record,) = told(tmp_path, data)
        assert isinstance(record, Record)
        said = {name: value for name, value in record.values.items() if value}
        assert said == {name: value for name, value in row.items() if value}


@pytest.mark.parametrize(
    ("kind", "header", "column"),
    [
        (CUSTOMERS, "E-mail", "email"),
        (CUSTOMERS, "e mail", "email"),
        (CUSTOMERS, " EMAIL ADDRESS\u00a0", "email"),
        (CUSTOMERS, "\ufeffEmail", "email"),
        (CUSTOMERS, "Phone number", "phone"),
        (CUSTOMERS, "phone_no.", "phone"),
        (CUSTOMERS, "Ｐｈｏｎｅ", "phone"),
        (CUSTOMERS, '="name"', "name"),
        (CASES, "Do not decrement", "do_not_decrement"),
        (CASES, "Case number", "number"),
        (ENTITLEMENTS, "Start date", "starts"),
        (CUSTOMERS, "Subject", ""),
        (CUSTOMERS, "number", ""),
    ],
)
def test_columns_are_known_by_what_they_are_called_elsewhere(
    kind: object, header: str, column: str
) -> None:
    found = column_of(kind, header)  # type: ignore[arg-type]
    assert (found.name if found else "") == column


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"name,phon nr\n", "line 1, phon nr: customers have no such column; did you mean phone?"),
        (
            b"name,Phone,Mobile\n",
            "line 1, phone: this column exists twice: 'Mobile' is another name",
        ),
        (b'{"email": ["a@x.org"], "E-mail": []}', "line 1, E-mail: this column exists twice"),
    ],
)
def test_a_header_in_doubt_is_said(tmp_path: Path, data: bytes, problem: str) -> None:
    found = [str(item) for item in told(tmp_path, data) if isinstance(item, Problem)]
    assert [text for text in found if text.startswith(problem)] != [], found


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2020-12-31", "2020-12-31"),
        ("31.12.2020", "2020-12-31"),
        (" 1. 2. 2020 ", "2020-02-01"),
        ("2020/12/31", "2020-12-31"),
        ("2020-12-31 00:00:00", "2020-12-31"),
        ("31.12.2020 0:00", "2020-12-31"),
        ("44197", "2021-01-01"),
        ("44197.0", "2021-01-01"),
        ("４４１９７", "2021-01-01"),
        ("\u00a02020-12-31\u00a0", "2020-12-31"),
    ],
)
def test_a_day_is_read_however_it_is_written(written: str, day: str) -> None:
    assert day_of(written) == day


@pytest.mark.parametrize("written", ["12/31/2020", "1/2/20", "soon", "2020", "44197.5", "31.12.20"])
def test_what_may_be_another_day_is_refused_with_the_forms(written: str) -> None:
    with pytest.raises(ValueError, match=r"like 2026-03-02, 2\.3\.2026 or 46083"):
        day_of(written)


@pytest.mark.parametrize(
    ("data", "kind", "values"),
    [
        (b"since\n31.12.2020\n", CUSTOMERS, {"since": "2020-12-31"}),
        (b'{"since": 44197}', CUSTOMERS, {"since": "2021-01-01"}),
        (b"created\n44197.375\n", CASES, {"created": 1_609_491_600_000}),
        (b"created\n1.1.2021 9:00\n", CASES, {"created": 1_609_491_600_000}),
        (b"ends\n31.12.2020\n", ENTITLEMENTS, {"ends": 1_609_459_200_000}),
        (b"ends\n44196\n", ENTITLEMENTS, {"ends": 1_609_459_200_000}),
        ("id\n４２\n".encode(), CUSTOMERS, {"id": 42}),
        ("total\n７．５\n".encode(), ENTITLEMENTS, {"total": 7.5}),
        (b"total\n'7.5\n", ENTITLEMENTS, {"total": 7.5}),
    ],
)
def test_days_times_and_numbers_are_read_alike_in_every_table(
    tmp_path: Path, data: bytes, kind: object, values: object
) -> None:
    (record,) = told(tmp_path, data, kind)  # type: ignore[arg-type]
    assert isinstance(record, Record)
    assert record.values == values


@pytest.mark.parametrize(
    "cell", ["4.74E+09", '="4.74E+09"', "4E+09", "4,74e09", "+4.7E10", "4,74E+09"]
)
@pytest.mark.parametrize("column", ["phone", "account", "name"])
def test_a_number_without_its_digits_is_refused(tmp_path: Path, cell: str, column: str) -> None:
    (problem,) = told(tmp_path, f"{column};\n{cell};\n".encode())
    assert "what a spreadsheet makes of a long number; write all its digits" in str(problem)


def test_a_key_that_only_looks_shortened_is_kept(tmp_path: Path) -> None:
    (record,) = told(tmp_path, b"account\n1E23\n")
    assert record == Record(2, {"account": "1E23"})
