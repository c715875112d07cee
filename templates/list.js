"use strict";
(function () {
  const { words, rows } = JSON.parse(document.getElementById("data").textContent);
  const at = (id) => document.getElementById(id);
  const heads = ["Row", "Name", "Status", "Owner", "Contact", "Confidence", "Best question", "Note"];
  const shown = 100;
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  // Every row once as texts to search and sort; the table shows a hundred of them at a time.
  const items = rows.map(([name, status, owner, contact, confidence, ask, note, flags], place) => ({
    cells: [place + 1, name, words[status], words[owner], words[contact], words[confidence], words[ask], note],
    search: `${name}\n${note}`.toLowerCase(),
    settles: (flags & 1) > 0,
    mended: (flags & 2) > 0,
  }));
  let order = { column: 0, down: false };
  let found = items;
  let first = 0;

  function choose(select, column) {
    const counts = new Map();
    for (const item of items) counts.set(item.cells[column], (counts.get(item.cells[column]) ?? 0) + 1);
    for (const word of [...counts.keys()].sort()) {
      if (word === "") continue;
      const option = document.createElement("option");
      option.value = `=${word}`;
      option.textContent = `${word} (${grouped(counts.get(word))})`;
      select.append(option);
    }
  }
  const looks = (item) => !["decided", "presumed"].includes(item.cells[2]) || item.cells[5] === "low";
  const collator = new Intl.Collator("en", { numeric: true });
  function filter() {
    const text = at("search").value.trim().toLowerCase();
    const status = at("by-status").value;
    const owner = at("by-owner").value;
    const question = at("by-question").value.slice(1);
    found = items.filter(
      (item) =>
        (text === "" || item.search.includes(text)) &&
        (status === "" || (status === "look" ? looks(item) : item.cells[2] === status.slice(1))) &&
        (owner === "" || item.cells[3] === owner.slice(1)) &&
        (question === "" || item.cells[6] === question),
    );
    advise(question);
    if (order.column > 0 || order.down) {
      const { column, down } = order;
      const compare = column === 0 ? (a, b) => a - b : collator.compare;
      found.sort((a, b) => (down ? -1 : 1) * compare(a.cells[column], b.cells[column]));
    }
    first = 0;
    draw();
  }
  // What one question does for the rows that have it as their best.
  function advise(question) {
    const own = items.filter((item) => item.cells[6] === question);
    const sure = own.filter((item) => item.settles).length;
    const settled = sure === own.length ? "Each answer settles the matter." : sure === 0 ? "What else is open depends on the answer." : `For ${grouped(sure)} of them each answer settles the matter.`;
    at("advice").hidden = question === "";
    at("advice").textContent = question === "" ? "" : `Ask these ${grouped(own.length)}: “${question}” ${settled} Put the answers into a column of the list and run it again.`;
  }
  function draw() {
    const page = found.slice(first, first + shown);
    at("body").replaceChildren(
      ...page.map((item) => {
        const row = document.createElement("tr");
        item.cells.forEach((cell, column) => {
          const element = document.createElement(column === 1 ? "th" : "td");
          if (column === 1) element.scope = "row";
          if (column === 2) {
            const badge = document.createElement("span");
            badge.className = `badge ${cell}`;
            badge.textContent = cell;
            element.append(badge);
          } else {
            if (column === 7 && item.mended) {
              const badge = document.createElement("span");
              badge.className = "badge mended";
              badge.textContent = "cell noted";
              element.append(badge, " ");
            }
            element.append(cell);
          }
          row.append(element);
        });
        return row;
      }),
    );
    const last = Math.min(first + shown, found.length);
    at("count").textContent =
      found.length === 0 ? "No row is like that." : `${grouped(first + 1)} to ${grouped(last)} of ${grouped(found.length)} rows`;
    at("before").disabled = first === 0;
    at("after").disabled = last >= found.length;
  }

  heads.forEach((text, column) => {
    const head = document.createElement("th");
    head.scope = "col";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = text;
    button.addEventListener("click", () => {
      order = { column, down: order.column === column && !order.down };
      for (const other of at("heads").children) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      filter();
    });
    head.append(button);
    at("heads").append(head);
  });
  choose(at("by-status"), 2);
  choose(at("by-owner"), 3);
  choose(at("by-question"), 6);
  let waiting = 0;
  at("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  for (const id of ["by-status", "by-owner", "by-question"]) at(id).addEventListener("change", filter);
  at("filters").addEventListener("submit", (event) => event.preventDefault());
  at("before").addEventListener("click", () => {
    first = Math.max(0, first - shown);
    draw();
  });
  at("after").addEventListener("click", () => {
    first += shown;
    draw();
  });
  filter();
})();
