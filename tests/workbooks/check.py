"""Workbooks kept whole, opened by LibreOffice, and lists exported as workbooks: check.py PROGRAM FOLDER."""
import csv
import io
import pathlib
import shutil
import subprocess
import sys
import zipfile

import openpyxl

program, work = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
root = pathlib.Path(__file__).resolve().parents[2]


def office(kind, paths, out):
    """Lets LibreOffice write files anew as another kind."""
    out.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{work}/office", "--convert-to", kind,
         "--outdir", str(out), *map(str, paths)],
        check=True, capture_output=True, timeout=600)
    made = [out / f"{path.stem}.{kind}" for path in paths]
    for path in made:
        assert path.exists(), f"LibreOffice could not open what was to become {path.name}"
    return made


def batch(*arguments):
    done = subprocess.run([program, "batch", "--quiet", *map(str, arguments)], capture_output=True)
    assert done.returncode in (0, 1), done.stderr.decode()
    return done.stdout


def values(path):
    """Every value of every sheet, formulas as what they last gave."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {(sheet.title, cell.coordinate): cell.value
            for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value is not None}


def parts(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def kept():
    """What answers do not touch is the same byte for byte, and the same for LibreOffice."""
    made, answered = work / "made", work / "answered"
    for folder in (made, answered):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    subprocess.run([sys.executable, root / "tests/data/workbooks/make.py", made], check=True)
    [ods] = office("ods", [made / "openpyxl.xlsx"], work / "ods")
    [again] = office("xlsx", [ods], work / "again")
    shutil.copy(again, made / "libreoffice.xlsx")
    # Of a list whose sheet reaches to its far end every empty cell would be looked at.
    (made / "far.xlsx").unlink()
    [pivot] = office("xlsx", [root / "tests/data/workbooks/pivot.fods"], made)
    books = sorted(made.glob("*.xlsx"))
    for book in books:
        batch(book, "-o", answered / book.name)
        before, after = parts(book), parts(answered / book.name)
        assert list(before) == list(after), f"{book.name} has other parts"
        changed = [name for name in before if before[name] != after[name]]
        allowed = ("xl/styles.xml", "xl/worksheets/sheet", "xl/tables/table")
        assert all(name.startswith(allowed) for name in changed) and len(changed) <= 3, (book.name, changed)
    ours = office("xlsx", [answered / book.name for book in books], work / "opened-answered")
    theirs = office("xlsx", books, work / "opened-before")
    for book, one, other in zip(books, theirs, ours):
        before, after = values(one), values(other)
        lost = {place: (value, after.get(place)) for place, value in before.items() if after.get(place) != value}
        assert not lost, (book.name, lost)
        new = {value for place, value in after.items() if place not in before}
        assert "lms_status" in new and new & {"presumed", "open", "decided"}, (book.name, new)
        # A formula is still one.
        formulas = lambda path: {(sheet.title, cell.coordinate): cell.value for sheet in openpyxl.load_workbook(path)
                                 for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
        assert formulas(book) == formulas(answered / book.name), book.name
    print(f"ok: {len(books)} workbooks kept whole; LibreOffice opens them, every value as it was")


def exported():
    """Lists give the same answers as xlsx of openpyxl, and as ods, xls and xlsx of LibreOffice."""
    shared = next((folder / "shared/data" for folder in root.parents if (folder / "shared/data").is_dir()), None)
    if shared is None:
        print("!! skipped: whole lists, since there is no shared/data", file=sys.stderr)
    lists = sorted([*(root / "tests/data/lists").glob("*.csv"), *(shared.glob("*.csv") if shared else [])])
    folder = work / "exported"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    books = []
    for at, path in enumerate(lists):
        table = list(csv.reader(io.StringIO(batch(path, "--format", "csv").decode("utf-8"))))
        own = [column for column, title in enumerate(table[0]) if title.startswith("lms_")]
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("List")
        for row in table:
            cells = []
            for column, text in enumerate(row):
                if column not in own:
                    cell = openpyxl.cell.WriteOnlyCell(sheet, None)
                    cell.data_type, cell._value = "s", text or None
                    cells.append(cell)
            sheet.append(cells)
        name = folder / f"{at}-{path.stem}.xlsx"
        book.save(name)
        books.append((name, path, [[row[column] for column in own] for row in table]))
    names = [name for name, *_ in books]
    ways = [names] + [office(kind, names, folder / kind) for kind in ("ods", "xls", "xlsx")]
    for made in ways:
        for (_, path, expected), book in zip(books, made):
            table = list(csv.reader(io.StringIO(batch(book, "--format", "csv").decode("utf-8"))))
            own = [column for column, title in enumerate(table[0]) if title.startswith("lms_")]
            there = [[row[column] for column in own] for row in table]
            assert len(there) == len(expected), (book.name, len(there), len(expected))
            for row, (one, other) in enumerate(zip(expected, there)):
                assert one == other, f"{path.name} as {book}, row {row}: {one} became {other}"
    print(f"ok: {len(lists)} lists in {len(ways)} kinds of workbooks give the same answers")


kept()
exported()
