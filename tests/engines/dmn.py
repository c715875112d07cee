"""A ruleset as DMN in programs that are not ours: valid by the published schema, opened by dmn-js in a browser, and for
every complete state two engines give what `batch` gives. One check for each thing that exporters get wrong.
Usage: dmn.py WHOOWNS NODE_FOLDER [DSNTK]
"""

import csv
import itertools
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from equal import ends_of_range, facts_of, run, thresholds
from lxml import etree
import equal

ROOT = pathlib.Path(__file__).resolve().parents[2]
MODEL = "https://www.omg.org/spec/DMN/20191111/MODEL/"
RULES = [None, ROOT / "examples/own-rules/training-platform-250.toml", ROOT / "examples/own-rules/purchase-approval.toml",
         ROOT / "tests/engines/growth.toml"]
# Of a ruleset with more states than this, so many are drawn; the default one has fewer.
MOST = 20_000


def passes(value, test):
    """Whether a value passes a test as `only_when` has them here."""
    if isinstance(test, str) and test.startswith("< "):
        return value < int(test[2:])
    return value in (test if isinstance(test, list) else [test])


def states_of(facts, ruleset):
    """Every complete state, an integer at both ends of each stretch between thresholds."""

    def values(name, fact):
        if fact["kind"] == "boolean":
            return [False, True]
        if fact["kind"] == "choice":
            return fact["values"]
        low, high = ends_of_range(fact)
        ends = {number + step for number in thresholds(ruleset, name) for step in (-1, 0, 1)}
        # A number that stands for "unknown" in lists is no state of its own there; DMN has no such numbers.
        unknown = {int(word) for word in fact.get("unknown", []) if word.lstrip("-").isdigit()}
        return sorted(number for number in ends - unknown if low <= number <= high)

    asked = {name: fact for name, fact in facts.items() if fact["kind"] != "text"}
    for combination in itertools.product(*(values(name, fact) for name, fact in asked.items())):
        state = dict(zip(asked, combination))

        def applies(name):
            return all(passes(state[needed], test) for needed, test in asked[name].get("only_when", {}).items())

        # A fact that does not apply has no value: one state of those that differ in it is kept.
        without = {name for name in asked if not applies(name)}
        if all(state[name] == values(name, asked[name])[0] for name in without):
            yield {name: None if name in without else value for name, value in state.items()}


