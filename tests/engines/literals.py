"""No text of a ruleset breaks out of a literal or a comment in any dialect. Usage: literals.py WHOOWNS

Rulesets whose ids, values and titles are drawn from what ends literals, names and comments somewhere: each statement is run,
and the ids have to come out of it as they went in.
"""

import json
import os
import pathlib
import random
import sys
import tempfile

import engines
from equal import run
import equal

PIECES = ["'", '"', "`", "\\", "\\'", "\n", "\r", "\t", "--", "/*", "*/", "${", "${env:HOME}", "}", ";", "$$", "{{", "%",
          "'); DROP TABLE clients; --", "\\u0027", "\\x27", "é", "L&D", "日本", "\u2028", "\u0301", "😀", "a", " ", ":x", "?"]
TIMES = int(os.environ.get("ENGINES_TIMES", 20))


def text():
    return "".join(random.choice(PIECES) for _ in range(random.randint(1, 6))) + random.choice("abc")


def ruleset(role, other, rule, value, title):
    quoted = lambda what: json.dumps(what)
    return f"""
[ruleset]
name = {quoted(title)}
version = "1.0.0"
title = {quoted(title)}
prefix = "x_"

[facts.kind]
kind = "choice"
title = {quoted(title)}
values = [{quoted(value)}, "other"]

[roles.{quoted(role)}]
title = {quoted(title)}

[roles.{quoted(other)}]
title = "other"

[[owner]]
id = {quoted(rule)}
when = {{ kind = {quoted(value)} }}
role = {quoted(role)}
because = {quoted(title)}

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
        role, other, rule, value, title = "r" + text(), "o" + text(), text(), "v" + text(), text()
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder, "rules.toml")
            path.write_text(ruleset(role, other, rule, value, title))
            rows = [[1, value], [2, "other"], [3, None]]
            for name, engine in engines.ENGINES.items():
                done = equal.subprocess.run(
                    [equal.WHOOWNS, "rules", "export", "--rules", str(path), "--to", "sql", "--dialect", name,
                     "--table", "clients"], capture_output=True)
                if done.returncode:
                    # A ruleset that is refused for what is in it says where.
                    refused += 1
                    continue
                if name in missing:
                    continue
                try:
                    found = engine([("kind", "VARCHAR")], rows, done.stdout.decode())
                except engines.Missing as error:
                    missing[name] = str(error)
                    continue
                got = {row[0]: (row[1], row[3], row[4], row[6]) for row in found}
                want = {1: (value, role, role, rule), 2: ("other", other, role, "other")}
                for at, said in want.items():
                    if got[at] != said:
                        sys.exit(f"{name}: {got[at]!r}, not {said!r}")
                ran[name] = ran.get(name, 0) + 1
    print(f"texts of a ruleset in statements: {ran}, {refused} rulesets refused")
    if not ran or refused > len(engines.ENGINES) * TIMES // 2:
        sys.exit("hardly anything was tried")
    for name, why in missing.items():
        print(f"\n!! NOT RUN in {name}: {why}\n", file=sys.stderr)
    sys.exit(3 if missing else 0)


if __name__ == "__main__":
    equal.WHOOWNS = str(pathlib.Path(sys.argv[1]).resolve())
    main()
