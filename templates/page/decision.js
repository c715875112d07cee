// The interview, the decision and its map.
let shown = { json: "", file: "", parts: [] };
let turn = 0;

// Shows what is decided of what was entered; says why where it cannot be.
async function draw() {
  turn += 1;
  const mine = turn;
  let answer;
  try {
    answer = await ask({ call: "decide", ...organization() });
  } catch (error) {
    if (mine === turn) at("contradiction").textContent = error.message;
    return false;
  }
  if (mine !== turn) return true;
  at("contradiction").textContent = "";
  const { said, bytes } = answer;
  shown = { json: reader.decode(bytes), file: said.file, parts: said.parts };
  const decision = JSON.parse(shown.json);
  at("decision").replaceChildren(make("h2", decision.name ?? "The decision"), ...written(said.html));
  at("decision").querySelectorAll("ul, ol").forEach(shortened);
  at("answer-said").textContent = decision.owner === null ? `${decision.status}: not settled yet` : `${decision.status}: ${decision.owner.title}; talk to ${decision.contact?.person?.name ?? decision.contact?.title ?? "nobody yet"}`;
  at("aside").textContent = Object.keys(state.aside).length === 0 ? "" : `Kept aside, since these rules do not take it: ${Object.entries(state.aside).map(([name, value]) => `${name} ${as_text(value)}`).join("; ")}.`;
  draw_map(said.map);
  question(decision);
  fill();
  renew_brief();
  keep();
  return true;
}

// Goes on with what was entered besides; where that cannot be, says so and stays.
async function change(next, focus) {
  const before = state;
  state = next;
  if (!(await draw())) {
    state = before;
    return false;
  }
  remember(before);
  if (focus) at("question").focus();
  return true;
}
function remember(before) {
  past.push(before);
  at("back").disabled = at("restart").disabled = false;
}

function question(decision) {
  const next = decision.ask.find((asked) => !state.declined.includes(asked.fact));
  const box = at("choices");
  if (next === undefined) {
    at("question").textContent = decision.ask.length > 0 ? "Nothing is left to ask; what is not known stays open." : "Nothing that is left to ask can change the answer.";
    box.replaceChildren();
    return;
  }
  const fact = shape.facts.find((one) => one.name === next.fact);
  at("question").textContent = next.question;
  const decline = button("Don't know", () => change(with_declined(fact.name), true), "choice");
  if (fact.choices.length > 0) {
    const choices = fact.choices.map((choice) => button(choice.label, () => change(with_fact(fact.name, choice.value), true), "choice"));
    box.replaceChildren(...choices, decline);
    return;
  }
  const form = make("form");
  const label = make("label", fact.form || fact.title);
  const input = make("input");
  input.id = label.htmlFor = "typed";
  input.autocomplete = "off";
  form.append(label, input, make("button", "Answer", "choice"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = input.value.trim();
    change(value === "" ? with_declined(fact.name) : with_fact(fact.name, value), true);
  });
  box.replaceChildren(form, decline);
}
async function go(next) {
  state = next;
  at("back").disabled = at("restart").disabled = past.length === 0;
  await draw();
  at("question").focus();
}
at("back").addEventListener("click", () => go(past.pop() ?? state));
at("restart").addEventListener("click", () => {
  // One can still go back to what was there.
  past.push(state);
  go(nothing());
});

// The slider stops at every number where the answer can change, at the one before it, and in even steps of size between.
const STEPS = 24;
let stops = [];
function draw_map(map) {
  const drawn = map === null ? [] : picture(map.svg);
  at("map-section").hidden = drawn.length === 0;
  at("map").replaceChildren(...drawn);
  if (drawn.length === 0) return;
  const firsts = map.stretches.map(([first]) => first);
  const ends = [...firsts.slice(1).flatMap((first) => [first - 1, first])];
  // What has no end goes on for a while.
  const last = map.stretches.at(-1)[1] ?? Math.max(...firsts, 1) * 4;
  const least = firsts[0];
  const even = [];
  for (let size = Math.max(least, 1); size < last; size *= 10 ** (1 / STEPS)) even.push(rounded(size));
  for (let size = 1; size < -least; size *= 10 ** (1 / STEPS)) even.push(-rounded(size));
  stops = [...new Set([least, ...ends, ...even.filter((size) => size >= least && size <= last), last])].filter(Number.isSafeInteger).sort((one, other) => one - other);
  const slider = at("slider");
  slider.max = stops.length - 1;
  const known = given(shape.axis);
  if (document.activeElement !== slider || !sliding) {
    const stands = map.stands === null ? null : map.stands[1] ?? map.stands[0];
    const nearest = stands === null ? 0 : stops.findIndex((stop) => stop >= stands);
    slider.value = nearest < 0 ? stops.length - 1 : nearest;
  }
  at("axis-value").textContent = known === "" ? "not known" : Number.isSafeInteger(Number(known)) ? Number(known).toLocaleString("en") : known;
  slider.setAttribute("aria-valuetext", at("axis-value").textContent);
}
function rounded(size) {
  const step = 10 ** Math.max(0, Math.floor(Math.log10(size)) - 1);
  return Math.round(size / step) * step;
}
let sliding = null;
let moving = false;
at("slider").addEventListener("input", async () => {
  sliding ??= state;
  state = with_fact(shape.axis, String(stops[at("slider").value]));
  // The last place counts; those that were passed while an answer was worked out do not.
  if (moving) return;
  moving = true;
  for (let drawn = null; drawn !== state; ) {
    drawn = state;
    await draw();
  }
  moving = false;
});
at("slider").addEventListener("change", () => {
  if (sliding !== null) remember(sliding);
  sliding = null;
});

// What is folded away on a screen is printed.
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...at("decision").querySelectorAll("details:not([open])")];
  for (const one of opened) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});
