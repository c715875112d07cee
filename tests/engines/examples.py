"""Every command of `examples/warehouse/README.md` as a data engineer types it, its answers held to `batch`.
Usage: examples.py WHOOWNS
"""

import csv
import os
import pathlib
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import engines
from engines import Missing, needs

ROOT = pathlib.Path(__file__).resolve().parents[2]
SIZES = ["11-50 employees", "10,001+", "300", "1.2K", "n/a", None, "large", "5-2", "201-500", "more than 200", "-3", "0",
         "~480", 'about "500"', "Jan-50", "300.5", "251-2,000"]
ANSWERS = [f"lms_{name}" for name in ("status", "owner", "contact", "confidence", "rule", "ask")]
FACTS = {
    "headcount": ("BIGINT", [5, 10, 11, 300, 499, 500, 700, 1000, 1001, 1999, 2000, -3, 0]),
    "ld_team": ("BOOLEAN", [True, False]),
    "hr_team": ("BOOLEAN", [True, False]),
    "team_structure": ("VARCHAR", ["joint", "separate", None, None, None]),
    "regions": ("BIGINT", [1, 2, 7]),
    "project": ("VARCHAR", ["new-lms", "LCMS", "help-desk", "something"]),
    "project_scope": ("VARCHAR", ["organization", "one region"]),
    "project_region": ("VARCHAR", [None, None, "Bavaria"]),
    "requirements": ("VARCHAR", ["clear", "n/a"]),
}
NAMES = ["Acme, Ltd", 'The "Big" One', "über\nGmbH", "", None]


class Example:
    """A folder in which the commands of the page can be typed, and what was put into it."""

    def __init__(self, whoowns, folder):
        self.folder, self.whoowns = pathlib.Path(folder), whoowns
        random.seed(2)
        cell = lambda values: random.choice([None, *values])
        self.rows = [
            {"id": number, "name": random.choice(NAMES), "size": random.choice(SIZES),
             **{name: cell(values) for name, (_, values) in FACTS.items()}}
            for number in range(8_000)
        ]
        (self.folder / "bin").mkdir()
        (self.folder / "bin/whoowns").symlink_to(whoowns)
        (self.folder / "examples").symlink_to(ROOT / "examples")
        (self.folder / "conf").mkdir()
        settings = {**engines.SPARK, "spark.sql.files.maxPartitionBytes": "30000"}
        (self.folder / "conf/spark-defaults.conf").write_text("".join(f"{name} {value}\n" for name, value in settings.items()))
        paths = [str(self.folder / "bin"), str(pathlib.Path(sys.executable).parent), os.environ["PATH"]]
        self.environment = {**os.environ, "PATH": os.pathsep.join(paths), "SPARK_CONF_DIR": str(self.folder / "conf"),
                            "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable}
        page = (ROOT / "examples/warehouse/README.md").read_text()
        parts = re.split(r"^## (.*)\n", page, flags=re.MULTILINE)
        self.sections = dict(zip(parts[1::2], parts[2::2]))
        self.typed = set()

    def type(self, heading, of=""):
        """Runs the commands of a section, as they stand there; of several blocks those with a word in them."""
        blocks = re.findall(r"(?:^(?: {4}.*)?\n)*^ {4}.*\n", self.sections[heading], re.MULTILINE)
        for block in (block for block in blocks if of in block):
            self.typed.add(block)
            script = "\n".join(line[4:] for line in block.splitlines() if not line.startswith("    pip install"))
            done = subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=self.folder, env=self.environment,
                                  capture_output=True, text=True, stdin=subprocess.DEVNULL)
            if done.returncode:
                sys.exit(f"{heading}: {script}\n{done.stdout}{done.stderr}")

    def wanted(self, names, column):
        """What `batch` says of the rows, the headcount from this column."""
        with tempfile.TemporaryDirectory() as folder:
            with open(f"{folder}/clients.csv", "w", newline="") as file:
                writer = csv.DictWriter(file, names, extrasaction="ignore")
                writer.writeheader()
                text = lambda cell: str(cell).lower() if isinstance(cell, bool) else cell
                writer.writerows({name: text(cell) for name, cell in row.items()} for row in self.rows)
            maps = [part for name in FACTS for part in ("--map", f"{name}={column if name == 'headcount' else name}")]
            done = subprocess.run([self.whoowns, "batch", f"{folder}/clients.csv", "-o", f"{folder}/answers.csv", "--quiet", *maps],
                                  capture_output=True, text=True)
            if done.returncode not in (0, 1):
                sys.exit(done.stderr)
            with open(f"{folder}/answers.csv", newline="") as file:
                return {int(row["id"]): row for row in csv.DictReader(file)}

    def compare(self, title, found, wanted):
        """Answers as they came out, each a table of names."""
        for row in found:
            want = wanted[int(row["id"])]
            asked = ANSWERS[:1] if want["lms_status"] == "invalid" else ANSWERS
            if [row[name] or "" for name in asked] != [want[name] for name in asked]:
                sys.exit(f"{title}: {row}, batch {want}")
        if sorted(int(row["id"]) for row in found) != list(range(len(self.rows))):
            sys.exit(f"{title}: {len(found)} rows of {len(self.rows)}")
        print(f"{title}: {len(found)} rows equal")

    def write_parquet(self):
        arrow = needs("pyarrow")
        import pyarrow.parquet

        kinds = {"BIGINT": arrow.int64(), "BOOLEAN": arrow.bool_(), "VARCHAR": arrow.string()}
        schema = {"id": arrow.int64(), "name": arrow.string()} | {name: kinds[kind] for name, (kind, _) in FACTS.items()}
        table = arrow.table({name: [row[name] for row in self.rows] for name in schema}, schema=arrow.schema(list(schema.items())))
        arrow.parquet.write_table(table, self.folder / "clients.parquet", row_group_size=1_000)

    def read_parquet(self, path):
        """The rows of each file of a folder, or of a file."""
        import pyarrow.parquet

        path = self.folder / path
        files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
        return [pyarrow.parquet.read_table(file).to_pylist() for file in files]

    def unchanged(self, title, found):
        for row in found:
            if any(row[name] != cell for name, cell in self.rows[row["id"]].items() if name in row):
                sys.exit(f"{title}: a cell changed: {row}")


