// Makes sheetjs.xlsx and sheetjs.xlsb with SheetJS 0.18.5 (npm's `xlsx`): `node sheetjs.js FOLDER`.
const { utils, writeFile } = require("xlsx");
const { join } = require("path");

const book = utils.book_new();
utils.book_append_sheet(book, utils.aoa_to_sheet([["Cover"], ["of the list"]]), "Cover");
const sheet = utils.aoa_to_sheet([
  ["Company", "Employees", "HR team", "Since", "Twice"],
  ["Acme GmbH", 300, true, new Date(Date.UTC(2020, 1, 29)), null],
  ["Beta & Co", "1,001-5,000", false, null, null],
  ["Γάμμα", 720.5, "yes", null, null],
  ["Delta", "10,001+", null, null, null],
]);
sheet.E2 = { t: "n", f: "B2*2", v: 600 };
sheet.E3 = { t: "e", v: 0x17 };
utils.book_append_sheet(book, sheet, "Clients");
for (const kind of ["xlsx", "xlsb"]) writeFile(book, join(process.argv[2], `sheetjs.${kind}`), { bookType: kind, compression: true });
