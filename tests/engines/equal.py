"""The SQL of a ruleset against `batch`, row by row, in real databases.

Every kind of cell occurs: numbers at and around each threshold, bands that reach a share and that just miss it, open
ends, nothing, contradictions, values that are none. Usage: equal.py WHOOWNS ENGINE...
"""

import csv
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from engines import ENGINES, Missing, duckdb_with

ROWS = int(os.environ.get("ENGINES_ROWS", 50_000))
ROOT = pathlib.Path(__file__).resolve().parents[2]
ANSWERS = ["status", "owner", "contact", "confidence", "rule", "ask"]
# Ruleset, and the integers that are given as two columns.
CASES = [
    ("default", None, []),
    ("default, bands", None, ["headcount"]),
    ("250", ROOT / "examples/own-rules/training-platform-250.toml", ["headcount"]),
    ("purchase-approval", ROOT / "examples/own-rules/purchase-approval.toml", []),
    ("purchase-approval, bands", ROOT / "examples/own-rules/purchase-approval.toml", ["amount"]),
    ("below zero", ROOT / "tests/engines/growth.toml", []),
    ("below zero, bands", ROOT / "tests/engines/growth.toml", ["growth"]),
]


def run(*arguments, check=True):
    done = subprocess.run([str(one) for one in arguments], capture_output=True, text=True)
    if check and done.returncode not in (0, 1):
        sys.exit(f"{arguments}: {done.stderr}")
    return done.stdout


def facts_of(rules):
    arguments = ["--rules", rules] if rules else []
    ruleset = json.loads(run(WHOOWNS, "rules", "export", "--to", "json", *arguments))
    return {name: fact for name, fact in ruleset["facts"].items() if not fact.get("derived")}, ruleset


def thresholds(ruleset, name):
    """Every number that a test of the fact names, and the ends of its range."""
    found = {1}
    for rows in ruleset.values():
        for row in rows if isinstance(rows, list) else []:
            for test in [row.get("when", {}).get(name), row.get("set", {}).get(name)] if isinstance(row, dict) else []:
                found.update(numbers_in(test or ""))
    found.update(numbers_in(ruleset["facts"][name].get("range", "")))
    return sorted(found)


def numbers_in(text):
    return [int(digits) for digits in re.findall(r"-?\d+", re.sub(r"[,_ ]", "", str(text)))]


def ends_of_range(fact):
    """The least and the most that a number can be."""
    low, high = (1 if fact["kind"] == "set" else 0), float("inf")
    numbers = numbers_in(fact.get("range", ""))
    match re.sub(r"[\d\s,_-]", "", fact.get("range", "")):
        case ">=":
            low = numbers[0]
        case "..=":
            low, high = numbers
        case "":
            pass
        case other:
            raise ValueError(f"a range {other}")
    return low, high


class Cells:
    """Cells of one fact at random: what a database holds, and what a list says."""

    def __init__(self, name, fact, ruleset, band):
        self.name, self.fact, self.band = name, fact, band
        if fact["kind"] in ("integer", "set"):
            cuts = thresholds(ruleset, name)
            near = {round(cut * factor) for cut in cuts for factor in (0.9, 0.95, 1, 1.05, 1.1)}
            # The least that a list says; where numbers go below zero, some that are out of range too.
            self.least = min(min(numbers_in(fact.get("range", "1"))) * 2, 0)
            self.numbers = sorted({max(number + step, self.least) for number in near for step in (-1, 0, 1)} | {max(cuts) * 3})

    def columns(self):
        kind = {"boolean": "BOOLEAN", "choice": "VARCHAR", "text": "VARCHAR"}.get(self.fact["kind"], "BIGINT")
        return [(f"{self.name}_{end}", kind) for end in ("lo", "hi")] if self.band else [(self.name, kind)]

    def value(self):
        """A text in a column of choices: mostly a value by its id, else as people write it, or none at all."""
        value, shape = random.choice(self.fact["values"]), random.random()
        if shape < 0.9:
            return value
        if shape < 0.92:
            return "none-of-these"
        if shape < 0.94:
            return random.choice(["n/a", " Unknown ", "TBD", "-", "nicht bekannt", "Non communiqué", "_"])
        others = [self.fact.get("labels", {}).get(value, value), *self.fact.get("spellings", {}).get(value, [])]
        written = random.choice([value, *others])
        return random.choice([written, written.upper(), f" {written}", written.replace(" ", "_"), written.replace("-", " ")])

    def draw(self):
        kind = self.fact["kind"]
        if random.random() < 0.3:
            return ([None, None] if self.band else [None]), ""
        if kind == "boolean":
            flag = random.random() < 0.5
            return [flag], "true" if flag else "false"
        if kind == "choice":
            value = self.value()
            return [value], value
        if kind == "text":
            value = random.choice(["Bavaria", "Bavaria", "n/a", " Unknown", "  "])
            return [value], value
        first = random.choice(self.numbers)
        if kind == "set":
            first = random.randint(1, 4)
        if not self.band:
            return [first], str(first)
        shape = random.random()
        if shape < 0.2:
            return [first, first], str(first)
        if shape < 0.3:
            return [first, None], f"{first}+"
        if shape < 0.4 and first > self.least:
            return [None, first], f"up to {first}"
        second = random.choice(self.numbers)
        if shape < 0.7:
            # Nine in ten of a band on one side of a threshold, more or less.
            cut, length = random.choice(self.numbers), random.choice([10, 20, 100, 300, 1000])
            first = max(cut - round(length * random.choice([0.1, 0.9])) + random.randint(-1, 1), self.least + 1)
            second = first + length - 1
        first, second = max(min(first, second), self.least + 1), max(first, second, self.least + 2)
        if first == second:
            second += 1
        return [first, second], f"{first}-{second}" if first >= 0 else f"{first} to {second}"


