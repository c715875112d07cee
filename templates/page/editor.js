// A text area with the numbers of its lines, marks and a word where something is wrong, and under it all that is wrong in
// the line of the cursor, where it covers no other.
const LINE = 20;
// Between the end of a line and what is said of it.
const APART = 24;
const NOTHING_HERE = "Nothing was found in the line of the cursor.";

class Editor {
  constructor() {
    this.area = at("rules-text");
    this.findings = [];
    this.pen = document.createElement("canvas").getContext("2d");
    this.area.addEventListener("scroll", () => this.follow());
    this.area.addEventListener("input", () => {
      // What was found stands for another text now.
      this.show([]);
    });
    for (const type of ["keyup", "click", "focus"]) this.area.addEventListener(type, () => this.tell());
    new ResizeObserver(() => this.follow()).observe(this.area);
  }

  get text() {
    return this.area.value;
  }

  set text(text) {
    this.area.value = text;
    this.show([]);
  }

  // Writes in the place of a stretch, so that it can be undone.
  replace(from, to, text) {
    this.area.focus();
    this.area.setSelectionRange(from, to);
    if (!document.execCommand("insertText", false, text)) {
      this.area.setRangeText(text, from, to, "end");
      this.area.dispatchEvent(new Event("input"));
    }
  }

  // Draws the numbers and the marks of findings in this text.
  show(findings) {
    this.findings = findings.filter((finding) => finding.place !== null);
    const lines = this.text.split("\n");
    // The worst of each line stands for it.
    const bad = new Map();
    for (const finding of this.findings) {
      const before = bad.get(finding.line);
      if (before === undefined || (before.severity !== "error" && finding.severity === "error")) bad.set(finding.line, finding);
    }
    if (at("rules-lines").childElementCount !== lines.length) at("rules-lines").replaceChildren(...lines.map((_, place) => make("span", String(place + 1))));
    [...at("rules-lines").children].forEach((number, place) => {
      const severity = bad.get(place + 1)?.severity ?? "";
      if (number.className !== severity) number.className = severity;
    });
    this.pen.font = getComputedStyle(this.area).font;
    const width = (text) => this.pen.measureText(text.replaceAll("\t", "        ")).width;
    let start = 0;
    const starts = lines.map((line) => {
      const own = start;
      start += line.length + 1;
      return own;
    });
    at("rules-marks").replaceChildren(...this.findings.map(({ line, place: [from, to], severity }) => {
      const text = lines[line - 1] ?? "";
      const column = Math.max(0, from - starts[line - 1]);
      const mark = make("span", undefined, severity);
      mark.style.top = `${(line - 1) * LINE}px`;
      mark.style.left = `${width(text.slice(0, column))}px`;
      mark.style.width = `${Math.max(8, width(text.slice(column, column + to - from)))}px`;
      return mark;
    }), ...[...bad].map(([line, { message, severity }]) => {
      const told = make("span", message.split("\n", 1)[0], `told ${severity}`);
      told.style.top = `${(line - 1) * LINE}px`;
      told.style.left = `${width(lines[line - 1] ?? "") + APART}px`;
      return told;
    }));
    this.follow();
    this.tell();
  }

  // Numbers and marks go with the text.
  follow() {
    const { scrollTop, scrollLeft } = this.area;
    at("rules-lines").style.transform = `translateY(${-scrollTop}px)`;
    at("rules-marks").style.transform = `translate(${-scrollLeft}px, ${-scrollTop}px)`;
  }

  // What is wrong in the line of the cursor.
  tell() {
    const line = this.text.slice(0, this.area.selectionStart).split("\n").length;
    const own = this.findings.filter((finding) => finding.line === line);
    const here = at("rules-here");
    if (this.told?.line === line && this.told.findings === this.findings) return;
    this.told = { line, findings: this.findings };
    if (own.length === 0) {
      // Said again, the same would be read aloud again.
      if (here.textContent !== NOTHING_HERE) here.replaceChildren(make("p", NOTHING_HERE, "soft"));
      return;
    }
    here.scrollTop = 0;
    here.replaceChildren(...own.map((finding) => {
      const box = make("div", undefined, finding.severity);
      box.append(make("p", `Line ${line}: ${finding.message}`), ...finding.help.map((help) => make("p", help, "soft small")), ...mends(finding));
      return box;
    }));
  }

  go(line) {
    const lines = this.text.split("\n");
    const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    this.area.focus();
    this.area.setSelectionRange(from, from);
    this.area.scrollTop = Math.max(0, (line - 6) * LINE);
    this.tell();
  }
}
const editor = new Editor();