def duckdb(example, wanted):
    needs("duckdb")
    example.write_parquet()
    example.type("DuckDB over Parquet")
    (found,) = example.read_parquet("answers.parquet")
    example.unchanged("DuckDB", found)
    example.compare("DuckDB over Parquet", found, wanted)


def sqlite(example, wanted, wanted_by_size):
    if not shutil.which("sqlite3"):
        raise Missing("the program sqlite3 is not installed (Debian: apt-get install sqlite3)")
    database = sqlite3.connect(example.folder / "crm.db")
    for table, columns in (("clients", ["id", *FACTS]), ("companies", ["id", "size", *(name for name in FACTS if name != "headcount")])):
        database.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
        rows = [[row[name] for name in columns] for row in example.rows]
        database.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
    database.commit()
    example.type("SQLite")
    example.compare("SQLite", list(csv.DictReader(open(example.folder / "answers.csv", newline=""))), wanted)
    example.type("A column of sizes as people write them", "text_sizes.py")
    found = list(csv.DictReader(open(example.folder / "sizes-answered.csv", newline="")))
    example.compare("SQLite, sizes as texts", found, wanted_by_size)


def postgresql(example, wanted, wanted_by_size):
    server = engines.PostgresServer()
    example.environment |= {"PGHOST": server.folder, "PGUSER": "owner", "PGDATABASE": "postgres"}
    columns = {"id": "BIGINT", "size": "VARCHAR", **{name: kind for name, (kind, _) in FACTS.items()}}
    declared = lambda names: ", ".join(f"{'employees' if name == 'headcount' else name} {columns[name]}" for name in names)
    for table, names in (("accounts", [name for name in columns if name != "size"]),
                         ("companies", [name for name in columns if name != "headcount"])):
        engines.write_csv(example.folder / f"{table}.csv", [[row[name] for name in names] for row in example.rows])
        server.sql("-c", "CREATE SCHEMA IF NOT EXISTS crm", "-c", f"CREATE TABLE crm.{table} ({declared(names)})",
                   "-c", f"\\copy crm.{table} FROM '{example.folder}/{table}.csv' (FORMAT csv)")
    read = lambda table: list(csv.DictReader(server.sql("--csv", "-c", f"SELECT * FROM {table}").splitlines()))
    example.type("The table")
    example.type("PostgreSQL")
    example.compare("PostgreSQL", read("crm.owners"), wanted)
    example.type("A column of sizes as people write them", "psql")
    example.compare("PostgreSQL, sizes as texts", read("crm.companies_answered"), wanted_by_size)


