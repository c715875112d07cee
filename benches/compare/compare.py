"""The same client list through whoowns, DuckDB, Polars and a plain copy, in turns, each round into new files.

    python3 benches/compare/compare.py [--rows 1000000] [--rounds 5] [--program target/dist/whoowns] [--folder target/compare]

The rules that DuckDB and Polars decide by are those of `whoowns rules export --to json`, as CASE expressions; the rows are
such that every fact is known, since neither decides about what is not. The answers of all three are compared, row by row.
Prints for each the median and the ratio to whoowns. Needs `duckdb` and `polars` of PyPI: `benches/compare/run` installs them.
"""

import argparse
import csv
import json
import os
import re
import statistics
import subprocess
import sys
import time

FACTS = ["headcount", "hr_team", "ld_team", "team_structure", "regions", "project", "project_scope"]
ADDED = ["owner", "contact", "rule"]
PLACES = "IN US DE GB FR SG AE JP BR AU ZA NL ES CA MX PL SE KE ID VN".split()
NAMES = ["Northwind Foods", 'Blue "Cedar" Labs', "Atlas, Prime & Co", "Håkon Ånd AS", "Lotus Textiles Pvt Ltd"]


def write_list(path, rows):
    """A list in which every fact is known, the same for so many rows on every machine."""
    state = 20261126

    def below(bound):  # Park and Miller's minimal standard generator
        nonlocal state
        state = state * 16807 % 2147483647
        return state % bound

    sizes = [(1, 500), (500, 501), (1001, 999), (2000, 9000), (10001, 240000)]
    with open(path, "w", newline="", encoding="utf-8") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["id", "company", *FACTS, "website"])
        for number in range(1, rows + 1):
            least, reach = sizes[(0, 0, 0, 1, 1, 2, 3, 3, 4)[below(9)]]
            hr, ld, place = below(10) < 7, below(10) < 4, below(20)
            lines.writerow([
                number,
                NAMES[below(len(NAMES))],
                least + below(reach),
                "yes" if hr else "no",
                "yes" if ld else "no",
                ("joint", "separate")[below(2)] if hr and ld else "",
                ";".join(PLACES[(place + at) % 20] for at in range(1 + below(3))),
                ("new-lms", "upgrade", "lcms", "help-desk")[below(4)],
                ("organization", "region")[below(2)],
                f"https://www.company-{below(10**6)}.example/about",
            ])


def holds(subject, wanted):
    """What a rule wants of one subject, as SQL."""
    if isinstance(wanted, bool):
        return f"{subject} = '{'yes' if wanted else 'no'}'"
    if isinstance(wanted, list):
        told = [holds(subject, one) for one in wanted]
        joined = " AND " if all(str(one).startswith("!") for one in wanted) else " OR "
        return "(" + joined.join(told) + ")"
    band = re.fullmatch(r"(\d[\d_]*)\.\.=(\d[\d_]*)", str(wanted))
    if band:
        return f"{subject} BETWEEN {int(band[1])} AND {int(band[2])}"
    compared = re.fullmatch(r"(<=|>=|<|>|!=|=)?\s*(\d[\d_]*)", str(wanted))
    if compared:
        return f"{subject} {compared[1] or '='} {int(compared[2])}"
    return f"{subject} <> '{wanted[1:]}'" if wanted.startswith("!") else f"{subject} = '{wanted}'"


def first_match(rows, result, known):
    """The result of the first row that holds."""
    cases = []
    for row in rows:
        tests = [holds(known.get(subject, subject), wanted) for subject, wanted in row.get("when", {}).items()]
        cases.append(f"WHEN {' AND '.join(tests) or '1 = 1'} THEN {result(row)}")
    return "CASE " + " ".join(cases) + " END"


def expressions(program):
    """The derived facts, the rule, the owner and the contact, each as an SQL expression over those before it."""
    rules = json.loads(subprocess.run([program, "rules", "export", "--to", "json"], check=True, capture_output=True).stdout)
    known = {"regions": "(LENGTH(regions) - LENGTH(REPLACE(regions, ';', '')) + 1)"}
    found = {}
    for row in rules["derive"]:
        found.setdefault(row["fact"], []).append(row)
    steps = [(fact, first_match(rows, lambda row: f"'{row['value']}'", known)) for fact, rows in found.items()]
    steps.append(("owner", first_match(rules["owner"], lambda row: f"'{row['role']}'", known)))
    steps.append(("rule", first_match(rules["owner"], lambda row: f"'{row['id']}'", known)))
    role = lambda row: "owner" if row["role"] == "owner" else f"'{row['role']}'"
    steps.append(("contact", first_match(rules["contact"], role, known)))
    return steps


