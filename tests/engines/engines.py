"""Databases that run a statement over rows. Each is a function of columns, rows and the statement that gives the rows
that come out, and raises Missing where this machine does not have it."""

import atexit
import csv
import io
import os
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

# So that what was started is stopped when time is up, too.
signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped from outside"))


class Missing(Exception):
    """The engine cannot be had here."""


def needs(module):
    try:
        return __import__(module)
    except ImportError as error:
        raise Missing(f"the Python package {module} is not installed ({error})") from error


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def write_csv(path, rows):
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows([["" if cell is None else cell for cell in row] for row in rows])


def duckdb_with(columns, rows):
    """A database with the table `clients`."""
    database = needs("duckdb").connect()
    declared = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns)
    database.execute(f"CREATE TABLE clients (id BIGINT, {declared})")
    if len(rows) < 100:
        database.executemany(f"INSERT INTO clients VALUES ({', '.join('?' * len(rows[0]))})", rows)
        return database
    with tempfile.TemporaryDirectory() as folder:
        write_csv(f"{folder}/clients.csv", rows)
        database.execute(f"COPY clients FROM '{folder}/clients.csv' (HEADER false, NULLSTR '')")
    return database


def duckdb(columns, rows, statement):
    return duckdb_with(columns, rows).execute(statement).fetchall()


def sqlite(columns, rows, statement):
    database = sqlite3.connect(":memory:")
    names = ", ".join(quoted(name) for name, _ in columns)
    database.execute(f"CREATE TABLE clients (id, {names})")
    marks = ", ".join("?" * (len(columns) + 1))
    database.executemany(f"INSERT INTO clients VALUES ({marks})", rows)
    return database.execute(statement).fetchall()


