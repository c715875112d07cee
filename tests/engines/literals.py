"""No text of a ruleset breaks out of a literal, a name or a comment in any dialect. Usage: literals.py WHOOWNS

Rulesets whose ids, values, labels, spellings and titles are drawn from what ends literals, names and comments somewhere, over
a column with a name of the same sort: each statement is run, and the texts have to come out of it as they went in.
"""

import json
import os
import pathlib
import random
import subprocess
import sys
import tempfile

import engines
import equal

PIECES = ["'", '"', "`", "\\", "\\'", "\n", "\r", "\t", "--", "/*", "*/", "${", "${env:HOME}", "}", ";", "$$", "{{", "%",
          "'); DROP TABLE clients; --", "\\u0027", "\\x27", "é", "L&D", "日本", "\u2028", "\u0301", "😀", "a", " ", ":x", "?"]
TIMES = int(os.environ.get("ENGINES_TIMES", 20))


def text(pieces=PIECES):
    return "".join(random.choice(pieces) for _ in range(random.randint(1, 6))) + random.choice("abc")


def ruleset(role, other, rule, value, label, size):
    quoted = lambda what: json.dumps(what, ensure_ascii=False)
    return f"""
[ruleset]
name = {quoted(label)}
version = "1.0.0"
title = {quoted(label)}
prefix = "x_"

[facts.kind]
kind = "choice"
title = {quoted(label)}
values = [{quoted(value)}, "other"]
labels = {{ {quoted(value)} = {quoted(label)} }}
spellings = {{ other = [{quoted("s" + label)}] }}
unknown = [{quoted("u" + label)}]

[facts.size]
kind = "choice"
values = [{quoted(size)}, "large"]
derived = true

[roles.{quoted(role)}]
title = {quoted(label)}

[roles.{quoted(other)}]
title = "other"

[[derive]]
id = {quoted(rule)}
fact = "size"
value = {quoted(size)}
when = {{ kind = {quoted(value)} }}

[[owner]]
id = {quoted(rule)}
when = {{ kind = {quoted(value)} }}
role = {quoted(role)}
because = {quoted(label)}

[[owner]]
id = "other"
role = {quoted(other)}

[[contact]]
id = {quoted(rule)}
role = {quoted(role)}
"""


def main():
    missing, ran, refused = {}, {}, 0
    random.seed(13)
    for _ in range(TIMES):
        role, other, rule, value = "r" + text(), "o" + text(), text(), "v" + text()
        # Labels are compared without spaces, of which databases take away the plain ones alone.
        label = "l" + text([piece for piece in PIECES if piece == " " or not piece.isspace()])
        size, column = "d" + text(), "c" + text()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "rules.toml")
            path.write_text(ruleset(role, other, rule, value, label, size))
            rows = [[1, value], [2, "other"], [3, None], [4, f" {label}"], [5, "s" + label], [6, "u" + label]]
            for name, engine in engines.ENGINES.items():
                if name in missing:
                    continue
                for given in (column, "kind"):
                    done = subprocess.run(
                        [equal.WHOOWNS, "rules", "export", "--rules", str(path), "--to", "sql", "--dialect", name, "--table",
                         "clients", "--map", f"kind={given}", "--columns", "owner,contact,rule,size"], capture_output=True)
                    if not done.returncode:
                        break
                    # What no database of the kind could hold is refused, and that is said; a column can be called otherwise.
                    refused += 1
                    if done.returncode != 2 or not done.stderr.startswith(b"error"):
                        sys.exit(f"{name}: {done.stderr.decode()}")
                else:
                    continue
                try:
                    found = engine([(given, "VARCHAR")], rows, done.stdout.decode())
                except engines.Missing as error:
                    missing[name] = str(error)
                    continue
                got = {row[0]: tuple(row[1:]) for row in found}
                first, second = (role, role, rule, size), (other, role, "other", None)
                # What nothing is known of is open.
                nothing = (None, None, None, None)
                said = {1: first, 2: second, 3: nothing, 4: first, 5: second, 6: nothing}
                want = {at: (cell, *said[at]) for at, cell in rows}
                if got != want:
                    sys.exit(f"{name}: {got!r}, not {want!r}")
                ran[name] = ran.get(name, 0) + 1
    print(f"texts of a ruleset in statements: {ran}, {refused} refused")
    if not ran or any(times < TIMES // 2 for times in ran.values()):
        sys.exit("hardly anything was tried")
    for name, why in missing.items():
        print(f"\n!! NOT RUN in {name}: {why}\n", file=sys.stderr)
    sys.exit(3 if missing else 0)


if __name__ == "__main__":
    equal.WHOOWNS = str(pathlib.Path(sys.argv[1]).resolve())
    main()
