"use strict";
(function () {
  const model = JSON.parse(document.getElementById("model").textContent);
  const decider = engine(model);
  const colours = [
    ["#bfdbfe", "#172554"], ["#1d4ed8", "#ffffff"], ["#a7f3d0", "#064e3b"], ["#047857", "#ffffff"],
    ["#fde68a", "#451a03"], ["#b45309", "#ffffff"], ["#e9d5ff", "#3b0764"], ["#7e22ce", "#ffffff"],
    ["#fecdd3", "#4c0519"], ["#be123c", "#ffffff"],
  ];
  const said = {
    decided: "whatever is not known makes no difference",
    presumed: "decided by what is typical; the questions make sure",
    open: "more than one answer is still possible; the questions settle it",
    unmatched: "no rule says who owns it",
  };
  const letters = { AR: "accountable and responsible", A: "accountable", R: "responsible", C: "consulted", I: "informed" };
  let state = { known: {}, declined: [], order: [] };
  let past = [];

  const at = (id) => document.getElementById(id);
  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }
  const clear = (element, ...children) => element.replaceChildren(...children);
  const spaced = (name) => name.replaceAll("_", " ");
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const grouped = (number) => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
  const title = (id) => model.roles.find((role) => role.id === id)?.title ?? "nobody";
  const factNamed = (name) => decider.facts.find((fact) => fact.name === name);
  const outcome = (owner, contact) =>
    owner === contact ? title(owner) : `${title(owner)} (contact: ${title(contact)})`;

  // Numbers as people write them; null where it says "don't know", undefined where it cannot be read.
  function parse(fact, text) {
    let written = text.trim().toLowerCase().replace(/\.$/, "");
    if (written === "" || ["?", "unknown", "n/a", "na", "-", "tbd"].includes(written)) return null;
    if (fact.unknown.some((spelling) => spelling.toLowerCase() === written)) return null;
    written = written.replace(/\s*(employees|people|staff|fte|members)$/, "").replace(/[\u2010-\u2015\u2212]/g, "-");
    const number = (digits) => {
      const found = /^(\d{1,3}(?:[,\s'\u00a0\u202f]\d{2,3})+|\d+)(\.\d+)?\s*(k)?$/.exec(digits.trim());
      if (found === null) return NaN;
      const value = Number(found[1].replace(/\D/g, "") + (found[2] ?? "")) * (found[3] ? 1000 : 1);
      return Number.isSafeInteger(Math.round(value)) && Math.abs(value - Math.round(value)) < 1e-9 ? Math.round(value) : NaN;
    };
    const band = (low, high) => {
      const min = Math.max(low, fact.lowest);
      const max = fact.highest === null ? high : Math.min(high ?? Infinity, fact.highest);
      if (Number.isNaN(low) || Number.isNaN(high) || (max !== null && min > max)) return undefined;
      return min === max ? { value: min } : { min, max };
    };
    let found;
    if ((found = /^(?:~|about|around|approx\.?|c\.?)\s*(.+)$/.exec(written))) {
      const middle = number(found[1]);
      const near = fact.near === null ? 10 : Number(fact.near.replace("%", ""));
      const reach = Math.floor((middle * near) / 100 + 1e-9);
      return band(middle - reach, middle + reach);
    }
    if ((found = /^(?:between\s+)?(\S.*?)\s*(?:-|\bto\b|\band\b)\s*(\S.*)$/.exec(written))) {
      const [low, high] = [number(found[1]), number(found[2])];
      return low > high ? undefined : band(low, high);
    }
    if ((found = /^(.+?)\s*(?:\+|or more)$/.exec(written)) || (found = /^(?:>=|at least)\s*(.+)$/.exec(written))) {
      return band(number(found[1]), null);
    }
    if ((found = /^(?:>|more than|over)\s*(.+)$/.exec(written))) return band(number(found[1]) + 1, null);
    if ((found = /^(?:<=|up to|at most)\s*(.+)$/.exec(written))) return band(fact.lowest, number(found[1]));
    if ((found = /^(?:<|less than|under|below)\s*(.+)$/.exec(written))) return band(fact.lowest, number(found[1]) - 1);
    const value = number(written);
    return Number.isNaN(value) ? undefined : band(value, value);
  }

  function shown(given) {
    if (given === undefined) return "don't know";
    if (given.value === true) return "yes";
    if (given.value === false) return "no";
    if (typeof given.value === "number") return grouped(given.value);
    if (given.value !== undefined) return given.value;
    return given.max === null ? `${grouped(given.min)}+` : `${grouped(given.min)}–${grouped(given.max)}`;
  }
  function inWords(value) {
    if (typeof value !== "string") return shown({ value });
    const found = /^(<=|>=|<|>)\s*(\d+)$/.exec(value);
    const signs = { "<=": "at most", ">=": "at least", "<": "below", ">": "above" };
    return found === null ? value : `${signs[found[1]]} ${grouped(found[2])}`;
  }

  function answer(name, given) {
    const next = { known: { ...state.known }, declined: [...state.declined], order: state.order.filter((one) => one !== name) };
    if (given === undefined) {
      delete next.known[name];
      next.declined.push(name);
    } else {
      next.known[name] = given;
    }
    next.order.push(name);
    if (given !== undefined && decider.decide(next.known) === null) return false;
    past.push(state);
    state = next;
    draw();
    return true;
  }
  function back() {
    if (past.length > 0) state = past.pop();
    draw();
    at("question").focus();
  }
  function restart() {
    past = [];
    state = { known: {}, declined: [], order: [] };
    draw();
    at("question").focus();
  }

  // What each answer to a question with a few answers would lead to.
  function leads(fact, value) {
    const then = decider.decide({ ...state.known, [fact.name]: { value } });
    if (then === null) return "";
    if (then.status === "decided" || then.status === "presumed") {
      return `${title(then.owner.role)}${then.status === "presumed" ? ", presumed" : ""}`;
    }
    return then.status;
  }
  function drawQuestion(decision) {
    const asked = new Set(state.order);
    const next = decision.ask.find((ask) => !asked.has(ask.fact));
    const box = at("answers-to-give");
    at("back").disabled = past.length === 0;
    at("restart").disabled = past.length === 0;
    if (next === undefined) {
      at("question").textContent = "Nothing that is left to ask can change the answer.";
      return clear(box);
    }
    const fact = factNamed(next.fact);
    at("question").textContent = next.question;
    const pick = (label, given, hint) => {
      const button = make("button", label, "choice");
      button.type = "button";
      if (hint) button.append(make("span", hint, "hint"));
      button.addEventListener("click", () => {
        answer(fact.name, given);
        at("question").focus();
      });
      return button;
    };
    const unknown = pick("Don't know", undefined);
    if (!decider.isNumber(fact)) {
      const values = fact.kind === "boolean" ? [true, false] : fact.values;
      return clear(box, ...values.map((value) => pick(capital(shown({ value })), { value }, leads(fact, value))), unknown);
    }
    const form = make("form");
    const label = make("label", fact.kind === "set" ? "How many? A number, or 2+" : "A number, a band such as 201-500, or about 300");
    const input = make("input");
    input.id = "number";
    input.autocomplete = "off";
    label.htmlFor = "number";
    const wrong = make("p", "", "wrong");
    wrong.setAttribute("role", "alert");
    const send = make("button", "Answer", "choice");
    form.append(label, input, send, wrong);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = parse(fact, input.value);
      if (given === undefined) {
        wrong.textContent = `“${input.value.trim()}” is no number or band within the range.`;
        return;
      }
      if (!answer(fact.name, given === null ? undefined : given)) {
        wrong.textContent = "This cannot be with what was answered before.";
        return;
      }
      at("question").focus();
    });
    return clear(box, form, unknown);
  }

  function drawAnswer(decision) {
    at("owner").textContent = decision.owner?.title ?? "Not settled yet";
    at("contact").textContent = decision.contact?.title ?? "Not settled yet";
    const badge = at("status");
    badge.textContent = decision.status;
    badge.className = `badge ${decision.status}`;
    const confidence = decision.confidence === "none" ? "" : ` · ${decision.confidence} confidence`;
    const near = decision.borderline.length > 0 ? `; ${decision.borderline.map(spaced).join(", ")} is close to a threshold` : "";
    at("meaning").textContent = `${said[decision.status]}${confidence}${near}`;
    list("because", decision.because);
    const others = decision.candidates.filter(
      (one) => decision.owner === null || one.owner !== decision.owner.role || one.contact !== decision.contact?.role,
    );
    const share = (one) => (one.share === undefined || one.share === 1 ? "" : ` · ${Math.round(one.share * 1000) / 10} % of the band`);
    const shownOnes = others.slice(0, 3).map((one) => outcome(one.owner, one.contact) + share(one));
    at("others-heading").textContent = decision.owner === null ? "Possible answers" : "What else is possible";
    if (others.length > 3) shownOnes.push(`and ${others.length - 3} more`);
    list("others", shownOnes);
  }
  function list(id, items) {
    const section = at(`${id}-section`);
    section.hidden = items.length === 0;
    clear(at(id), ...items.map((item) => make("li", item)));
  }
  function table(id, rows) {
    at(`${id}-section`).hidden = rows.length === 0;
    clear(
      at(id),
      ...rows.map((cells) => {
        const row = make("tr");
        cells.forEach((cell, column) => {
          const element = make(column === 0 ? "th" : "td", cell.badge ? undefined : cell);
          if (column === 0) element.scope = "row";
          if (cell.badge) element.append(make("span", cell.badge, `badge ${cell.badge}`));
          row.append(element);
        });
        return row;
      }),
    );
  }
  function drawKnown(decision) {
    const rows = [];
    const gone = decider.inapplicable(state.known);
    decider.facts.forEach((fact, place) => {
      if (fact.axis === null || gone[place]) return;
      const presumed = decision.presumed.find((one) => one.fact === fact.name);
      const question = fact.ask ?? capital(spaced(fact.name));
      if (state.known[fact.name] !== undefined) rows.push([question, shown(state.known[fact.name]), { badge: "given" }]);
      else if (presumed !== undefined) rows.push([question, inWords(presumed.value), { badge: "presumed" }]);
      else rows.push([question, "–", { badge: "unknown" }]);
    });
    for (const [name, value] of Object.entries(decision.derived)) {
      rows.push([capital(spaced(name)), shown({ value }), { badge: "derived" }]);
    }
    table("known", rows);
  }
  function drawBrief(decision) {
    table("say", decision.stakeholders.map((one) => [one.title, `${letters[one.raci]} (${one.raci})`]));
    table("risks", decision.risks.map((one) => [one.text, one.mitigation ?? ""]));
    const by = (who) => ({ owner: decision.owner?.title ?? who, contact: decision.contact?.title ?? who })[who] ?? (title(who) === "nobody" ? who : title(who));
    table(
      "actions",
      decision.actions.map((one) => [one.text, capital((one.topic ?? "").replaceAll("-", " ")), one.by === null ? "" : capital(by(one.by))]),
    );
    list("questions", decision.questions.map((one) => one.text));
    list("flips", decision.flips.map((one) => {
      const then = one.owner === null ? "not settled any more" : outcome(one.owner, one.contact);
      return `${capital(spaced(one.fact))} ${inWords(one.value)}: ${then}`;
    }));
  }

  // The map: lanes by the facts of the ruleset's map, stretches of its axis.
  const lanes = (function () {
    if (model.map === null) return [];
    let found = [{ known: {}, words: [] }];
    for (const place of model.map.lanes) {
      const axis = decider.axes[place];
      const fact = decider.facts[axis.fact];
      const values = decider.isNumber(fact)
        ? axis.starts.map((_, piece) => ({ value: decider.ends(axis, piece)[0], last: decider.ends(axis, piece)[1] }))
        : (fact.kind === "boolean" ? [false, true] : fact.values).map((value) => ({ value }));
      const words = (one) => {
        if (one.value === true) return spaced(fact.name);
        if (one.value === false) return `no ${spaced(fact.name)}`;
        if (!decider.isNumber(fact)) return `${spaced(fact.name)}: ${one.value}`;
        return `${spaced(fact.name)}: ${shown(one.last === one.value ? { value: one.value } : { min: one.value, max: one.last })}`;
      };
      found = found.flatMap((lane) => {
        const longer = values
          .map((one) => ({ known: { ...lane.known, [fact.name]: { value: one.value } }, words: [...lane.words, words(one)] }))
          .filter((one) => decider.owner(one.known).status !== "unmatched" || decider.decide(one.known) !== null);
        return longer.length > 0 ? longer : [lane];
      });
      if (found.length > 60) return [];
    }
    return found;
  })();
  const mapAxis = model.map === null ? null : decider.axes[model.map.axis];
  const mapFact = mapAxis === null ? null : decider.facts[mapAxis.fact];
  const drawable = mapAxis !== null && lanes.length > 0 && mapAxis.starts.length * lanes.length <= 2000;
  let background = null;
  let fields = [];
  let stretches = [];
  function sameAnswer(a, b) {
    return a.status === b.status && a.owner === b.owner;
  }
  function mapFields() {
    const known = { ...state.known };
    delete known[mapFact.name];
    for (const place of model.map.lanes) delete known[decider.facts[decider.axes[place].fact].name];
    const key = JSON.stringify(known);
    if (key === background) return;
    background = key;
    const rows = lanes.map((lane) =>
      mapAxis.starts.map((start) => decider.owner({ ...known, ...lane.known, [mapFact.name]: { value: start } })),
    );
    stretches = [];
    mapAxis.starts.forEach((start, piece) => {
      const [, last] = decider.ends(mapAxis, piece);
      const same = piece > 0 && rows.every((row) => sameAnswer(row[piece], row[piece - 1]));
      if (same) stretches.at(-1).last = last;
      else stretches.push({ first: start, last, piece });
    });
    fields = rows.map((row) => stretches.map((stretch) => row[stretch.piece]));
  }
  const owners = [];
  function drawMap() {
    at("map-section").hidden = !drawable;
    if (!drawable) return;
    mapFields();
    const given = state.known[mapFact.name];
    const [low, high] = given === undefined ? [NaN, NaN] : given.value !== undefined ? [given.value, given.value] : [given.min, given.max ?? Infinity];
    const head = make("tr");
    head.append(make("td"));
    for (const stretch of stretches) {
      const cell = make("th", shown(stretch.first === stretch.last ? { value: stretch.first } : { min: stretch.first, max: stretch.last }));
      cell.scope = "col";
      head.append(cell);
    }
    const body = lanes.map((lane, row) => {
      const line = make("tr");
      const possible = Object.entries(lane.known).every(
        ([name, one]) => state.known[name] === undefined || JSON.stringify(state.known[name]) === JSON.stringify(one),
      );
      const label = make("th", lane.words.join(" · "), possible ? "on" : "");
      label.scope = "row";
      line.append(label);
      stretches.forEach((stretch, column) => {
        const field = fields[row][column];
        if (field.owner >= 0 && !owners.includes(field.owner)) owners.push(field.owner);
        const words = field.owner >= 0 ? model.roles[field.owner].title : field.status === "open" ? "depends on more" : "no rule";
        const cell = make("td", words, "field");
        if (field.owner >= 0) [cell.style.backgroundColor, cell.style.color] = colours[owners.indexOf(field.owner) % colours.length];
        if (possible && low <= (stretch.last ?? Infinity) && high >= stretch.first) {
          cell.classList.add("here");
          cell.prepend(make("span", "● ", "mark"));
        }
        line.append(cell);
      });
      return line;
    });
    clear(at("map-head"), head);
    clear(at("map-body"), ...body);
    at("axis-name").textContent = capital(spaced(mapFact.name));
    const value = at("axis-value");
    value.textContent = given === undefined ? "not given" : shown(given);
    if (given !== undefined && given.value !== undefined) at("slider").value = String(position(given.value));
  }
  // Every stretch takes the same part of the slider.
  const steps = 200;
  const top = (stretch) => stretch.last ?? Math.max(stretch.first, 1) * 10;
  function position(number) {
    const place = Math.max(0, stretches.findLastIndex((stretch) => stretch.first <= number));
    const stretch = stretches[place];
    const wide = top(stretch) - stretch.first;
    const part = wide > 0 ? Math.min(1, (number - stretch.first) / wide) : 0;
    return Math.round(place * steps + part * (steps - 1));
  }
  function numberAt(slid) {
    const place = Math.min(stretches.length - 1, Math.floor(slid / steps));
    const stretch = stretches[place];
    const part = (slid - place * steps) / (steps - 1);
    return Math.round(stretch.first + part * (top(stretch) - stretch.first));
  }

  function draw() {
    const decision = decider.decide(state.known);
    drawQuestion(decision);
    drawAnswer(decision);
    drawKnown(decision);
    drawBrief(decision);
    drawMap();
    at("told-section").hidden = state.order.length === 0;
    clear(at("told"), ...state.order.map((name) => {
      const line = make("li", `${factNamed(name).ask ?? spaced(name)} `);
      line.append(make("strong", shown(state.known[name])));
      return line;
    }));
  }

  at("back").addEventListener("click", back);
  at("restart").addEventListener("click", restart);
  at("print").addEventListener("click", () => window.print());
  at("name").addEventListener("input", (event) => {
    at("for-whom").textContent = event.target.value.trim();
  });
  draw();
  if (drawable) {
    const slider = at("slider");
    slider.max = String(stretches.length * steps - 1);
    let sliding = false;
    slider.addEventListener("input", () => {
      const given = { value: numberAt(Number(slider.value)) };
      if (decider.decide({ ...state.known, [mapFact.name]: given }) === null) return;
      if (!sliding) past.push(state);
      sliding = true;
      state = { known: { ...state.known, [mapFact.name]: given }, declined: state.declined, order: state.order.filter((one) => one !== mapFact.name).concat(mapFact.name) };
      draw();
    });
    slider.addEventListener("change", () => {
      sliding = false;
    });
  }
  // For tests, and for those who want to script the page.
  window.whoowns = { decide: decider.decide, parse: (name, text) => parse(factNamed(name), text), facts: decider.facts };
})();