def parquet(columns, rows, statement):
    """The example that a data engineer starts from: Parquet in, Parquet out."""
    with tempfile.TemporaryDirectory() as folder:
        clients, answers = f"{folder}/clients.parquet", f"{folder}/answers.parquet"
        database = duckdb_with(columns, rows)
        database.execute(f"COPY clients TO '{clients}' (FORMAT parquet)")
        example = ROOT / "examples/warehouse/duckdb_parquet.py"
        subprocess.run([sys.executable, str(example), clients, answers], check=True, env={"WHOOWNS": WHOOWNS})
        return database.execute(f"SELECT * FROM '{answers}'").fetchall()


# What takes long runs over these cases alone, unless ENGINES=all.
SLOW = [] if os.environ.get("ENGINES") == "all" else ["spark", "bigquery", "snowflake"]
FEW = ["default", "default, bands", "purchase-approval", "below zero, bands"]
RUN = {**ENGINES, "parquet": parquet}
DIALECTS = {"parquet": "duckdb"}
LONGEST = 256 * 1024


def compare(title, rules, bands, engines):
    random.seed(title)
    facts, ruleset = facts_of(rules)
    arguments = ["--rules", rules] if rules else []
    # A text that decides nothing and may always be given is not read.
    cells = [
        Cells(name, fact, ruleset, name in bands)
        for name, fact in facts.items()
        if fact["kind"] != "text" or fact.get("only_when")
    ]
    columns = [column for cell in cells for column in cell.columns()]
    rows, listed = [], []
    for number in range(ROWS):
        drawn = [cell.draw() for cell in cells]
        rows.append([number] + [value for values, _ in drawn for value in values])
        listed.append([number] + [text for _, text in drawn])
    with tempfile.TemporaryDirectory() as folder:
        clients, answers = pathlib.Path(folder, "clients.csv"), pathlib.Path(folder, "answers.csv")
        with open(clients, "w", newline="") as file:
            csv.writer(file).writerows([["id"] + [cell.name for cell in cells]] + listed)
        maps = [part for cell in cells for part in ("--map", f"{cell.name}={cell.name}")]
        run(WHOOWNS, "batch", clients, "-o", answers, "--quiet", "--prefix", "x_", *maps, *arguments)
        with open(answers, newline="") as file:
            expected = {int(row["id"]): [row[f"x_{name}"] for name in ANSWERS] for row in csv.DictReader(file)}
    for engine in engines:
        if (engine == "parquet" and (rules or bands)) or (engine in SLOW and title not in FEW):
            continue
        maps = [part for name in bands for part in ("--map", f"{name}={name}_lo,{name}_hi")]
        statement = run(WHOOWNS, "rules", "export", "--to", "sql", "--dialect", DIALECTS.get(engine, engine), "--table", "clients",
                        "--prefix", "x_", *maps, *arguments)
        if title.startswith("default") and len(statement) > LONGEST:
            sys.exit(f"{title}, {engine}: {len(statement)} bytes, more than {LONGEST}")
        try:
            found = RUN[engine](columns, rows, statement)
        except Missing as missing:
            MISSING[engine] = str(missing)
            continue
        if len(found) != len(rows):
            sys.exit(f"{title}, {engine}: {len(found)} rows of {len(rows)}")
        wrong = 0
        for row in found:
            got = ["" if value is None else value for value in row[-len(ANSWERS):]]
            want = expected[row[0]]
            if want[0] == "invalid":
                got, want = got[:1], want[:1]
            if got != want:
                wrong += 1
                if wrong <= 5:
                    print(f"{title}, {engine}: {dict(zip([name for name, _ in columns], row[1:]))}: {got}, batch {want}")
        if wrong:
            sys.exit(f"{title}, {engine}: {wrong} of {len(rows)} rows differ")
        kinds = {status: sum(1 for want in expected.values() if want[0] == status)
                 for status in ("decided", "presumed", "open", "unmatched", "invalid")}
        print(f"{title}, {engine}: {len(rows)} rows equal, {len(statement)} bytes, {kinds}")


if __name__ == "__main__":
    WHOOWNS = str(pathlib.Path(sys.argv[1]).resolve())
    MISSING = {}
    for case in CASES:
        compare(*case, sys.argv[2:] or list(RUN))
    for engine, why in MISSING.items():
        print(f"\n!! NOT RUN in {engine}: {why}\n", file=sys.stderr)
    sys.exit(3 if MISSING else 0)
