"""Writes projects.csv: 600 invented projects of a consultancy, of which it is known who owned in the end.

    python3 examples/learning/generate.py > examples/learning/projects.csv

The seed is fixed, so that the list is the same every time. Nothing in it is real.
"""

import csv
import random
import sys

ROWS = 600
NOISE = 0.10
MISSING = 0.10
draw = random.Random(14)

FIRST = "Amber Birch Cedar Delta Ember Falcon Garnet Harbor Indigo Juniper Kestrel Lumen Maple Nimbus Onyx Pearl".split()
SECOND = "Foods Logistics Metals Pharma Retail Software Textiles Energy Motors Insurance".split()

# What people write for a role: its title, or the job title of the person who had it.
WRITTEN = {
    "department-heads": ["Functional department heads", "Head of Operations", "VP Sales", "Plant Manager"],
    "ld-head": ["Head of L&D", "L&D Director", "Head of Training"],
    "hr-and-ld": ["HR and L&D, jointly"],
    "hr-head": ["Head of HR", "CHRO", "HR Director"],
    "executive-sponsor": ["Executive sponsor", "CEO", "Managing Director"],
    "global-ld-head": ["Global head of L&D"],
    "regional-ld-head": ["Regional head of L&D"],
}


def headcount():
    """Half of these clients are mid-sized. From 100 on, people write round numbers."""
    low, high = draw.choice([(20, 240), (250, 490), (250, 490), (500, 1000), (500, 1000), (500, 1000), (500, 1000), (1100, 9000)])
    number = draw.randint(low, high)
    return number if number < 100 else number // 10 * 10


def owner(size, hr, ld, structure, regions, scope):
    """Who owned: as the default rules say, but for one thing that is different at this consultancy's clients."""
    if size < 500:
        return "ld-head" if ld else "department-heads"
    if size <= 1000:
        if hr and ld:
            return "hr-and-ld" if structure == "joint" else "ld-head"
        if ld:
            return "ld-head"
        # Planted. The default rules say: the head of HR.
        return "department-heads" if hr else "executive-sponsor"
    if ld:
        return {1: "ld-head"}.get(regions, "regional-ld-head" if scope == "region" else "global-ld-head")
    return "hr-head" if hr else "executive-sponsor"


def main():
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["Company", "Employees", "HR team", "L&D team", "Team structure", "Regions", "Project scope", "Real owner"])
    for number in range(1, ROWS + 1):
        size = headcount()
        # From 250 people on, an L&D team is commoner among these clients than the default rules presume.
        ld = draw.random() < (0.15 if size < 250 else 0.65 if size < 500 else 0.45)
        hr = draw.random() < 0.90
        structure = draw.choice(["joint", "joint", "separate"]) if hr and ld else ""
        regions = 1 if size < 500 else draw.choice([1, 1, 2, 3])
        scope = draw.choice(["organization", "organization", "region"])
        role = owner(size, hr, ld, structure, regions, scope)
        if draw.random() < NOISE:
            role = draw.choice(sorted(WRITTEN))
        said = draw.choice(["Landlord's office", "A friend, \"Bob\""]) if draw.random() < 0.01 else draw.choice(WRITTEN[role])
        name = f"{draw.choice(FIRST)} {draw.choice(SECOND)}" + (", Inc." if number % 7 == 0 else "") + f" {number:03}"
        cells = [size, "yes" if hr else "no", "yes" if ld else "no", structure, regions, scope]
        cells = ["" if draw.random() < MISSING else cell for cell in cells]
        out.writerow([name, *cells, said])


main()
