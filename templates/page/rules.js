// Rules: checked as they are typed, and used at once where they can be.
const OWN_NAME = "rules.toml";
const CHECK_SECONDS = 60;
let rules_name = own?.name ?? OWN_NAME;
let checked = null;

const edited_rules = () => (editor.text === "" ? null : { name: rules_name, text: editor.text });
async function edit_rules(name, text) {
  rules_name = name;
  editor.text = text;
  await check();
}

// Decides by these rules from now on.
async function use(next) {
  const { said } = await quick.ask({ call: "rules", rules: next }, { seconds: AT_ONCE });
  rules = next;
  shape = said;
  at("title").textContent = shape.title;
  at("footer-rules").textContent = `${shape.name} ${shape.version}`;
  at("digest").textContent = shape.digest;
  at("own-rules").disabled = rules === own;
  at("rules-used").textContent = `In use: ${shape.name} ${shape.version}, ${rules === own ? "the page's own" : "from the file below"}.`;
  build();
  state = await fitted(state);
  rules_of_list_changed();
}

let waiting = null;
let checking = 0;
editor.area.addEventListener("input", () => {
  clearTimeout(waiting);
  at("rules-said").textContent = "Checking…";
  waiting = setTimeout(check, 250);
});
async function check() {
  clearTimeout(waiting);
  const text = editor.text;
  checking += 1;
  const mine = checking;
  // A check that still goes on is for a text that is no longer there.
  if (checks.waiting.size > 0) checks.stop("");
  keep();
  if (text.trim() === "") {
    at("rules-said").textContent = "";
    show_findings([]);
    compared(null);
    return;
  }
  at("rules-said").textContent = "Checking…";
  let found;
  try {
    found = (await checks.ask({ call: "check", rules: own, name: rules_name, text }, { seconds: CHECK_SECONDS })).said;
  } catch (error) {
    if (mine === checking) at("rules-said").textContent = `${error.message} “whoowns rules check” proves what takes longer.`;
    return;
  }
  if (mine !== checking || editor.text !== text) return;
  checked = text;
  at("save-rules").disabled = false;
  const count = (severity) => found.findings.filter((one) => one.severity === severity).length;
  const sentence = found.findings.length === 0 ? "Nothing found: every state is covered, and every row counts." : `${some(count("error"), "error", "errors")}, ${some(count("warning"), "warning", "warnings")}.`;
  show_findings(found.findings);
  compared(found.difference);
  if (!found.loads) {
    at("rules-said").textContent = `${sentence} The rules in use stay as they are until this file can be read.`;
    return;
  }
  try {
    await use({ name: rules_name, text });
    await draw();
    at("rules-said").textContent = `${sentence} These rules are in use.`;
  } catch (error) {
    at("rules-said").textContent = `${sentence} They are not in use: ${error.message}`;
  }
}

// What can be clicked to mend a finding.
function mends(finding) {
  const current = () => editor.text === checked;
  if (finding.mend !== null) {
    const { from, to, text } = finding.mend;
    return [button(text === "" ? "Take it out" : `Write ${text}`, () => {
      if (!current()) return;
      editor.replace(from, to, text);
      check();
    }, "mend")];
  }
  if (finding.row === null) return [];
  return [button("Put this row at the end", () => {
    if (!current()) return;
    const end = editor.text.trimEnd().length;
    editor.replace(end, editor.text.length, `\n\n${finding.row.trim()}\n`);
    editor.area.scrollTop = editor.area.scrollHeight;
    check();
  }, "mend")];
}
const FINDINGS_SHOWN = 100;
function show_findings(findings) {
  editor.show(findings);
  const left = findings.length - FINDINGS_SHOWN;
  at("findings").replaceChildren(...findings.slice(0, FINDINGS_SHOWN).map((finding, place) => {
    const item = make("li", undefined, finding.severity);
    const tools = make("p", undefined, "tools");
    if (finding.place !== null) tools.append(button(`Line ${finding.line}`, () => editor.go(finding.line)));
    tools.append(...mends(finding));
    const words = make("pre", finding.words.trimEnd());
    // What scrolls can be reached by keys.
    words.tabIndex = 0;
    words.setAttribute("role", "group");
    words.setAttribute("aria-label", `Finding ${place + 1}`);
    item.append(words, tools);
    return item;
  }));
  at("findings-left").textContent = left > 0 ? `${left} more are not shown.` : "";
}

function compared(difference) {
  at("difference-section").hidden = difference === null;
  if (difference === null) return;
  const changes = difference.changes ?? [];
  at("difference-table").hidden = changes.length === 0;
  at("difference-said").textContent = difference.refused ?? (changes.length === 0 ? "No outcome changes." : `${some(changes.length, "outcome becomes", "outcomes become")} another.`);
  at("difference").replaceChildren(...changes.map((change) => {
    const row = make("tr");
    const first = make("th", change.from);
    first.scope = "row";
    const states = /^\d+$/.test(change.states) ? BigInt(change.states).toLocaleString("en") : change.states;
    const to = make("td", change.to);
    const where = make("td");
    const example = make("td", `${states}, for example where ${change.witness}`);
    // Where there is no room for columns, each says what it is.
    for (const [cell, called] of [[first, "From"], [to, "To"], [where, "Where"], [example, "States"]]) cell.dataset.called = called;
    const conditions = make("ul");
    conditions.append(...change.where.map((text) => make("li", text || "in any case")));
    where.append(conditions);
    shortened(conditions);
    row.append(first, to, where, example);
    return row;
  }));
  const more = make("ul");
  more.append(...[...(difference.more ?? []), ...(difference.notes ?? [])].map((text) => make("li", text)));
  at("difference-more").replaceChildren(more);
  shortened(more);
}

async function rule_file(file) {
  at("rules-trouble").textContent = "";
  try {
    const text = await text_of(file);
    await edit_rules(file.name, text);
  } catch (error) {
    at("rules-trouble").textContent = error.message;
  }
}
chosen("rules-file", rule_file);
at("show-rules").addEventListener("click", async () => {
  await edit_rules(rules?.name ?? OWN_NAME, shape.text);
});
at("save-rules").addEventListener("click", () => save(rules_name.endsWith(".toml") ? rules_name : `${rules_name}.toml`, editor.text, "application/toml"));
at("own-rules").addEventListener("click", async () => {
  await use(own);
  await draw();
  at("rules-said").textContent = editor.text === "" ? "" : "The file below is not in use until it is changed.";
});
