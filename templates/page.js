"use strict";
(function () {
  const at = (id) => document.getElementById(id);
  const own = JSON.parse(at("own").textContent);
  // Larger files belong to the program: a browser would have to hold the whole of them several times.
  const LARGEST = 100 << 20;
  const SHOWN = 3;
  const SHOWN_AT_ONCE = 2000;

  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }
  function button(text, act, className) {
    const element = make("button", text, className);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  }

  const missing = [
    ["WebAssembly", typeof WebAssembly],
    ["Worker", typeof Worker],
    ["DecompressionStream", typeof DecompressionStream],
  ].filter(([, kind]) => kind === "undefined");
  if (missing.length > 0) {
    at("trouble").textContent = `This browser has no ${missing.map(([name]) => name).join(" and no ")}, which the page needs to run the program. A current Chrome, Edge, Firefox or Safari has it.`;
    return;
  }

  // The engine in a thread of its own; one that broke or is stopped is started anew.
  class Engine {
    constructor() {
      this.waiting = new Map();
      this.last = 0;
      this.start();
    }
    start() {
      const address = URL.createObjectURL(new Blob([at("worker").textContent], { type: "text/javascript" }));
      this.worker = new Worker(address);
      URL.revokeObjectURL(address);
      this.worker.onmessage = ({ data }) => this.heard(data);
      this.worker.onerror = () => this.stop("The program could not be started in this browser; it may forbid WebAssembly.");
      this.worker.postMessage({ engine: at("engine").textContent });
    }
    heard(data) {
      const asked = this.waiting.get(data.id);
      if (asked === undefined) return;
      if (data.records !== undefined) return asked.advanced?.(data.records, data.bytes);
      this.waiting.delete(data.id);
      if (data.broken !== undefined) {
        asked.fail(new Error(`The program stopped: ${data.broken}. Nothing that was entered is lost.`));
        this.stop("The program was started again.");
      } else if (data.line.refused !== undefined) {
        asked.fail(new Error(data.line.refused));
      } else {
        asked.done({ said: data.line.said, bytes: data.bytes });
      }
    }
    ask(question, bytes, advanced) {
      this.last += 1;
      const id = this.last;
      return new Promise((done, fail) => {
        this.waiting.set(id, { done, fail, advanced });
        this.worker.postMessage({ id, question, bytes }, bytes ? [bytes.buffer] : []);
      });
    }
    stop(why) {
      this.worker.terminate();
      const waiting = [...this.waiting.values()];
      this.waiting.clear();
      this.start();
      for (const asked of waiting) asked.fail(new Error(why));
    }
  }
  const quick = new Engine();
  let slow = null;
  const heavy = () => (slow ??= new Engine());

  const reader = new TextDecoder();
  let rules = own;
  let shape = null;
  const none = () => ({ profile: {}, set: {}, declined: [] });
  let state = none();
  let past = [];
  let shown = { json: "", file: "" };

  // What is asked of the engine: facts that were entered come on top of the profile, as `--set` gives them.
  function organization(of = state) {
    const profile = { ...of.profile };
    for (const name of Object.keys(of.set)) delete profile[name];
    const set = Object.entries(of.set).filter(([, value]) => value !== "").map(([name, value]) => `${name}=${value}`);
    return { profile, set };
  }
  const given = (name) => state.set[name] ?? (state.profile[name] === undefined ? "" : written(state.profile[name]));
  const written = (value) => (Array.isArray(value) ? value.join(", ") : String(value));

  // Markdown as the program writes it: headings, lists, tables, paragraphs, strong words.
  function words(text, into) {
    for (const piece of text.split(/(\*\*(?:[^*\\]|\\.)+\*\*|`[^`]+`)/)) {
      const plain = (part) => part.replace(/\\([\\`*_{}[\]()#+\-.!|<>~&])/g, "$1");
      if (/^\*\*.+\*\*$/.test(piece)) into.append(make("strong", plain(piece.slice(2, -2))));
      else if (/^`.+`$/.test(piece)) into.append(make("code", piece.slice(1, -1)));
      else if (piece !== "") into.append(plain(piece));
    }
    return into;
  }
  const cells = (line) => line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim());
  function table(lines) {
    const table = make("table");
    const [head, , ...rows] = lines.map(cells);
    if (head.some((cell) => cell !== "")) {
      const row = table.appendChild(make("thead")).appendChild(make("tr"));
      for (const cell of head) {
        const element = row.appendChild(words(cell, make(cell === "" ? "td" : "th")));
        if (cell !== "") element.scope = "col";
      }
    }
    const body = table.appendChild(make("tbody"));
    for (const cells of rows) {
      const row = body.appendChild(make("tr"));
      cells.forEach((cell, column) => {
        const element = row.appendChild(words(cell, make(column === 0 ? "th" : "td")));
        if (column === 0) element.scope = "row";
      });
    }
    const wide = make("div", undefined, "wide");
    wide.append(table);
    return wide;
  }
  function list(lines, tag) {
    const items = lines.map((line) => words(line.replace(/^\s*(?:[-*]|\d+\.)\s+/, ""), make("li")));
    const first = make(tag);
    first.append(...items.slice(0, items.length > SHOWN + 2 ? SHOWN : items.length));
    const rest = items.slice(first.children.length);
    if (rest.length === 0) return [first];
    const more = make("details");
    const hidden = make(tag);
    if (tag === "ol") hidden.start = first.children.length + 1;
    hidden.append(...rest);
    more.append(make("summary", `and ${rest.length} more`), hidden);
    return [first, more];
  }
  function markdown(text) {
    const out = [];
    const lines = text.split("\n");
    let line = 0;
    const take = (pattern) => {
      const from = line;
      while (line < lines.length && pattern.test(lines[line])) line += 1;
      return lines.slice(from, line);
    };
    while (line < lines.length) {
      const heading = /^(#{1,4}) (.*)$/.exec(lines[line]);
      if (heading) {
        out.push(words(heading[2], make(`h${Math.min(heading[1].length + 1, 4)}`)));
        line += 1;
      } else if (/^\|/.test(lines[line])) out.push(table(take(/^\|/)));
      else if (/^[-*] /.test(lines[line])) out.push(...list(take(/^[-*] |^ {2}/), "ul"));
      else if (/^\d+\. /.test(lines[line])) out.push(...list(take(/^\d+\. |^ {3}/), "ol"));
      else if (/^> /.test(lines[line])) out.push(words(take(/^> /).map((one) => one.slice(2)).join(" "), make("blockquote")));
      else if (lines[line].trim() === "") line += 1;
      else out.push(words(take(/^(?![#|>]|[-*] |\d+\. |\s*$)/).join(" "), make("p")));
    }
    return out;
  }

  // Pictures are the program's; what is no picture is not shown.
  function picture(svg) {
    if (svg === "") return [];
    const root = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    return root.nodeName === "svg" ? [document.importNode(root, true)] : [];
  }
  function framed(into, html, scripts) {
    const frame = make("iframe");
    frame.title = "The page as it is saved";
    frame.setAttribute("sandbox", scripts ? "allow-scripts" : "allow-same-origin allow-modals");
    frame.srcdoc = html;
    into.replaceChildren(frame);
    into.hidden = false;
    return frame;
  }
  function save(name, content, type) {
    const address = URL.createObjectURL(new Blob([content], { type }));
    const link = make("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  }
  const plain = (text) => (text ?? "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "") || "organization";

  // One organization.
  let drawing = 0;
  async function decide(of = state) {
    return quick.ask({ call: "decide", rules, ...organization(of) });
  }
  async function draw() {
    drawing += 1;
    const turn = drawing;
    let answer;
    try {
      answer = await decide();
    } catch (error) {
      if (turn === drawing) at("contradiction").textContent = error.message;
      return false;
    }
    if (turn !== drawing) return true;
    at("contradiction").textContent = "";
    const { said, bytes } = answer;
    shown = { json: reader.decode(bytes), file: said.file };
    at("decision").replaceChildren(...markdown(said.words));
    const map = picture(said.map);
    at("map-section").hidden = map.length === 0;
    at("map").replaceChildren(...map);
    const known = shape.axis === null ? "" : given(shape.axis);
    at("axis-value").textContent = known === "" ? "not known" : known;
    question(JSON.parse(shown.json));
    fill();
    return true;
  }
  // Goes on with other facts; where these cannot be, says so and stays.
  async function change(next, focus) {
    const before = state;
    state = next;
    if (!(await draw())) {
      state = before;
      return false;
    }
    past.push(before);
    at("back").disabled = at("restart").disabled = false;
    if (focus) at("question").focus();
    return true;
  }
  const with_fact = (name, value) => ({ ...state, set: { ...state.set, [name]: value }, declined: state.declined.filter((one) => one !== name) });

  function question(decision) {
    const next = decision.ask.find((ask) => !state.declined.includes(ask.fact));
    const box = at("choices");
    if (next === undefined) {
      at("question").textContent = "Nothing that is left to ask can change the answer.";
      return box.replaceChildren();
    }
    const fact = shape.facts.find((one) => one.name === next.fact);
    at("question").textContent = next.question;
    const decline = button("Don't know", () => change({ ...state, declined: [...state.declined, fact.name] }, true), "choice");
    if (fact.choices.length > 0) {
      const choices = fact.choices.map((choice) => button(choice.label, () => change(with_fact(fact.name, choice.value), true), "choice"));
      return box.replaceChildren(...choices, decline);
    }
    const form = make("form");
    const label = make("label", fact.form);
    const input = make("input");
    input.id = "typed";
    input.autocomplete = "off";
    label.htmlFor = "typed";
    const send = make("button", "Answer", "choice");
    form.append(label, input, send);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const value = input.value.trim();
      change(value === "" ? { ...state, declined: [...state.declined, fact.name] } : with_fact(fact.name, value), true);
    });
    return box.replaceChildren(form, decline);
  }
  at("back").addEventListener("click", async () => {
    if (past.length > 0) state = past.pop();
    at("back").disabled = at("restart").disabled = past.length === 0;
    await draw();
    at("question").focus();
  });
  at("restart").addEventListener("click", async () => {
    past = [];
    state = none();
    at("back").disabled = at("restart").disabled = true;
    await draw();
    at("question").focus();
  });

  // The form of everything that a profile holds.
  function build() {
    at("facts").replaceChildren(...shape.facts.map((fact) => {
      const box = make("div");
      const label = make("label", fact.title);
      label.htmlFor = `fact-${fact.name}`;
      const input = make(fact.choices.length > 0 ? "select" : "input");
      input.id = label.htmlFor;
      input.dataset.fact = fact.name;
      if (fact.choices.length > 0) {
        for (const choice of [{ label: "not known", value: "" }, ...fact.choices]) {
          const option = make("option", choice.label);
          option.value = choice.value;
          input.append(option);
        }
      } else {
        input.autocomplete = "off";
        input.placeholder = fact.form;
      }
      input.addEventListener("change", async () => {
        if (!(await change(with_fact(fact.name, input.value.trim()), false))) input.focus();
      });
      box.append(label, input);
      return box;
    }));
    at("slide").hidden = shape.axis === null;
    if (shape.axis !== null) at("axis").textContent = shape.facts.find((one) => one.name === shape.axis)?.title ?? shape.axis;
  }
  function fill() {
    for (const input of at("facts").querySelectorAll("[data-fact]")) if (input !== document.activeElement) input.value = given(input.dataset.fact);
    for (const id of ["name", "notes"]) if (at(id) !== document.activeElement) at(id).value = state.profile[id] ?? "";
    if (!at("people").contains(document.activeElement)) people();
  }
  const with_entry = (name, value) => {
    const profile = { ...state.profile, [name]: value };
    if (value === "" || value.length === 0) delete profile[name];
    return { ...state, profile };
  };
  for (const id of ["name", "notes"]) at(id).addEventListener("change", () => change(with_entry(id, at(id).value), false));
  at("known-form").addEventListener("submit", (event) => event.preventDefault());

  const entries = ["name", "title", "email", "region"];
  function people() {
    const all = state.profile.contacts ?? [];
    at("people").replaceChildren(...all.map((person, place) => {
      const row = make("tr");
      for (const entry of entries) {
        const input = make("input");
        input.value = person[entry] ?? "";
        input.setAttribute("aria-label", `${entry} of person ${place + 1}`);
        input.addEventListener("change", () => {
          const changed = { ...person, [entry]: input.value.trim() };
          if (changed[entry] === "") delete changed[entry];
          change(with_entry("contacts", all.map((one, at) => (at === place ? changed : one))), false);
        });
        row.appendChild(make("td")).append(input);
      }
      const gone = button("Remove", () => change(with_entry("contacts", all.filter((_, at) => at !== place)), false));
      row.appendChild(make("td")).append(gone);
      return row;
    }));
  }
  at("add-person").addEventListener("click", async () => {
    await change(with_entry("contacts", [...(state.profile.contacts ?? []), { name: "New person" }]), false);
    people();
    at("people").lastElementChild?.querySelector("input").select();
  });
  // People as they stand in a table: with its titles, or in the usual order.
  function pasted(text) {
    const rows = text.split(/\r?\n/).filter((line) => line.trim() !== "").map((line) => line.split(line.includes("\t") ? "\t" : /[;,]/).map((cell) => cell.trim()));
    const named = (cell) => entries.find((entry) => cell.toLowerCase().replace(/[^a-z]/g, "").includes(entry));
    const head = rows.length > 0 && rows[0].filter(named).length >= 2 ? rows.shift().map(named) : entries;
    return rows.map((row) => {
      const person = {};
      row.forEach((cell, column) => {
        const entry = cell.includes("@") ? "email" : head[column];
        if (entry !== undefined && cell !== "" && person[entry] === undefined) person[entry] = cell;
      });
      return person;
    }).filter((person) => person.name !== undefined);
  }
  at("take-people").addEventListener("click", async () => {
    const found = pasted(at("paste").value);
    if (found.length === 0) {
      at("said").textContent = "No person was found in what was pasted: a line each, beginning with the name.";
    } else if (await change(with_entry("contacts", [...(state.profile.contacts ?? []), ...found]), false)) {
      at("said").textContent = `${found.length} ${found.length === 1 ? "person was" : "people were"} taken; who was matched with a role stands with it above.`;
      at("paste").value = "";
      people();
    }
  });

  // The slider moves over numbers as people think of them: by factors.
  const MOST = 100000;
  at("slider").addEventListener("input", () => {
    const number = Math.round(MOST ** (at("slider").value / 1000));
    state = with_fact(shape.axis, String(number));
    draw();
  });

  at("save").addEventListener("click", () => save(`${plain(state.profile.name)}.toml`, shown.file, "text/plain"));
  at("save-json").addEventListener("click", () => save(`${plain(state.profile.name)}.json`, shown.json, "application/json"));
  async function open(name, text) {
    const { said } = await quick.ask({ call: "open", rules, name, text });
    await change({ profile: said.profile, set: {}, declined: [] }, false);
    people();
    return shown.json;
  }
  at("open").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (file === undefined) return;
    try {
      await open(file.name, await file.text());
      at("said").textContent = `${file.name} was opened.`;
    } catch (error) {
      at("contradiction").textContent = error.message;
    }
  });

  // A link holds what was entered, and which rules were in use.
  const encode = (value) => btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value)))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const decode = (text) => JSON.parse(reader.decode(Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0))));
  at("link").addEventListener("click", async () => {
    history.replaceState(null, "", `#${encode({ digest: shape.digest, ...state })}`);
    let copied = true;
    try {
      await navigator.clipboard.writeText(location.href);
    } catch {
      copied = false;
    }
    at("said").textContent = copied ? "The link was copied; it holds what was entered." : "The link stands in the address bar; it holds what was entered.";
  });
  function linked() {
    if (location.hash.length < 2) return;
    try {
      const { digest, profile, set, declined } = decode(location.hash.slice(1));
      const kept = (value) => value !== null && typeof value === "object" && !Array.isArray(value);
      if (!kept(profile) || !kept(set) || !Array.isArray(declined)) throw new Error("something is missing in it");
      state = { profile, set, declined };
      if (digest !== shape.digest) at("trouble").textContent = "This link was made with other rules than this page has. What was entered is all here; the answer may differ.";
    } catch {
      at("trouble").textContent = "This link is damaged: what was entered cannot be read from it. The page starts with nothing known.";
    }
  }

  // The brief.
  async function brief(format) {
    const asked = { call: "brief", rules, ...organization(), start: at("start").value, go_live: at("live").value, format };
    try {
      const { bytes } = await quick.ask(asked);
      at("brief-trouble").textContent = "";
      return bytes;
    } catch (error) {
      at("brief-trouble").textContent = error.message;
      return null;
    }
  }
  at("brief-form").addEventListener("submit", (event) => event.preventDefault());
  at("show-brief").addEventListener("click", async () => {
    const bytes = await brief("html");
    if (bytes !== null) framed(at("brief"), reader.decode(bytes), false);
  });
  at("print-brief").addEventListener("click", async () => {
    const bytes = await brief("html");
    if (bytes !== null) framed(at("brief"), reader.decode(bytes), false).addEventListener("load", (event) => event.target.contentWindow.print());
  });
  const kinds = { html: ["html", "text/html"], markdown: ["md", "text/markdown"], docx: ["docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"] };
  for (const one of document.querySelectorAll("[data-brief]")) {
    one.addEventListener("click", async () => {
      const bytes = await brief(one.dataset.brief);
      const [ending, type] = kinds[one.dataset.brief];
      if (bytes !== null) save(`${plain(state.profile.name)}-brief.${ending}`, bytes, type);
    });
  }

  // A client list.
  let clients = null;
  let answered = null;
  function dropped(area, take) {
    const over = (event) => {
      event.preventDefault();
      area.classList.toggle("over", event.type === "dragover");
    };
    for (const type of ["dragover", "dragleave", "drop"]) area.addEventListener(type, over);
    area.addEventListener("drop", (event) => take(event.dataTransfer.files[0]));
  }
  async function choose(file) {
    if (file === undefined) return;
    at("list-trouble").textContent = "";
    if (file.size > LARGEST) {
      at("list-trouble").textContent = `${file.name} has ${Math.round(file.size / (1 << 20))} MB, too many for a browser. The program takes lists of any size: whoowns batch "${file.name}" -o answers`;
      return;
    }
    clients = { name: file.name, file };
    answered = null;
    at("list-found").hidden = false;
    at("list-name").textContent = file.name;
    at("list-saves").hidden = true;
    at("report").hidden = true;
    at("list-said").textContent = "";
    at("list-progress").value = 0;
    at("list-look").textContent = "";
    at("columns").replaceChildren(...shape.facts.map((fact) => {
      const box = make("div");
      const label = make("label", `${fact.title} from the column`);
      const input = make("input");
      input.id = label.htmlFor = `column-${fact.name}`;
      input.dataset.fact = fact.name;
      input.placeholder = "found by its title";
      input.autocomplete = "off";
      input.setAttribute("list", "titles");
      input.addEventListener("change", look);
      box.append(label, input);
      return box;
    }));
    await look();
  }
  const mapped = () => [...at("columns").querySelectorAll("input")].filter((input) => input.value.trim() !== "").map((input) => [input.dataset.fact, input.value.trim()]);
  const asked = (call) => ({ call, rules, name: clients.name, map: mapped(), encoding: null, sheet: null });
  // What is found out about the list before its rows: which column gives which fact, and how its cells read.
  async function look() {
    at("list-trouble").textContent = "";
    at("list-look").textContent = "Looking at the list…";
    try {
      const { said } = await heavy().ask(asked("look"), new Uint8Array(await clients.file.arrayBuffer()));
      at("list-look").textContent = said.words;
      at("titles").replaceChildren(...said.detected.titles.map((title) => {
        const option = make("option");
        option.value = title;
        return option;
      }));
    } catch (error) {
      at("list-look").textContent = "";
      at("list-trouble").textContent = error.message;
    }
  }
  async function answer() {
    at("list-trouble").textContent = "";
    at("answer-list").disabled = true;
    at("stop-list").disabled = false;
    const began = performance.now();
    try {
      const bytes = new Uint8Array(await clients.file.arrayBuffer());
      const size = bytes.length || 1;
      const { said, bytes: out } = await heavy().ask(asked("list"), bytes, (records, done) => {
        at("list-progress").value = Math.min(done / size, 1);
        at("list-said").textContent = `${records.toLocaleString("en")} rows`;
      });
      answered = { answers: out.subarray(0, said.answers), report: out.subarray(said.answers, said.report), rejects: out.subarray(said.report), summary: said.summary };
      at("list-progress").value = 1;
      at("list-said").textContent = `${said.summary.rows.toLocaleString("en")} rows answered in ${((performance.now() - began) / 1000).toFixed(1)} s`;
      at("list-saves").hidden = false;
      at("save-rejects").hidden = answered.rejects.length === 0;
      // A page of many rows takes a browser a moment: it is shown at once only where that moment is short.
      at("show-report").hidden = said.summary.rows <= SHOWN_AT_ONCE;
      at("report").hidden = true;
      if (said.summary.rows <= SHOWN_AT_ONCE) show_report();
    } catch (error) {
      at("list-trouble").textContent = error.message;
    }
    at("answer-list").disabled = false;
    at("stop-list").disabled = true;
  }
  const show_report = () => framed(at("report"), reader.decode(answered.report), true);
  at("show-report").addEventListener("click", show_report);
  at("list-file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    choose(file);
  });
  dropped(at("list-drop"), choose);
  at("list-form").addEventListener("submit", (event) => event.preventDefault());
  at("answer-list").addEventListener("click", answer);
  at("stop-list").addEventListener("click", () => heavy().stop("Stopped; nothing was answered."));
  const stem = (name) => name.replace(/(\.[^.]*)$/, "");
  const ending = (name) => /(\.[^.]*)$/.exec(name)?.[1] ?? ".csv";
  at("save-answers").addEventListener("click", () => save(`${stem(clients.name)}-answers${ending(clients.name)}`, answered.answers, "application/octet-stream"));
  at("save-report").addEventListener("click", () => save(`${stem(clients.name)}-report.html`, answered.report, "text/html"));
  at("save-rejects").addEventListener("click", () => save(`${stem(clients.name)}-rejects.csv`, answered.rejects, "text/csv"));

  // Rules.
  let rules_name = own?.name ?? "rules.toml";
  async function use(next) {
    rules = next;
    shape = (await quick.ask({ call: "rules", rules })).said;
    at("title").textContent = shape.title;
    at("footer-rules").textContent = `${shape.name} ${shape.version}`;
    at("digest").textContent = shape.digest;
    at("own-rules").disabled = rules === own;
    at("rules-used").textContent = rules === own ? `In use: ${shape.name} ${shape.version}, the page's own.` : `In use: ${shape.name} ${shape.version}, from the file below.`;
    build();
  }
  let waiting = null;
  let checking = false;
  function edited() {
    clearTimeout(waiting);
    waiting = setTimeout(check, 250);
  }
  async function check() {
    const text = at("rules-text").value;
    // A check that goes on too long for what is typed meanwhile is given up.
    if (checking) heavy().stop("superseded");
    checking = true;
    at("rules-said").textContent = "Checking…";
    let found;
    try {
      found = await heavy().ask({ call: "check", rules: own, name: rules_name, text });
    } catch (error) {
      if (error.message !== "superseded") {
        checking = false;
        at("rules-said").textContent = error.message;
      }
      return;
    }
    checking = false;
    at("save-rules").disabled = false;
    const findings = JSON.parse(reader.decode(found.bytes)).findings;
    const { words, loads, difference } = found.said;
    const count = (severity) => findings.filter((one) => one.severity === severity).length;
    at("rules-said").textContent = findings.length === 0 ? "Nothing found: every state is covered, and every row counts." : `${count("error")} errors, ${count("warning")} warnings.`;
    at("findings").replaceChildren(...findings.map((finding, place) => {
      const item = make("li");
      item.append(button(`Line ${finding.line}`, () => mark(finding.line)), make("pre", words[place]));
      if (finding.fix) {
        const mend = button(finding.code === "uncovered" ? "Put this row at the end" : "Copy the mend", () => {
          if (finding.code === "uncovered") {
            at("rules-text").value = `${at("rules-text").value.trimEnd()}\n\n${finding.fix.trim()}\n`;
            check();
          } else navigator.clipboard.writeText(finding.fix).catch(() => {});
        });
        item.append(mend);
      }
      return item;
    }));
    compared(difference);
    if (loads) {
      await use({ name: rules_name, text });
      await draw();
    } else at("rules-said").textContent += " The rules in use stay as they are until this file can be read.";
  }
  function mark(line) {
    const area = at("rules-text");
    const lines = area.value.split("\n");
    const from = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    area.focus();
    area.setSelectionRange(from, from + (lines[line - 1] ?? "").length);
    area.scrollTop = Math.max(0, (line - 6) * (area.scrollHeight / lines.length));
  }
  function compared(difference) {
    at("difference-section").hidden = difference === null;
    if (difference === null) return;
    const changes = difference.changes ?? [];
    at("difference-table").hidden = changes.length === 0;
    at("difference-said").textContent = difference.refused ?? (changes.length === 0 ? "No outcome changes." : (difference.notes ?? []).join(" "));
    at("difference").replaceChildren(...changes.map((change) => {
      const row = make("tr");
      const first = make("th", change.from);
      first.scope = "row";
      const where = make("td");
      where.append(...list(change.where.map((text) => text || "in any case"), "ul"));
      row.append(first, make("td", change.to), where, make("td", `${change.states}, for example where ${change.witness}`));
      return row;
    }));
  }
  async function rule_file(file) {
    if (file === undefined) return;
    rules_name = file.name;
    at("rules-text").value = await file.text();
    await check();
  }
  at("rules-file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    rule_file(file);
  });
  dropped(at("rules-drop"), rule_file);
  at("rules-text").addEventListener("input", edited);
  at("show-rules").addEventListener("click", async () => {
    at("rules-text").value = (await quick.ask({ call: "rules", rules })).said.text;
    await check();
  });
  at("save-rules").addEventListener("click", () => save(rules_name.endsWith(".toml") ? rules_name : `${rules_name}.toml`, at("rules-text").value, "text/plain"));
  at("own-rules").addEventListener("click", async () => {
    await use(own);
    await draw();
  });

  for (const one of document.querySelectorAll("nav [data-view]")) {
    one.addEventListener("click", () => {
      for (const other of document.querySelectorAll("nav [data-view]")) {
        other.toggleAttribute("aria-current", other === one);
        if (other === one) other.setAttribute("aria-current", "page");
        at(other.dataset.view).hidden = other !== one;
      }
    });
  }

  const ready = (async () => {
    try {
      await use(own);
      linked();
      await draw();
    } catch (error) {
      at("trouble").textContent = error.message;
    }
  })();

  // What scripts beside the page may ask, as its tests do.
  window.whoowns = {
    ready,
    open,
    ask: (question, bytes) => quick.ask({ rules, ...question }, bytes),
    answered: () => answered,
  };
})();