DUCKDB = """
import duckdb, json, sys
source, out, steps, added = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), json.loads(sys.argv[4])
query = f"SELECT * FROM read_csv('{source}', header = true, all_varchar = false, types = {{'headcount': 'BIGINT'}})"
names = ", ".join(f"{name} AS lms_{name}" for name in added)
for name, expression in steps:
    query = f"SELECT *, {expression} AS {name} FROM ({query})"
drop = ", ".join(name for name, _ in steps)
duckdb.sql("SET preserve_insertion_order = true")
duckdb.sql(f"COPY (SELECT * EXCLUDE ({drop}), {names} FROM ({query})) TO '{out}' (HEADER)")
"""

POLARS = """
import json, sys
import polars as pl
source, out, steps, added = sys.argv[1], sys.argv[2], json.loads(sys.argv[3]), json.loads(sys.argv[4])
frame = pl.scan_csv(source, infer_schema=False).with_columns(pl.col("headcount").cast(pl.Int64))
names = frame.collect_schema().names()
for name, expression in steps:
    frame = frame.with_columns(pl.sql_expr(expression).alias(name))
frame.select(*names, *[pl.col(name).alias("lms_" + name) for name in added]).sink_csv(out)
"""


def same(ours, theirs):
    """Holds the answers of two files together."""
    with open(ours, newline="", encoding="utf-8") as one, open(theirs, newline="", encoding="utf-8") as two:
        wanted = ["id", *("lms_" + name for name in ADDED)]
        one, two = csv.reader(one), csv.reader(two)
        places = [[header.index(name) for name in wanted] for header in (next(one), next(two))]
        rows = 0
        for left, right in zip(one, two, strict=True):
            left, right = [left[at] for at in places[0]], [right[at] for at in places[1]]
            if left != right:
                sys.exit(f"{theirs} says {right} where {ours} says {left}")
            rows += 1
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--program", default="target/dist/whoowns")
    parser.add_argument("--folder", default="target/compare")
    asked = parser.parse_args()
    if not os.access(asked.program, os.X_OK):
        sys.exit(f"{asked.program} is not there: cargo build --profile dist")
    os.makedirs(asked.folder, exist_ok=True)
    source = f"{asked.folder}/clients-{asked.rows}.csv"
    if not os.path.exists(source):
        write_list(source + ".part", asked.rows)
        os.replace(source + ".part", source)
    steps, added = json.dumps(expressions(asked.program)), json.dumps(ADDED)
    python = sys.executable
    ways = {
        "whoowns": lambda out: [asked.program, "batch", source, "-o", out, "--columns", ",".join(ADDED), "--quiet"],
        "DuckDB": lambda out: [python, "-c", DUCKDB, source, out, steps, added],
        "Polars": lambda out: [python, "-c", POLARS, source, out, steps, added],
        "copy (cp)": lambda out: ["cp", source, out],
    }
    seconds = {name: [] for name in ways}
    for turn in range(asked.rounds):
        outputs = {}
        for name, command in ways.items():
            outputs[name] = f"{asked.folder}/{turn}-{re.sub('[^a-z]', '', name.lower())}.csv"
            if os.path.exists(outputs[name]):
                os.remove(outputs[name])
            begun = time.perf_counter()
            subprocess.run(command(outputs[name]), check=True)
            seconds[name].append(time.perf_counter() - begun)
        for name in ("DuckDB", "Polars"):
            rows = same(outputs["whoowns"], outputs[name])
        for output in outputs.values():
            os.remove(output)
    ours = statistics.median(seconds["whoowns"])
    print(f"{asked.rows} rows, {os.path.getsize(source) / 1e6:.0f} MB, {asked.rounds} rounds; all {rows} answers are the same")
    print("| | median, s | times whoowns |\n|---|---|---|")
    for name, taken in seconds.items():
        print(f"| {name} | {statistics.median(taken):.3f} | {statistics.median(taken) / ours:.2f} |")


main()
