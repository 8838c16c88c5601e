"""Opens exported tables with pandas, polars and DuckDB, and holds them against each other.

Usage: tables.py FOLDER STATEMENTS ARTICLES
"""

import sys
from pathlib import Path

import duckdb
import pandas
import polars

folder = Path(sys.argv[1])
rows = {"statements": int(sys.argv[2]), "articles": int(sys.argv[3])}
for table, number in rows.items():
    parquet = str(folder / f"{table}.parquet")
    csv = str(folder / f"{table}.csv")
    by_pandas = pandas.read_parquet(parquet)
    by_polars = polars.read_parquet(parquet)
    by_duckdb = duckdb.sql(f"SELECT * FROM read_parquet('{parquet}')")
    csv_pandas = pandas.read_csv(csv, keep_default_na=False)
    csv_polars = polars.read_csv(csv, infer_schema_length=None)
    csv_duckdb = duckdb.sql(f"SELECT * FROM read_csv('{csv}', header = true, all_varchar = true)")
    for read in [by_pandas, by_polars, csv_pandas, csv_polars]:
        assert len(read) == number, (table, type(read), len(read), number)
        assert list(read.columns) == list(by_pandas.columns), (table, read.columns)
    for read in [by_duckdb, csv_duckdb]:
        assert len(read.fetchall()) == number, table
        assert read.columns == list(by_pandas.columns), (table, read.columns)
    words = "content" if table == "statements" else "text"
    assert by_polars[words].to_list() == list(by_pandas[words]), table
    assert [row[0] for row in duckdb.sql(f"SELECT {words} FROM read_parquet('{parquet}')").fetchall()] == list(by_pandas[words])
    # Texts come back as they were, but for the apostrophe before what looks like a formula.
    for one, other in zip(by_pandas[words], csv_pandas[words], strict=True):
        assert other in (one, "'" + one), (one, other)
