"""Makes the workbooks in this folder: `python3 make.py .` with openpyxl, xlsxwriter and pillow from PyPI."""
import datetime, io, sys, pathlib
import openpyxl, xlsxwriter
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule, ColorScaleRule
from openpyxl.styles import Font, PatternFill, Border, Side, Alignment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableStyleInfo
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Picture

folder = pathlib.Path(sys.argv[1])
CLIENTS = [("Acme GmbH", 300, True, "yes"), ("Beta & Co", "1,001-5,000", True, "no"), ("Γάμμα", 720, False, ""),
           ("Delta <Ltd>", "10,001+", True, "yes"), ("Epsilon", "unknown", None, ""), ("Zeta", 45, False, "no")]
STAMP = datetime.datetime(2024, 1, 2, 3, 4, 5)

def picture():
    out = io.BytesIO()
    Picture.new("RGB", (24, 16), (200, 30, 30)).save(out, "PNG")
    out.seek(0)
    return out

def openpyxl_book():
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = STAMP
    cover = book.active
    cover.title = "Cover"
    cover["A1"] = "Client list, exported for the spring round"
    cover["B3"] = "=SUM(Clients!B5:B10)"
    sheet = book.create_sheet("Clients")
    sheet.merge_cells("A1:D1")
    sheet["A1"] = "Clients of the spring round"
    sheet["A1"].font = Font(size=16, bold=True)
    sheet["A2"] = datetime.date(2024, 3, 1)
    header = ["Company", "Employees", "HR team", "L&D team"]
    for at, title in enumerate(header, 1):
        cell = sheet.cell(4, at, title)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor="1F4E78")
        cell.border = Border(bottom=Side(style="thick"))
    for row, (name, employees, hr, ld) in enumerate(CLIENTS, 5):
        for at, value in enumerate((name, employees, hr, ld), 1):
            sheet.cell(row, at, value)
    sheet["B6"].number_format = "#,##0"
    sheet["A12"] = "Sum"
    sheet["B12"] = "=SUM(B5:B10)"
    sheet.row_dimensions[7].hidden = True
    sheet.row_dimensions[5].height = 30
    sheet.column_dimensions["A"].width = 32.5
    sheet.freeze_panes = "A5"
    sheet.conditional_formatting.add("B5:B10", CellIsRule(operator="greaterThan", formula=["500"], fill=PatternFill("solid", bgColor="FFC7CE")))
    sheet.conditional_formatting.add("B5:B10", ColorScaleRule(start_type="min", start_color="FFFFFF", end_type="max", end_color="63BE7B"))
    choice = DataValidation(type="list", formula1='"yes,no"', allow_blank=True)
    sheet.add_data_validation(choice)
    choice.add("D5:D10")
    sheet["A5"].comment = Comment("Renewal in May", "Sales")
    sheet["A6"].hyperlink = "https://example.com/beta"
    sheet.auto_filter.ref = "A4:D10"
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=4, max_row=10), titles_from_data=True)
    sheet.add_chart(chart, "A16")
    sheet.add_image(Image(picture()), "H2")
    book.defined_names["Staff"] = DefinedName("Staff", attr_text="Clients!$B$5:$B$10")
    hidden = book.create_sheet("Old")
    hidden.append(["Company", "Employees"])
    hidden.append(["Gone Inc", 12])
    hidden.sheet_state = "hidden"
    book.save(folder / "openpyxl.xlsx")

def table_book():
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = STAMP
    sheet = book.active
    sheet.title = "Accounts"
    sheet["B2"] = "Accounts"
    for at, title in enumerate(["Company", "Employees", "Staff cost", "L&D team"], 2):
        sheet.cell(3, at, title)
    for row, (name, employees, _, ld) in enumerate(CLIENTS, 4):
        sheet.cell(row, 2, name)
        sheet.cell(row, 3, employees)
        sheet.cell(row, 4, f"=ROW()*100")
        sheet.cell(row, 5, ld)
    table = Table(displayName="Accounts", ref="B3:E9")
    table.tableStyleInfo = TableStyleInfo(name="TableStyleMedium9", showRowStripes=True)
    sheet.add_table(table)
    sheet.column_dimensions["F"].width = 3
    book.save(folder / "table.xlsx")

def xlsxwriter_book():
    book = xlsxwriter.Workbook(str(folder / "xlsxwriter.xlsx"))
    book.set_properties({"created": STAMP})
    sheet = book.add_worksheet("List")
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    edge = book.add_format({"border": 1})
    date = book.add_format({"num_format": "dd/mm/yyyy"})
    for at, title in enumerate(["Company", "Employees", "Since", "Headcount twice"]):
        sheet.write(0, at, title, bold)
    for row, (name, employees, *_ ) in enumerate(CLIENTS, 1):
        sheet.write(row, 0, name)
        sheet.write(row, 1, employees)
        sheet.write_datetime(row, 2, datetime.datetime(2020, 2, 28 + row % 2), date)
        sheet.write_formula(row, 3, f"=IFERROR(B{row + 1}*2,0)", None, employees * 2 if isinstance(employees, int) else 0)
        for at in range(4, 12):
            sheet.write_blank(row, at, None, edge)
    sheet.write_rich_string(8, 0, "rich ", bold, "text")
    sheet.set_column("A:A", 30)
    sheet.set_column("E:XFD", None, None, {"hidden": True})
    sheet.data_validation("B2:B7", {"validate": "any", "input_message": "people"})
    sheet.conditional_format("B2:B7", {"type": "data_bar"})
    sheet.write_comment("B3", "from the annual report")
    sheet.insert_image("A12", "logo.png", {"image_data": picture()})
    sheet.add_sparkline("D9", {"range": "List!B2:B7"})
    other = book.add_worksheet("Chart")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=List!$B$2:$B$7", "categories": "=List!$A$2:$A$7"})
    other.insert_chart("A1", chart)
    book.define_name("People", "=List!$B$2:$B$7")
    book.add_worksheet("Very hidden").very_hidden()
    book.close()

def dates_book():
    for epoch, name in ((False, "dates.xlsx"), (True, "dates-1904.xlsx")):
        book = xlsxwriter.Workbook(str(folder / name), {"date_1904": epoch})
        book.set_properties({"created": STAMP})
        sheet = book.add_worksheet("Dates")
        sheet.write_row(0, 0, ["Company", "Employees", "Since", "Ratio", "Text", "Error"])
        rows = [(datetime.date(2025, 10, 1), "d-mmm"), (datetime.date(2025, 10, 1), "mmm-yy"), (datetime.date(2026, 1, 10), "d-mmm"),
                (datetime.date(1950, 11, 1), "mmm-yy"), (datetime.date(2025, 10, 1), "yyyy-mm-dd"), (datetime.date(1950, 11, 1), "dd/mm/yyyy")]
        for row, (day, code) in enumerate(rows, 1):
            sheet.write(row, 0, code)
            sheet.write_datetime(row, 1, day, book.add_format({"num_format": code}))
            sheet.write_datetime(row, 2, datetime.date(2020, 2, 29), book.add_format({"num_format": "yyyy-mm-dd"}))
            sheet.write_number(row, 3, 10 / 3)
            sheet.write_string(row, 4, "42")
            sheet.write_formula(row, 5, "=A99", None, "#REF!")
        book.close()

def far_book():
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = STAMP
    sheet = book.active
    sheet.append(["Company", "Employees"])
    for name, employees, *_ in CLIENTS:
        sheet.append([name, employees])
    sheet["IV65536"] = "a cell far off"
    book.save(folder / "far.xlsx")

openpyxl_book(); table_book(); xlsxwriter_book(); dates_book(); far_book()
