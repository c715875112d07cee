"""Answers for a table whose sizes are texts ("11-50 employees", "10,001+"), in a SQLite database.

Usage: text_sizes.py DATABASE TABLE COLUMN > answers.csv
The distinct texts are few, whatever the table's length: the program reads each of them once, and the table is joined with
what it read. The environment's WHOOWNS names the program, if it is not on the path.
"""

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile

WHOOWNS = os.environ.get("WHOOWNS", "whoowns")


def name(text):
    return '"' + text.replace('"', '""') + '"'


def main(path, table, column):
    database = sqlite3.connect(path)
    # An order of its own for each row that comes out, since a join gives none.
    sizes = database.execute(f"SELECT DISTINCT {name(column)} FROM {name(table)} WHERE {name(column)} IS NOT NULL")
    with tempfile.TemporaryDirectory() as folder:
        listed, read = f"{folder}/sizes.csv", f"{folder}/read.csv"
        with open(listed, "w", newline="") as file:
            csv.writer(file).writerows([["size"], *sizes])
        # 1 says that some of the texts are no sizes: they stay unknown, and their status says `invalid`.
        done = subprocess.run([WHOOWNS, "batch", listed, "-o", read, "--map", "headcount=size", "--quiet",
                               "--prefix", "", "--columns", "status,headcount_min,headcount_max"])
        if done.returncode not in (0, 1):
            sys.exit(done.returncode)
        database.execute("CREATE TEMP TABLE sizes_read (size TEXT PRIMARY KEY, status TEXT, least INTEGER, most INTEGER)")
        with open(read, newline="") as file:
            rows = [[row["size"], row["status"], row["headcount_min"] or None, row["headcount_max"] or None]
                    for row in csv.DictReader(file)]
        database.executemany("INSERT INTO sizes_read VALUES (?, ?, ?, ?)", rows)
    # A text that is no size becomes a band that ends before it begins, which is invalid.
    database.execute(
        f"CREATE TEMP VIEW clients_read AS SELECT t.*, "
        f"CASE s.status WHEN 'invalid' THEN 2 ELSE s.least END AS headcount_min, "
        f"CASE s.status WHEN 'invalid' THEN 1 ELSE s.most END AS headcount_max "
        f"FROM {name(table)} AS t LEFT JOIN sizes_read AS s ON s.size = t.{name(column)}")
    statement = subprocess.run(
        [WHOOWNS, "rules", "export", "--to", "sql", "--dialect", "sqlite", "--table", "clients_read",
         "--map", "headcount=headcount_min,headcount_max"],
        check=True, capture_output=True, text=True).stdout
    answers = database.execute(statement)
    writer = csv.writer(sys.stdout)
    writer.writerow([column[0] for column in answers.description])
    writer.writerows(answers)


if __name__ == "__main__":
    main(*sys.argv[1:4])
