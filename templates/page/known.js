// The form of everything that a profile holds.
function build() {
  at("facts").replaceChildren(...shape.facts.map((fact) => {
    const input = make(fact.choices.length > 0 ? "select" : "input");
    input.dataset.fact = fact.name;
    if (fact.choices.length > 0) input.append(...[{ label: "not known", value: "" }, ...fact.choices].map(({ label, value }) => option(label, value)));
    else {
      input.autocomplete = "off";
      input.placeholder = fact.form;
    }
    input.addEventListener("change", async () => {
      if (!(await change(with_fact(fact.name, input.value.trim()), false))) {
        at("known-trouble").textContent = at("contradiction").textContent;
        input.focus();
      }
    });
    return labelled(fact.title, input, `fact-${fact.name}`);
  }));
  if (shape.axis !== null) at("axis").textContent = shape.facts.find((one) => one.name === shape.axis)?.title ?? shape.axis;
}
function fill() {
  at("known-trouble").textContent = "";
  for (const input of at("facts").querySelectorAll("[data-fact]")) if (input !== document.activeElement) input.value = given(input.dataset.fact);
  for (const id of ["name", "notes"]) if (at(id) !== document.activeElement) at(id).value = state.profile[id] ?? "";
  at("start").value = state.start;
  at("live").value = state.live;
  people();
}
for (const id of ["name", "notes"]) at(id).addEventListener("change", () => change(with_entry(id, at(id).value), false));
at("known-form").addEventListener("submit", (event) => event.preventDefault());

// People, each with the part that the decision gives them.
const ENTRIES = ["name", "title", "email", "region"];
const contacts = () => (Array.isArray(state.profile.contacts) ? state.profile.contacts : []);
function person_row(place) {
  const row = make("tr");
  for (const entry of ENTRIES) {
    const input = make("input");
    input.dataset.entry = entry;
    input.setAttribute("aria-label", `${entry} of person ${place + 1}`);
    input.addEventListener("change", () => {
      const changed = { ...contacts()[place], [entry]: input.value.trim() };
      if (changed[entry] === "" && entry !== "name") delete changed[entry];
      change(with_entry("contacts", contacts().map((one, at) => (at === place ? changed : one))), false);
    });
    row.appendChild(make("td")).append(input);
  }
  row.append(make("td", "", "part"));
  const gone = button("Remove", () => change(with_entry("contacts", contacts().filter((_, at) => at !== place)), false));
  gone.setAttribute("aria-label", `Remove person ${place + 1}`);
  row.appendChild(make("td")).append(gone);
  return row;
}
function people() {
  const all = contacts();
  const rows = at("people");
  while (rows.children.length > all.length) rows.lastElementChild.remove();
  while (rows.children.length < all.length) rows.append(person_row(rows.children.length));
  all.forEach((person, place) => {
    const row = rows.children[place];
    for (const input of row.querySelectorAll("input")) if (input !== document.activeElement) input.value = person[input.dataset.entry] ?? "";
    row.querySelector(".part").textContent = shown.parts[place] ?? "";
  });
  at("people-table").hidden = all.length === 0;
}
at("add-person").addEventListener("click", async () => {
  await change(with_entry("contacts", [...contacts(), { name: "New person" }]), false);
  at("people").lastElementChild?.querySelector("input").select();
});

// What is pasted is shown as it was understood, and with whom it matches, before it is taken.
let found = [];
let pasting = 0;
async function paste() {
  pasting += 1;
  const mine = pasting;
  const text = at("paste").value;
  const { said } = await ask({ call: "people", text });
  const taken = said.people.map((person) => Object.fromEntries(Object.entries(person).filter(([, value]) => value !== null)));
  let parts = [];
  let refused = "";
  try {
    const { profile, set } = organization(with_entry("contacts", [...contacts(), ...taken]));
    parts = (await ask({ call: "decide", profile, set })).said.parts.slice(contacts().length);
  } catch (error) {
    refused = error.message;
  }
  if (mine !== pasting) return;
  found = taken;
  at("paste-found").hidden = text.trim() === "";
  at("take-people").disabled = found.length === 0;
  at("take-people").textContent = found.length === 0 ? "Take these people" : `Take ${found.length === 1 ? "this person" : `these ${found.length} people`}`;
  const columns = said.columns.filter(({ title }) => title !== null);
  const used = columns.filter(({ entry }) => entry !== null).map(({ title, entry }) => `${entry} from “${title}”`);
  const left = columns.filter(({ entry }) => entry === null).map(({ title }) => `“${title}”`);
  at("paste-said").textContent = [
    refused,
    found.length === 0 ? "No person was found in it: a line each, with the name." : "",
    used.length > 0 ? `By the titles: ${used.join(", ")}${left.length > 0 ? `; not taken: ${left.join(", ")}` : ""}.` : "",
    said.nameless.length > 0 ? `${some(said.nameless.length, "line has", "lines have")} no name and stay here: ${said.nameless.slice(0, SHOWN).join("; ")}${said.nameless.length > SHOWN ? " …" : ""}.` : "",
  ].filter((one) => one !== "").join(" ");
  at("paste-rows").replaceChildren(...found.map((person, place) => {
    const row = make("tr");
    const name = make("th", person.name);
    name.scope = "row";
    row.append(name, ...ENTRIES.slice(1).map((entry) => make("td", person[entry] ?? "")), make("td", parts[place] ?? ""));
    return row;
  }));
  at("paste-table").hidden = found.length === 0;
  return said.nameless;
}
at("paste").addEventListener("input", paste);
at("take-people").addEventListener("click", async () => {
  const nameless = (await paste()) ?? [];
  const count = found.length;
  if (count === 0 || !(await change(with_entry("contacts", [...contacts(), ...found]), false))) return;
  at("paste").value = nameless.join("\n");
  await paste();
  at("said").textContent = `${some(count, "person was", "people were")} taken; the part of each stands behind the name.`;
});

// Profiles as files.
at("save").addEventListener("click", () => save(`${file_name(state.profile.name)}.toml`, shown.file, "application/toml"));
at("save-json").addEventListener("click", () => save(`${file_name(state.profile.name)}.json`, shown.json, "application/json"));
async function open(name, text) {
  const { said } = await ask({ call: "open", name, text });
  if (!(await change({ ...nothing(), start: state.start, live: state.live, profile: said.profile }, false))) throw new Error(at("contradiction").textContent);
  return shown.json;
}
async function open_profile(file) {
  at("open-trouble").textContent = "";
  try {
    await open(file.name, await text_of(file));
    at("said").textContent = `${file.name} was opened. “Back” leads to what was there before.`;
  } catch (error) {
    at("open-trouble").textContent = error.message;
  }
}
chosen("open", open_profile);
