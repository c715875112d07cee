"""The examples of `examples/warehouse` as a data engineer runs them. Usage: examples.py WHOOWNS"""

import csv
import io
import os
import pathlib
import random
import sqlite3
import subprocess
import sys
import tempfile

from engines import Missing, needs, spark_session

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples/warehouse"
SIZES = ["11-50 employees", "10,001+", "300", "1.2K", "n/a", None, "large", "5-2", "201-500", "more than 200", "-3"]


def batch(path, *arguments):
    with tempfile.TemporaryDirectory() as folder:
        answers = f"{folder}/answers.csv"
        done = subprocess.run([WHOOWNS, "batch", path, "-o", answers, "--quiet", *arguments], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            sys.exit(done.stderr)
        with open(answers, newline="") as file:
            return list(csv.DictReader(file))


def text_sizes():
    """A column of texts, read once each and joined, gives what the program gives row by row."""
    random.seed(1)
    rows = [(number, random.choice(SIZES), random.choice([None, 0, 1])) for number in range(5_000)]
    names = ["team_structure", "regions", "project", "project_scope", "project_region", "requirements"]
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(f"{folder}/crm.db")
        database.execute(f"CREATE TABLE accounts (id, size, ld_team, hr_team, {', '.join(names)})")
        database.executemany("INSERT INTO accounts (id, size, ld_team) VALUES (?, ?, ?)", rows)
        database.commit()
        done = subprocess.run([sys.executable, EXAMPLES / "text_sizes.py", f"{folder}/crm.db", "accounts", "size"],
                              capture_output=True, text=True, env={**os.environ, "WHOOWNS": WHOOWNS}, check=True)
        found = {row["id"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
        with open(f"{folder}/accounts.csv", "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["id", "size", "ld_team"])
            writer.writerows([[cell if cell is not None else "" for cell in row] for row in rows])
        wanted = batch(f"{folder}/accounts.csv", "--map", "headcount=size", "--map", "ld_team=ld_team")
    same = ["lms_status", "lms_owner", "lms_contact", "lms_confidence", "lms_rule", "lms_ask"]
    for row in wanted:
        got = found[row["id"]]
        asked = same[:1] if row["lms_status"] == "invalid" else same
        if [got[name] for name in asked] != [row[name] for name in asked]:
            sys.exit(f"text sizes: {got}, batch {row}")
    print(f"sizes as texts: {len(wanted)} rows equal")


def clients(path, rows):
    """Clients as Parquet in several row groups, and what `batch` says of them."""
    arrow = needs("pyarrow")
    import pyarrow.parquet

    random.seed(2)
    drawn = {
        "id": list(range(rows)),
        "name": [random.choice(["Acme, Ltd", 'The "Big" One', "über\nGmbH", "", None]) for _ in range(rows)],
        "headcount": [random.choice([None, 5, 10, 11, 300, 499, 500, 700, 1000, 1001, 1999, 2000, -3]) for _ in range(rows)],
        "ld_team": [random.choice([None, True, False]) for _ in range(rows)],
        "hr_team": [random.choice([None, True, False]) for _ in range(rows)],
        "team_structure": [None] * rows,
        "regions": [random.choice([None, 1, 2, 7]) for _ in range(rows)],
        "project": [random.choice([None, "new-lms", "lcms", "help-desk"]) for _ in range(rows)],
        "project_scope": [random.choice([None, "organization", "region"]) for _ in range(rows)],
        "project_region": [None] * rows,
        "requirements": [random.choice([None, "clear"]) for _ in range(rows)],
    }
    whole, flag, text = arrow.int64(), arrow.bool_(), arrow.string()
    kinds = [whole, text, whole, flag, flag, text, whole, text, text, text, text]
    table = arrow.table(drawn, schema=arrow.schema(list(zip(drawn, kinds))))
    arrow.parquet.write_table(table, path, row_group_size=1_000)
    return [dict(zip(drawn, row)) for row in zip(*drawn.values())]


def spark():
    """Both ways, and files with a broken record among them."""
    session = spark_session()
    sys.path.insert(0, str(EXAMPLES))
    os.environ["WHOOWNS"] = WHOOWNS
    import spark_files
    import spark_partitions
    import spark_sql

    session.conf.set("spark.sql.files.maxPartitionBytes", "40000")
    with tempfile.TemporaryDirectory() as folder:
        rows = clients(f"{folder}/clients.parquet", 8_000)
        with open(f"{folder}/clients.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        wanted = {int(row["id"]): row for row in batch(f"{folder}/clients.csv", "--map", "headcount=headcount")}
        same = ["lms_status", "lms_owner", "lms_contact", "lms_confidence", "lms_rule", "lms_ask"]
        for title, job in (("partitions", spark_partitions), ("SQL", spark_sql)):
            job.main(f"{folder}/clients.parquet", f"{folder}/{title}")
            out = session.read.parquet(f"{folder}/{title}").collect()
            for row in out:
                asked = same[:1] if row["lms_status"] == "invalid" else same
                want = wanted[row["id"]]
                if [row[name] or "" for name in asked] != [want[name] for name in asked]:
                    sys.exit(f"Spark, {title}: {row}, batch {want}")
                if any(row[name] != value for name, value in rows[row["id"]].items()):
                    sys.exit(f"Spark, {title}: a cell changed: {row}")
            if sorted(row["id"] for row in out) != list(range(len(rows))):
                sys.exit(f"Spark, {title}: {len(out)} rows of {len(rows)}")
            print(f"Spark, {title}: {len(out)} rows equal")
        parts = pathlib.Path(folder, "parts")
        parts.mkdir()
        for at in range(4):
            records = [f"{at}-{number},{number}" for number in range(100)]
            if at == 2:
                records[50] = "2-50,1,2,3,too many cells"
            (parts / f"part-{at}.csv").write_text("\n".join(["id,headcount", *records]) + "\n")
        spark_files.main(str(parts), f"{folder}/answers")
        kept = [line for at in range(4) for line in open(f"{folder}/answers/part-{at}.csv")][0:]
        rejects = pathlib.Path(folder, "answers/part-2.csv.rejects.csv").read_text()
        if len(kept) != 4 + 399 or "2-50,1,2,3,too many cells" not in rejects or "52" not in rejects:
            sys.exit(f"Spark, files: {len(kept)} lines kept, rejects {rejects}")
        if list(pathlib.Path(folder, "answers").glob("part-[013].csv.rejects.csv")):
            sys.exit("Spark, files: rejects where nothing is broken")
        print("Spark, files: 399 records answered, the broken one found again")


if __name__ == "__main__":
    WHOOWNS = str(pathlib.Path(sys.argv[1]).resolve())
    text_sizes()
    try:
        spark()
    except Missing as missing:
        print(f"\n!! NOT RUN in Spark: {missing}\n", file=sys.stderr)
        sys.exit(3)