class PostgresServer:
    """A server of our own in a folder that goes away; it refuses to run as root, so that another user runs it."""

    running = None

    def __init__(self):
        found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        initdb = shutil.which("initdb") or (str(found[-1]) if found else None)
        if not initdb:
            raise Missing("PostgreSQL's initdb is not installed (Debian: apt-get install postgresql)")
        self.bin = pathlib.Path(initdb).parent
        self.folder = tempfile.mkdtemp(prefix="postgres")
        self.user = []
        if os.geteuid() == 0:
            self.user = ["runuser", "-u", "nobody", "--"]
            shutil.chown(self.folder, "nobody")
        data = f"{self.folder}/data"
        self.run(self.bin / "initdb", "-D", data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off"
        self.run(self.bin / "pg_ctl", "-D", data, "-o", options, "-l", f"{self.folder}/log", "-w", "start")
        atexit.register(self.stop)

    def run(self, *command):
        command = [*self.user, *map(str, command)]
        done = subprocess.run(command, capture_output=True, text=True, cwd="/")
        if done.returncode:
            raise RuntimeError(f"{command}: {done.stderr}{done.stdout}")

    def stop(self):
        self.run(self.bin / "pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, *arguments):
        command = ["psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.folder, "-U", "owner", "-d", "postgres"]
        # As bytes: a carriage return in a cell is not the end of a line.
        done = subprocess.run([*command, *arguments], capture_output=True)
        if done.returncode:
            raise RuntimeError(done.stderr.decode())
        return done.stdout.decode()


def postgresql(columns, rows, statement):
    server = PostgresServer.running = PostgresServer.running or PostgresServer()
    declared = ", ".join(f"{quoted(name)} {kind}" for name, kind in columns)
    with tempfile.TemporaryDirectory() as folder:
        write_csv(f"{folder}/clients.csv", rows)
        server.sql("-c", f"DROP TABLE IF EXISTS clients; CREATE TABLE clients (id BIGINT, {declared})",
                   "-c", f"\\copy clients FROM '{folder}/clients.csv' (FORMAT csv)")
        pathlib.Path(folder, "statement.sql").write_bytes(statement.encode())
        answers = server.sql("--csv", "-t", "-f", f"{folder}/statement.sql")
    found = [[cell or None for cell in row] for row in csv.reader(io.StringIO(answers, newline=""))]
    return [[int(row[0]), *row[1:]] for row in found]


def needs_java():
    if not shutil.which("java"):
        raise Missing("Java is not installed (Debian: apt-get install default-jre-headless)")


# Spark on this machine alone, with as many parts as it has use for there.
SPARK = {
    "spark.master": "local[2]",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "2g",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.log.level": "ERROR",
}


def spark_session():
    needs("pyspark")
    needs_java()
    from pyspark.sql import SparkSession

    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    return SparkSession.builder.config(map=SPARK).getOrCreate()


def spark(columns, rows, statement):
    arrow, session = needs("pyarrow"), spark_session()
    kinds = {"BIGINT": arrow.int64(), "BOOLEAN": arrow.bool_(), "VARCHAR": arrow.string()}
    schema = arrow.schema([("id", arrow.int64())] + [(name, kinds[kind]) for name, kind in columns])
    import pyarrow.parquet

    with tempfile.TemporaryDirectory() as folder:
        table = arrow.table([list(column) for column in zip(*rows)], schema=schema)
        pyarrow.parquet.write_table(table, f"{folder}/clients.parquet")
        session.read.parquet(f"{folder}/clients.parquet").createOrReplaceTempView("clients")
        return [list(row) for row in session.sql(statement).collect()]


def transpiled(dialect):
    """The statement turned into DuckDB's SQL, and run there: for databases that run in a cloud alone."""

    def run(columns, rows, statement):
        sqlglot = needs("sqlglot")
        (turned,) = sqlglot.transpile(statement, read=dialect, write="duckdb")
        return duckdb_with(columns, rows).execute(turned).fetchall()

    return run


def bigquery(columns, rows, statement):
    """Accepted by Google's own analyzer, names and types and all."""
    needs("zetasql")
    from zetasql.api import Analyzer, CatalogBuilder, TableBuilder
    from zetasql.types import AnalyzerOptions, LanguageOptions, TypeKind, ZetaSQLBuiltinFunctionOptions

    kinds = {"BIGINT": TypeKind.TYPE_INT64, "BOOLEAN": TypeKind.TYPE_BOOL, "VARCHAR": TypeKind.TYPE_STRING}
    table = TableBuilder("clients").add_column("id", TypeKind.TYPE_INT64)
    for name, kind in columns:
        table = table.add_column(name, kinds[kind])
    language = LanguageOptions.maximum_features()
    functions = ZetaSQLBuiltinFunctionOptions(language_options=language)
    catalog = CatalogBuilder("warehouse").add_table(table.build()).with_builtin_functions(functions).build()
    Analyzer(AnalyzerOptions(language_options=language), catalog).analyze_statement(statement)
    return transpiled("bigquery")(columns, rows, statement)


# All that a statement for Snowflake consists of beside names and texts: what its manual says without any doubt.
SUBSET = set("""AND AS BIGINT BOOLEAN CASE CAST COALESCE DISTINCT ELSE END FALSE FLOOR FROM IN IS JOIN LEFT LOWER MOD NULL NUMBER
ON OR SELECT THEN TRANSLATE TRIM TRUE VALUES VARCHAR WHEN WITH""".split())


def snowflake(columns, rows, statement):
    """Accepted by sqlfluff's grammar, and no other words in it than those of the subset."""
    plain = re.sub(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"]|\"\")*\"", "", re.sub("^--.*", "", statement), flags=re.DOTALL)
    others = set(re.findall(r"\b[A-Z]+\b", plain)) - SUBSET
    if others:
        raise RuntimeError(f"{others} are not of the subset of SQL that is used for Snowflake")
    sqlfluff = needs("sqlfluff")
    # Rows of constants are alike, and sqlfluff takes seconds for hundreds of them.
    from sqlfluff.core import FluffConfig

    # As it is, without what a template would mean.
    config = FluffConfig(overrides={"dialect": "snowflake", "templater": "raw"})
    tree = sqlfluff.parse(shortened(statement), config=config)
    if "unparsable" in str(tree):
        raise RuntimeError("sqlfluff cannot read the statement as Snowflake's")
    return transpiled("snowflake")(columns, rows, statement)


def shortened(statement):
    """A statement of which at most five like lines follow each other, and three like parts of a line."""
    kept, like, times = [], None, 0
    for line in statement.splitlines():
        shape = re.sub(r"\d+", "0", line)[:12]
        times = times + 1 if shape == like else 0
        like = shape
        if times < 5 or not re.match(r"  (WHEN|\()", line) or not line.rstrip().endswith(("END", ",")):
            kept.append(line)
    text = "\n".join(kept)
    for part in (r", '(?:[^'\\]|\\.)*'", r" WHEN '(?:[^'\\]|\\.)*' THEN \d+", r" WHEN \d+ THEN \d+"):
        text = re.sub(rf"((?:{part}){{3}})(?:{part})+", r"\1", text)
    return text


ENGINES = {
    "duckdb": duckdb,
    "sqlite": sqlite,
    "postgresql": postgresql,
    "spark": spark,
    "bigquery": bigquery,
    "snowflake": snowflake,
}
