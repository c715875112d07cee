// What was entered of one organization: a profile as it was opened, facts on top of it as people write them, questions
// that nobody can answer, the days of the project, and what the rules in use do not take.
const nothing = () => ({ profile: {}, set: {}, declined: [], start: "", live: "", aside: {} });
let state = nothing();
let past = [];

const OTHER_KEYS = ["name", "notes", "contacts"];
const as_text = (value) => (Array.isArray(value) ? value.join(", ") : String(value));
const given = (name) => state.set[name] ?? (state.profile[name] === undefined ? "" : as_text(state.profile[name]));
const is_empty = (of) => [of.profile, of.set, of.aside].every((one) => Object.keys(one).length === 0) && of.declined.length === 0;

// As the program is asked: facts that were entered stand above the profile, as `--set` gives them.
function organization(of = state) {
  const profile = { ...of.profile };
  for (const name of Object.keys(of.set)) delete profile[name];
  const set = Object.entries(of.set).filter(([, value]) => value !== "").map(([name, value]) => `${name}=${value}`);
  return { profile, set };
}

const with_fact = (name, value) => ({ ...state, set: { ...state.set, [name]: value }, declined: state.declined.filter((one) => one !== name) });
const with_declined = (name) => ({ ...state, declined: [...state.declined, name] });
function with_entry(name, value) {
  const profile = { ...state.profile, [name]: value };
  if (value.length === 0) delete profile[name];
  return { ...state, profile };
}

// Puts aside what the rules in use do not take, so that the rest is decided; it comes back with rules that take it.
async function fitted(of) {
  const known = new Set(shape.facts.map((fact) => fact.name));
  const all = { ...of.aside, ...of.profile, ...of.set };
  for (const name of OTHER_KEYS) delete all[name];
  const rest = Object.fromEntries(OTHER_KEYS.filter((name) => of.profile[name] !== undefined).map((name) => [name, of.profile[name]]));
  const build = (names) => {
    const parts = { profile: { ...rest }, set: {}, aside: {} };
    for (const [name, value] of Object.entries(all)) {
      if (value === "" && !names.includes(name)) continue;
      const into = !names.includes(name) ? parts.aside : name in of.profile && !(name in of.set) ? parts.profile : typeof value === "string" ? parts.set : parts.profile;
      into[name] = value;
    }
    return { ...of, ...parts, declined: of.declined.filter((name) => known.has(name)) };
  };
  const takes = (one) => ask({ call: "decide", ...organization(one) }).then(() => true, () => false);
  let names = Object.keys(all).filter((name) => known.has(name));
  if (await takes(build(names))) return build(names);
  const taken = [];
  for (const name of names) if (await takes(build([...taken, name]))) taken.push(name);
  return build(taken);
}

// What was entered survives a reload where the browser lets a page keep it, in this tab alone.
const KEY = "whoowns";
let keeps = true;
function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ hash: location.hash, digest: shape.digest, state, rules: edited_rules() }));
    keeps = true;
  } catch {
    keeps = false;
  }
  at("kept").textContent = keeps ? "" : "This browser does not let the page keep what is entered: before it is closed, save the profile or take a link.";
}
function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return found !== null && found.hash === location.hash && is_state(found.state) ? found : null;
  } catch {
    return null;
  }
}
window.addEventListener("beforeunload", (event) => {
  if (!keeps && past.length > 0) event.preventDefault();
});

function is_state(value) {
  const is_record = (one) => one !== null && typeof one === "object" && !Array.isArray(one);
  const is_text = (one) => one === undefined || typeof one === "string";
  return is_record(value) && is_record(value.profile) && is_record(value.set) && is_record(value.aside ?? {}) && Array.isArray(value.declined) && value.declined.every((one) => typeof one === "string") && Object.values(value.set).every((one) => typeof one === "string") && is_text(value.start) && is_text(value.live);
}

// A link holds what was entered in its fragment, and which rules were in use.
function encoded(value) {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
function decoded(text) {
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(letters, (letter) => letter.charCodeAt(0))));
}
at("link").addEventListener("click", async () => {
  history.replaceState(null, "", `#${encoded({ digest: shape.digest, ...state })}`);
  keep();
  let copied = true;
  try {
    await navigator.clipboard.writeText(location.href);
  } catch {
    copied = false;
  }
  at("said").textContent = copied ? "The link was copied; it holds what was entered." : "The link stands in the address bar; it holds what was entered.";
});

const OTHER_RULES = "This was entered under other rules than the page has now. All of it is here; the answer may differ.";
const DAMAGED = "This link is damaged: what was entered cannot be read from it. It still stands in the address bar; the page begins with nothing known.";

// Begins with what a link holds, or with what was here before a reload.
async function begin() {
  const before = kept();
  let found = null;
  if (before !== null) {
    found = { digest: before.digest, ...before.state };
    if (before.rules !== null && before.rules !== undefined) await edit_rules(before.rules.name, before.rules.text);
  } else if (location.hash.length > 1) {
    try {
      found = decoded(location.hash.slice(1));
      if (!is_state(found)) throw new Error(DAMAGED);
    } catch {
      at("trouble").textContent = DAMAGED;
      return;
    }
  }
  if (found === null) return;
  const { digest, ...rest } = found;
  if (digest !== shape.digest) at("trouble").textContent = OTHER_RULES;
  const next = { ...nothing(), ...rest };
  // A link can be made by anybody: what is no profile is said, and left out.
  try {
    state = await fitted(next);
    await ask({ call: "decide", ...organization() });
  } catch (error) {
    state = nothing();
    at("trouble").textContent = `${DAMAGED} ${error.message}`;
  }
}
window.addEventListener("hashchange", async () => {
  at("trouble").textContent = "";
  const before = state;
  await begin();
  if (state !== before) past.push(before);
  await draw();
});