def spark(example, wanted):
    """Both ways, and files with a broken record among them."""
    needs("pyspark")
    engines.needs_java()
    exports = example.folder / "exports"
    exports.mkdir()
    broken = "2-50,1,2,3,too many cells"
    for at in range(4):
        records = [f"{at}-{number},{number}" for number in range(100)]
        if at == 2:
            records[50] = broken
        (exports / f"part-{at}.csv").write_text("\n".join(["id,headcount", *records]) + "\n")
    example.write_parquet()
    example.type("Spark")
    for title, path in (("SQL", "by-sql.parquet"), ("partitions", "by-partitions.parquet")):
        files = example.read_parquet(path)
        rows = [row for file in files for row in file]
        example.unchanged(f"Spark, {title}", rows)
        example.compare(f"Spark, {title}", rows, wanted)
    if len(files) < 3:
        sys.exit("Spark, partitions: there are hardly any")
    for file in files:
        ids = [row["id"] for row in file]
        if ids != list(range(ids[0], ids[0] + len(ids))):
            sys.exit("Spark, partitions: rows changed their order")
    answers = example.folder / "answers"
    for at in range(4):
        kept = [line.split(",")[0] for line in (answers / f"part-{at}.csv").read_text().splitlines()]
        if kept != ["id"] + [f"{at}-{number}" for number in range(100) if (at, number) != (2, 50)]:
            sys.exit(f"Spark, files: kept {kept}")
    (rejected,) = answers.glob("*.rejects.csv")
    rejects = rejected.read_text()
    if rejected.name != "part-2.csv.rejects.csv" or broken not in rejects or "52" not in rejects:
        sys.exit(f"Spark, files: {rejected}: {rejects}")
    print(f"Spark, partitions: {len(files)} in order; files: 399 records answered, the broken one found again")


def main(whoowns):
    missing = []
    with tempfile.TemporaryDirectory() as folder:
        # PostgreSQL runs as another user, and reads nothing here.
        example = Example(whoowns, folder)
        wanted = example.wanted(["id", *FACTS], "headcount")
        wanted_by_size = example.wanted(["id", "size", *FACTS], "size")
        parts = {"DuckDB": lambda: duckdb(example, wanted), "SQLite": lambda: sqlite(example, wanted, wanted_by_size),
                 "PostgreSQL": lambda: postgresql(example, wanted, wanted_by_size), "Spark": lambda: spark(example, wanted)}
        for name, part in parts.items():
            try:
                part()
            except Missing as error:
                missing.append(f"{name}: {error}")
        example.type("A decision engine or a modeller")
        commands = "".join(example.sections.values())
        forgotten = [line for line in re.findall(r"^ {4}.*", commands, re.MULTILINE) if line not in "".join(example.typed)]
        if forgotten and not missing:
            sys.exit(f"nobody typed {forgotten}")
    for what in missing:
        print(f"\n!! NOT RUN: the example of {what}\n", file=sys.stderr)
    sys.exit(3 if missing else 0)


if __name__ == "__main__":
    main(str(pathlib.Path(sys.argv[1]).resolve()))