def expected(states, arguments):
    with tempfile.TemporaryDirectory() as folder:
        clients, answers = f"{folder}/clients.csv", f"{folder}/answers.csv"
        names = list(states[0])
        with open(clients, "w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(names)
            for state in states:
                cells = (str(value).lower() if isinstance(value, bool) else value for value in state.values())
                writer.writerow(["" if cell is None else cell for cell in cells])
        maps = [part for name in names for part in ("--map", f"{name}={name}")]
        run(equal.WHOOWNS, "batch", clients, "-o", answers, "--quiet", "--prefix", "x_", *maps, *arguments)
        with open(answers, newline="") as file:
            rows = list(csv.DictReader(file))
        if any(row["x_status"] not in ("decided", "unmatched") for row in rows):
            sys.exit("a complete state is not decided")
        return [(row["x_owner"], row["x_contact"]) for row in rows]


def what_exporters_get_wrong(path):
    tree = etree.parse(path)
    root = tree.getroot()
    find = lambda expression: root.xpath(expression, namespaces={
        "d": MODEL, "di": "https://www.omg.org/spec/DMN/20191111/DMNDI/", "dc": "http://www.omg.org/spec/DMN/20180521/DC/"})
    checks = {
        "the namespace is that of DMN 1.3": root.tag == f"{{{MODEL}}}definitions",
        "every element is drawn": len(find("//di:DMNShape/dc:Bounds")) == len(find("//d:inputData | //d:decision")) > 2,
        "every requirement is drawn": len(find("//di:DMNEdge")) == len(find("//d:informationRequirement")) > 2,
        "every variable has a type": not find("//d:variable[not(@typeRef)]") and find("//d:variable"),
        "every input expression has a type": not find("//d:inputExpression[not(@typeRef)]"),
        "every table has an input": not find("//d:decisionTable[not(d:input)]"),
        "every text is quoted": all(
            text == "null" or text in ("true", "false") or text.lstrip("-").isdigit() or (text[0] == text[-1] == '"')
            for text in find("//d:outputEntry/d:text/text()")),
        "no id occurs twice": len(set(find("//@id"))) == len(find("//@id")),
        "a single output has no type": not find("//d:output/@typeRef"),
        "nothing passes by being no value": not any("not(" in text for text in find("//d:inputEntry/d:text/text()")),
        "every table has a row that always holds": all(
            all(text.text == "-" for text in table.xpath("d:rule[last()]/d:inputEntry/d:text", namespaces={"d": MODEL}))
            for table in find("//d:decisionTable")),
        "the first row that holds decides": set(find("//d:decisionTable/@hitPolicy")) == {"FIRST"},
        "every rule says its id": all(text for text in find("//d:rule/d:annotationEntry[1]/d:text/text()")),
    }
    for what, holds in checks.items():
        if not holds:
            sys.exit(f"not so: {what}")
    print(f"{len(checks)} things that exporters get wrong are right")


def by_dsntk(dsntk, path, states, wanted):
    """What it gives; it is asked for all states at once, and says where it gives something else than what is wanted."""

    def feel(value):
        return "null" if value in (None, "") else json.dumps(value)

    answers = []
    for place, name in enumerate(("owner", "contact")):
        with tempfile.NamedTemporaryFile("w", suffix=".dtb") as file:
            for state, want in zip(states, wanted):
                given = ", ".join(f"{fact}: {feel(value)}" for fact, value in state.items())
                file.write(f"% {{{given}}}, {feel(want[place])}\n")
            file.flush()
            said = run(dsntk, "tdm", "--color", "never", "--invocable", name, file.name, path)
        failed = dict(re.findall(r"test (\d+) \.\.\. FAILED\n *expected: .*\n *actual: (.*)", said))
        if len(re.findall(r"^test \d+ \.\.\. ", said, re.MULTILINE)) != len(states):
            sys.exit(f"dsntk decided something else than all states: {said[:1000]}")
        answers.append([failed.get(str(at + 1), want[place]) for at, want in enumerate(wanted)])
    return list(zip(*answers))


def by_feelin(node, path, states, screenshot):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "states.json").write_text(json.dumps(states))
        done = subprocess.run(["node", "dmn.mjs", path, f"{folder}/states.json", f"{folder}/answers.json", screenshot],
                              cwd=node, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        print(done.stdout.strip())
        answers = json.loads(pathlib.Path(folder, "answers.json").read_text())
    return [(answer["owner"] or "", answer["contact"] or "") for answer in answers]


def main(node, dsntk):
    schema = node / "node_modules/dmn-moddle/resources/dmn/xsd/DMN13.xsd"
    for rules in RULES:
        arguments = ["--rules", rules] if rules else []
        facts, ruleset = facts_of(rules)
        path = node / f"{ruleset['ruleset']['name']}.dmn"
        path.write_text(run(equal.WHOOWNS, "rules", "export", "--to", "dmn", *arguments))
        etree.XMLSchema(etree.parse(str(schema))).assertValid(etree.parse(str(path)))
        what_exporters_get_wrong(str(path))
        states = list(states_of(facts, ruleset))
        if len(states) > MOST and rules:
            random.seed(path.stem)
            states = random.sample(states, MOST)
        wanted = expected(states, arguments)
        engines = {"feelin": by_feelin(node, path.name, states, f"{path.stem}.png")}
        if dsntk:
            engines["dsntk"] = by_dsntk(dsntk, path, states, wanted)
        for engine, found in engines.items():
            wrong = [(state, got, want) for state, got, want in zip(states, found, wanted) if got != want]
            for state, got, want in wrong[:5]:
                print(f"{engine}: {state}: {got}, batch {want}")
            if wrong:
                sys.exit(f"{path.name}, {engine}: {len(wrong)} of {len(found)} states differ")
            print(f"{path.name}, {engine}: {len(found)} complete states equal")


if __name__ == "__main__":
    equal.WHOOWNS = str(pathlib.Path(sys.argv[1]).resolve())
    main(pathlib.Path(sys.argv[2]).resolve(), sys.argv[3] if len(sys.argv) > 3 else None)
