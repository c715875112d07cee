"""Owner and contact for every row of a Parquet file, decided by DuckDB.

Usage: duckdb_parquet.py CLIENTS.parquet ANSWERS.parquet
The environment's WHOOWNS names the program, if it is not on the path.
"""

import os
import subprocess
import sys

import duckdb

clients, answers = sys.argv[1:3]
statement = subprocess.run(
    [os.environ.get("WHOOWNS", "whoowns"), "rules", "export", "--to", "sql", "--dialect", "duckdb",
     # In double quotes, so that the point in the file's name parts nothing.
     "--table", f'"{clients}"'],
    check=True, capture_output=True, text=True,
).stdout
target = answers.replace("'", "''")
duckdb.execute(f"COPY ({statement}) TO '{target}' (FORMAT parquet)")
