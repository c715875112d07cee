// A client list: what it is, which column gives what, its answers.
// Larger files belong to the program: a browser would have to hold the whole of them several times.
const LARGEST = 100 << 20;
// So many rows can be shown at once; all of them are in the report that is saved.
const ROWS_SHOWN = 2000;
let clients = null;
let answered = null;

function too_large(file) {
  const answers = file.name.replace(/(\.[^.]*)?$/, "-answers$1");
  return `${file.name} has ${Math.round(file.size / (1 << 20)).toLocaleString("en")} MB, too many for a browser; it was not read. The program takes lists of any size: whoowns batch "${file.name}" -o "${answers}"`;
}
async function choose(file) {
  at("list-trouble").textContent = "";
  if (file.size > LARGEST) {
    at("list-trouble").textContent = too_large(file);
    return;
  }
  lists.stop("Another list was chosen.");
  clients = { name: file.name, file, titles: [] };
  answered = null;
  at("list-found").hidden = false;
  at("list-name").textContent = file.name;
  for (const id of ["sheet", "encoding", "header-line"]) at(id).value = "";
  for (const id of ["no-header", "pad"]) at(id).checked = false;
  offer_columns();
  at("list-look").textContent = "Looking at the list…";
  forget_answers();
  await look();
}
function forget_answers() {
  answered = null;
  for (const id of ["list-saves", "report", "list-progress"]) at(id).hidden = true;
  at("list-said").textContent = "";
}

// One field for each fact, to name its column by hand.
const OTHERS = [["name", "name of the organization"], ["contact_name", "name of a person"], ["contact_title", "job title of that person"], ["contact_email", "e-mail of that person"]];
function offer_columns() {
  at("columns").replaceChildren(...[...shape.facts.map(({ name, title }) => [name, title]), ...OTHERS].map(([name, title]) => {
    const select = make("select");
    select.dataset.gives = name;
    select.append(option("as found", ""));
    select.addEventListener("change", look);
    return labelled(title, select, `column-${name}`);
  }));
}
// Titles can stand twice in a list, so columns are called by their place.
function fill_columns(detected) {
  for (const select of at("columns").querySelectorAll("select")) {
    const before = select.value;
    const own = detected.columns.filter((column) => column.gives === select.dataset.gives && before === "").map((column) => column.title);
    select.replaceChildren(option(own.length > 0 ? `as found: ${own.join(" and ")}` : "as found: no column", ""), ...detected.titles.map((title, place) => option(title === "" ? `column ${place + 1}` : title, `#${place + 1}`)));
    select.value = before;
    if (select.selectedIndex < 0) select.value = "";
  }
}
function map_by_hand() {
  const fields = [...at("columns").querySelectorAll("select")];
  return fields.filter((field) => field.value !== "").map((field) => [field.dataset.gives, field.value]);
}
function list_question(call) {
  const line = Number(at("header-line").value);
  const by_hand = map_by_hand();
  return {
    call,
    rules,
    name: clients.name,
    map: by_hand.filter(([gives]) => gives !== "name"),
    name_column: by_hand.find(([gives]) => gives === "name")?.[1] ?? null,
    encoding: at("encoding").value.trim(),
    sheet: at("sheet").value.trim(),
    header_line: line >= 1 ? line : null,
    no_header: at("no-header").checked,
    pad: at("pad").checked,
    shown: ROWS_SHOWN,
  };
}
async function bytes_of(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new Error(`${file.name} cannot be read: ${error.message}. Choose it again.`);
  }
}

// What is found out about the list before its rows: which column gives which fact, and how its cells read.
let looking = 0;
async function look() {
  looking += 1;
  const mine = looking;
  at("list-trouble").textContent = "";
  at("answer-list").disabled = true;
  forget_answers();
  try {
    const { said } = await lists.ask(list_question("look"), { bytes: await bytes_of(clients.file) });
    if (mine !== looking) return;
    const { detected, words } = said;
    // The last line names an option of the command; here there are fields for it.
    at("list-look").textContent = detected.answerable ? words : words.trimEnd().split("\n").slice(0, -1).join("\n");
    at("list-advice").textContent = detected.answerable ? "" : "No column gives a fact that decides: choose the column of one below.";
    at("by-hand").open ||= !detected.answerable;
    fill_columns(detected);
    at("likely").replaceChildren(...detected.likely.map(({ column, fact }) => button(`Take ${shape.facts.find((one) => one.name === fact)?.title ?? fact} from “${column}”`, () => {
      at(`column-${fact}`).value = `#${detected.titles.indexOf(column) + 1}`;
      look();
    })));
    at("answer-list").disabled = !detected.answerable;
  } catch (error) {
    if (mine !== looking) return;
    at("list-look").textContent = "";
    at("list-trouble").textContent = error.message;
  }
}

async function answer_list() {
  at("list-trouble").textContent = "";
  forget_answers();
  at("answer-list").disabled = true;
  at("stop-list").disabled = false;
  const progress = at("list-progress");
  progress.hidden = false;
  progress.value = 0;
  // How far a packed list is, its bytes do not tell.
  const packed = /\.(gz|zst|zip|xlsx|xlsm|xlsb|xls|ods)$/i.test(clients.name);
  if (packed) progress.removeAttribute("value");
  const began = performance.now();
  try {
    const bytes = await bytes_of(clients.file);
    const size = bytes.length || 1;
    const { said, bytes: out } = await lists.ask(list_question("list"), {
      bytes,
      advanced: (records, done) => {
        if (!packed) progress.value = Math.min(done / size, 1);
        at("list-said").textContent = `${records.toLocaleString("en")} rows …`;
      },
    });
    const part = (place) => out.subarray(said.ends[place - 1] ?? 0, said.ends[place]);
    answered = { name: said.name, summary: said.summary, answers: part(0), report: part(1), excerpt: part(2), rejects: part(3) };
    progress.value = 1;
    const { rows, rejects, statuses } = said.summary;
    const by_status = Object.entries(statuses).map(([status, count]) => `${count.toLocaleString("en")} ${status}`);
    at("list-said").textContent = `${some(rows, "row", "rows")} answered in ${((performance.now() - began) / 1000).toFixed(1)} s: ${by_status.join(", ")}${rejects > 0 ? `; ${some(rejects, "record", "records")} could not be read` : ""}.`;
    at("list-saves").hidden = false;
    at("save-rejects").hidden = answered.rejects.length === 0;
    framed(at("report"), "The report", reader.decode(answered.excerpt), true);
  } catch (error) {
    progress.hidden = true;
    at("list-said").textContent = "";
    at("list-trouble").textContent = error.message;
  }
  // The memory that a list took goes back.
  lists.stop("");
  at("answer-list").disabled = false;
  at("stop-list").disabled = true;
}

// A list that was looked at under other rules is looked at anew.
function rules_of_list_changed() {
  if (clients === null) return;
  offer_columns();
  look();
}

chosen("list-file", choose);
at("list-form").addEventListener("submit", (event) => event.preventDefault());
for (const id of ["sheet", "encoding", "header-line", "no-header", "pad"]) at(id).addEventListener("change", look);
at("answer-list").addEventListener("click", answer_list);
at("stop-list").addEventListener("click", () => lists.stop("Stopped: nothing was answered."));
at("save-answers").addEventListener("click", () => save(answered.name, answered.answers, "application/octet-stream"));
at("save-report").addEventListener("click", () => save(`${answered.name.replace(/\.[^.]*$/, "")}-report.html`, answered.report, "text/html"));
at("save-rejects").addEventListener("click", () => save(`${answered.name}.rejects.csv`, answered.rejects, "text/csv"));
