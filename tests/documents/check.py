"""Opens briefs by python-docx, and looks for what a proposal takes over: headings, tables, properties, a footer."""

import sys

import docx
from docx.oxml.ns import qn

for path in sys.argv[1:]:
    document = docx.Document(path)
    headings = [one.text for one in document.paragraphs if one.style.name.lower().startswith("heading 1")]
    assert headings[0] == "Why" or "Possible answers" in headings, headings
    assert "What we know" in headings and "Do next" in headings or "purchase" in path, headings
    assert len(headings) == len(set(headings)), headings
    assert document.core_properties.title and document.core_properties.author == "whoowns"
    footer = "".join(one.text for one in document.sections[0].footer.paragraphs)
    assert "blake3:" in footer, footer
    answer = document.tables[0]
    assert answer.cell(0, 0).text == "Owner" and answer.cell(0, 1).text, path
    # The decision map is a table whose cells are shaded by owner.
    shaded = {
        shading.get(qn("w:fill"))
        for table in document.tables
        for shading in table._tbl.iter(qn("w:shd"))
    }
    assert len(shaded) > 2, (path, shaded)
    for table in document.tables:
        assert all(len(row.cells) == len(table.columns) for row in table.rows), path
print(f"ok: python-docx opened {len(sys.argv) - 1} Word files")
