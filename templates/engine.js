"use strict";
// Decides from the model's cells. Every set of atoms is a set of bits: plain numbers, or, in a wide model, BigInts.
function engine(model) {
  const wide = model.wide;
  const read = (mask) => (wide ? BigInt(mask) : mask);
  const zero = read(0);
  const bit = (at) => (wide ? 1n << BigInt(at) : 1 << at);
  const absent = bit(model.absent);
  const axes = model.axes.map((axis) => ({ ...axis, all: read(axis.all) }));
  const facts = model.facts.map((fact) => ({
    ...fact,
    requires: fact.requires.map((required) => ({ axis: required.axis, mask: read(required.mask) })),
  }));
  const roleOf = (rules, row) => (row === null ? -1 : rules[row].role);
  const cells = model.cells.map((cell) => ({
    ...cell,
    m: cell.m.map(read),
    owner: roleOf(model.owner, cell.o),
    contact: roleOf(model.contact, cell.c),
  }));
  const tests = (when) => when.map((test) => (test.axis ? { axis: [test.axis[0], read(test.axis[1])] } : test));
  const compile = (rows) => rows.map((row) => ({ ...row, when: tests(row.when) }));
  const tables = {};
  for (const name of ["stakeholder", "risk", "action", "question"]) tables[name] = compile(model[name]);
  const typical = compile(model.typical).map((row) => ({
    ...row,
    set: row.set.map((set) => ({ ...set, mask: read(set.mask) })),
  }));
  const dependents = axes.map((_, of) => {
    const found = axes.map(() => false);
    axes.forEach((axis, on) => {
      found[on] = facts[axis.fact].requires.some((required) => required.axis === of || found[required.axis]);
    });
    return found;
  });

  // The atom a number lies in.
  function atom(axis, number) {
    let low = 0;
    let high = axis.starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (axis.starts[middle] <= number) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }
  const ends = (axis, at) => [axis.starts[at], at + 1 < axis.count ? axis.starts[at + 1] - 1 : axis.highest];
  function between(axis, min, max) {
    const first = Math.max(min, axis.starts[0]);
    const last = Math.min(max ?? Infinity, axis.highest ?? Infinity);
    let mask = zero;
    if (first > last) return mask;
    for (let at = atom(axis, first); at <= atom(axis, last); at += 1) mask |= bit(at);
    return mask;
  }

  // `known` has, by fact: {value} for what is exact, {min, max} for a band, {text} for a text.
  const isExact = (given) => given !== undefined && given.value !== undefined;
  const index = (fact, value) => (fact.kind === "boolean" ? Number(value) : fact.values.indexOf(value));
  const isNumber = (fact) => fact.kind === "integer" || fact.kind === "set";
  function knownMask(fact, given) {
    const axis = axes[fact.axis];
    if (!isExact(given)) return between(axis, given.min, given.max);
    return isNumber(fact) ? bit(atom(axis, given.value)) : bit(index(fact, given.value));
  }
  function box(known) {
    const m = axes.map((axis) => axis.all);
    for (const fact of facts) {
      const given = known[fact.name];
      if (given === undefined) continue;
      if (fact.axis !== null) m[fact.axis] &= knownMask(fact, given);
      else for (const required of fact.requires) m[required.axis] &= required.mask;
    }
    return m;
  }
  // The part of each item that lies within the masks; items without any fall away.
  function within(items, m) {
    const found = [];
    for (const item of items) {
      const both = new Array(m.length);
      let some = true;
      for (let axis = 0; axis < m.length && some; axis += 1) {
        both[axis] = item.m[axis] & m[axis];
        some = both[axis] !== zero;
      }
      if (some) found.push({ m: both, cell: item.cell });
    }
    return found;
  }
  const everything = cells.map((cell) => ({ m: cell.m, cell }));
  const narrowed = (items, axis, mask) => within(items, axes.map((other, at) => (at === axis ? mask : other.all | absent)));

  function stands(items, test) {
    const passes = (item) => {
      if (test.axis) {
        const own = item.m[test.axis[0]];
        return [(own & ~test.axis[1]) === zero, (own & test.axis[1]) === zero];
      }
      let yes;
      if (test.derived) yes = test.derived[1].includes(item.cell.d[test.derived[0]]);
      else if (test.owner) yes = test.owner.includes(item.cell.owner);
      else yes = test.contact.includes(item.cell.contact);
      return [yes, !yes];
    };
    return items.every((item) => passes(item)[0]);
  }
  const holds = (items, when) => when.every((test) => stands(items, test));

  // Outcomes, as texts in the order of the roles, nobody first.
  const key = (cell) => `${cell.owner} ${cell.contact}`;
  const parts = (text) => text.split(" ").map(Number);
  const order = (a, b) => parts(a)[0] - parts(b)[0] || parts(a)[1] - parts(b)[1];
  const outcomes = (items) => [...new Set(items.map((item) => key(item.cell)))].sort(order);
  const hundredMillion = 100000000n;
  function percent(text) {
    const [whole, decimals = ""] = text.replace("%", "").split(".");
    return BigInt(whole + decimals.padEnd(6, "0"));
  }

  function bands(known) {
    const found = [];
    axes.forEach((axis, at) => {
      const fact = facts[axis.fact];
      const given = known[fact.name];
      let low, high;
      if (given !== undefined && !isExact(given)) [low, high] = [given.min, given.max ?? fact.highest];
      else if (given === undefined && fact.kind === "integer") [low, high] = [fact.lowest, fact.highest];
      else return;
      const top = high ?? Infinity;
      const starts = [low, ...axis.thresholds.filter((cut) => cut > low && cut <= top)];
      const pieces = starts.map((start, piece) => [start, piece + 1 < starts.length ? starts[piece + 1] - 1 : high]);
      found.push({ axis: at, pieces, bounded: high !== null && high !== undefined, share: fact.share });
    });
    return found;
  }
  function combinations(list) {
    return list.reduce(
      (found, band) => found.flatMap((chosen) => band.pieces.map((piece) => [...chosen, { band, piece }])),
      [[]],
    );
  }
  function left(known, states) {
    const narrowings = [];
    let items = states;
    for (const row of typical) {
      if (!holds(items, row.when)) continue;
      for (const set of row.set) {
        const fact = facts[set.fact];
        if (known[fact.name] !== undefined || fact.kind === "integer") continue;
        const allowed = set.mask | absent;
        if (items.every((item) => (item.m[fact.axis] & ~allowed) === zero)) continue;
        const kept = narrowed(items, fact.axis, allowed);
        if (kept.length === 0) continue;
        items = kept;
        narrowings.push({ fact: fact.name, value: set.written, rule: row.id });
      }
    }
    return { items, narrowings };
  }
  // How many combinations of the pieces' numbers hold a state.
  function held(chosen, items) {
    if (items.length === 0) return 0n;
    if (chosen.length === 0) return 1n;
    const [{ band, piece }, ...rest] = chosen;
    const axis = axes[band.axis];
    let sum = 0n;
    for (let own = atom(axis, piece[0]); own <= atom(axis, piece[1]); own += 1) {
      const [first, last] = ends(axis, own);
      const from = Math.max(first, piece[0]);
      const to = Math.min(last ?? Infinity, piece[1]);
      sum += BigInt(to - from + 1) * held(rest, narrowed(items, band.axis, bit(own) | absent));
    }
    return sum;
  }
  function presume(known, states) {
    const all = bands(known);
    const cut = (items, chosen) =>
      chosen.reduce(
        (rest, { band, piece }) => narrowed(rest, band.axis, between(axes[band.axis], piece[0], piece[1]) | absent),
        items,
      );
    const endless = combinations(all.filter((band) => !band.bounded));
    const found = [];
    for (const chosen of combinations(all.filter((band) => band.bounded))) {
      const here = cut(states, chosen);
      const lefts = endless
        .map((more) => cut(here, more))
        .filter((items) => items.length > 0)
        .map((items) => left(known, items));
      const possible = [...new Set(lefts.flatMap((one) => outcomes(one.items)))];
      const weight = held(chosen, here);
      if (possible.length > 0) found.push({ weight, possible, lefts });
    }
    const shares = all.filter((band) => band.bounded && band.share !== null).map((band) => percent(band.share));
    const share = shares.length > 0 ? shares.reduce((a, b) => (a < b ? a : b)) : null;
    const whole = found.reduce((sum, part) => sum + part.weight, 0n);
    const agree = (outcome) => found.filter((part) => part.possible.length === 1 && part.possible[0] === outcome);
    const candidates = [...new Set(found.flatMap((part) => part.possible))].sort(order);
    const agreed = candidates.find((outcome) => {
      if (parts(outcome)[0] < 0) return false;
      const weight = agree(outcome).reduce((sum, part) => sum + part.weight, 0n);
      if (share === null) return weight === whole;
      return weight > 0n && weight * hundredMillion >= whole * share;
    });
    return {
      agreed,
      bounded: all.some((band) => band.bounded),
      left: (outcome) => (outcome === undefined ? found : agree(outcome)).flatMap((part) => part.lefts),
      allows: (outcome) => found.some((part) => part.possible.includes(outcome)),
      share: (outcome) => {
        const own = found.filter((part) => part.possible.includes(outcome));
        return Number(own.reduce((sum, part) => sum + part.weight, 0n)) / Number(whole);
      },
    };
  }

  // Status and outcome alone; null where the facts exclude each other.
  function verdict(known) {
    const states = within(everything, box(known));
    if (states.length === 0) return null;
    const possible = outcomes(states);
    const presumed = presume(known, states);
    const none = "-1 -1";
    let status = "open";
    let outcome = none;
    if (possible.every((one) => parts(one)[0] < 0)) status = "unmatched";
    else if (possible.length === 1) [status, outcome] = ["decided", possible[0]];
    else if (presumed.agreed !== undefined) [status, outcome] = ["presumed", presumed.agreed];
    const answered = status === "decided" || status === "presumed";
    const lefts = answered ? presumed.left(status === "presumed" ? outcome : undefined) : [];
    return { states, possible, presumed, status, outcome, answered, lefts };
  }

  function inapplicable(known) {
    const found = new Array(facts.length).fill(false);
    facts.forEach((fact, at) => {
      found[at] = fact.requires.some((required) => {
        const of = axes[required.axis].fact;
        const given = known[facts[of].name];
        return found[of] || (given !== undefined && (knownMask(facts[of], given) & required.mask) === zero);
      });
    });
    return found;
  }
  function changed(known, fact, value) {
    const next = { ...known, [fact.name]: { value } };
    inapplicable(next).forEach((gone, at) => {
      if (gone) delete next[facts[at].name];
    });
    return next;
  }
  const roleId = (at) => (at < 0 ? null : model.roles[at].id);
  function flips(known, current) {
    const found = [];
    const look = (fact, value) => {
      const then = verdict(changed(known, fact, value));
      const outcome = then === null || !then.answered ? "-1 -1" : then.outcome;
      if (outcome === current) return false;
      const [owner, contact] = parts(outcome);
      found.push({ fact: fact.name, value, owner: roleId(owner), contact: roleId(contact) });
      return true;
    };
    for (const fact of facts) {
      const given = known[fact.name];
      if (fact.axis === null || !isExact(given)) continue;
      const axis = axes[fact.axis];
      if (!isNumber(fact)) {
        const values = fact.kind === "boolean" ? [false, true] : fact.values;
        for (const value of values) if (value !== given.value) look(fact, value);
        continue;
      }
      const own = atom(axis, given.value);
      for (let at = own - 1; at >= 0; at -= 1) if (look(fact, ends(axis, at)[1])) break;
      for (let at = own + 1; at < axis.count; at += 1) if (look(fact, ends(axis, at)[0])) break;
    }
    return found;
  }

  function matters(of, states) {
    const depends = dependents[of];
    const apart = (a, b) => {
      for (let on = 0; on < axes.length; on += 1) {
        if (on === of) continue;
        const both = a.m[on] & b.m[on];
        if (both === zero && !(depends[on] && (a.m[on] & absent) !== (b.m[on] & absent))) return false;
      }
      return true;
    };
    for (let at = 0; at < states.length; at += 1) {
      for (let before = 0; before < at; before += 1) {
        const [a, b] = [states[at], states[before]];
        if ((a.cell.owner !== b.cell.owner || a.cell.contact !== b.cell.contact) && apart(a, b)) return true;
      }
    }
    return false;
  }
  function answers(known, of) {
    const axis = axes[of];
    const fact = facts[axis.fact];
    if (!isNumber(fact)) return Array.from({ length: axis.count }, (_, at) => bit(at));
    const given = known[fact.name];
    const low = given === undefined ? fact.lowest : given.min;
    const high = given === undefined ? fact.highest : given.max;
    const cuts = axis.thresholds.filter((cut) => cut > low && cut <= (high ?? Infinity));
    const starts = [low, ...cuts];
    return starts.map((start, at) => between(axis, start, at + 1 < starts.length ? starts[at + 1] - 1 : high));
  }
  function questions(known, states) {
    const found = [];
    axes.forEach((axis, of) => {
      const fact = facts[axis.fact];
      if (isExact(known[fact.name]) || states.some((item) => (item.m[of] & absent) !== zero)) return;
      if (!matters(of, states)) return;
      const worth = { fact, owners: 0, outcomes: 0, answers: 0 };
      for (const answer of answers(known, of)) {
        const rest = states.filter((item) => (item.m[of] & answer) !== zero);
        if (rest.length === 0) continue;
        worth.owners += new Set(rest.map((item) => item.cell.owner)).size;
        worth.outcomes += outcomes(rest).length;
        worth.answers += 1;
      }
      found.push(worth);
    });
    const by = (a, b, what) => a[what] * b.answers - b[what] * a.answers;
    found.sort((a, b) => by(a, b, "owners") || by(a, b, "outcomes"));
    return found.map(({ fact }) => ({ fact: fact.name, question: fact.ask ?? `${fact.name}?` }));
  }

  function derivedOf(items) {
    const found = {};
    model.derived.forEach((name, at) => {
      const rows = new Set(items.map((item) => item.cell.d[at]));
      if (rows.size === 0 || rows.has(null)) return;
      const values = new Set([...rows].map((row) => model.derive[row].value));
      if (values.size === 1) found[name] = [...values][0];
    });
    return found;
  }
  function rulesOf(items) {
    const rows = (get) => [...new Set(items.flatMap(get))].filter((row) => row !== null).sort((a, b) => a - b);
    return {
      derive: rows((item) => item.cell.d),
      owner: rows((item) => [item.cell.o]),
      contact: rows((item) => [item.cell.c]),
    };
  }
  function because(rules) {
    const sentences = ["derive", "owner", "contact"].flatMap((table) =>
      rules[table].map((row) => model[table][row].because),
    );
    return [...new Set(sentences)].filter((sentence) => sentence !== null);
  }
  const strength = ["I", "C", "R", "A", "AR"];
  function stakeholders(items, outcome) {
    const [owner, contact] = parts(outcome);
    const found = [];
    for (const row of tables.stakeholder) {
      if (!holds(items, row.when)) continue;
      const role = row.role === "owner" ? owner : row.role === "contact" ? contact : row.role;
      if (typeof role !== "number" || role < 0) continue;
      const earlier = found.find((one) => one.role === role);
      if (earlier === undefined) {
        found.push({ id: row.id, role, raci: row.raci });
        continue;
      }
      const [weak, strong] = [earlier.raci, row.raci].sort((a, b) => strength.indexOf(a) - strength.indexOf(b));
      earlier.raci = weak === "R" && strong === "A" ? "AR" : strong;
    }
    return found.map((one) => ({ ...one, role: model.roles[one.role].id, title: model.roles[one.role].title }));
  }
  function candidates(found) {
    if (found.status === "decided") return [];
    const list = found.possible.map((outcome) => {
      const [owner, contact] = parts(outcome);
      const allowed = found.presumed.allows(outcome);
      const share = found.presumed.bounded && allowed ? found.presumed.share(outcome) : undefined;
      return { outcome, allowed, share, owner: roleId(owner), contact: roleId(contact) };
    });
    list.sort(
      (a, b) =>
        Number(b.allowed) - Number(a.allowed) ||
        (b.share ?? 0) - (a.share ?? 0) ||
        Number(b.outcome === found.outcome) - Number(a.outcome === found.outcome),
    );
    return list.map(({ owner, contact, share }) => (share === undefined ? { owner, contact } : { owner, contact, share }));
  }

  // The decision, in the shape of the program's JSON; null where the facts exclude each other.
  function decide(known) {
    const found = verdict(known);
    if (found === null) return null;
    const leftItems = found.lefts.flatMap((one) => one.items);
    const collected = found.answered ? leftItems : found.states;
    const deciding = found.status === "decided" ? found.states : found.answered ? leftItems : [];
    const rules = rulesOf(deciding);
    const changes = found.answered ? flips(known, found.outcome) : [];
    const borderline = [];
    for (const flip of changes) {
      const fact = facts.find((one) => one.name === flip.fact);
      if (!isNumber(fact) || fact.near === null || borderline.includes(fact.name)) continue;
      const own = known[fact.name].value;
      if (BigInt(Math.abs(own - flip.value)) * hundredMillion <= percent(fact.near) * BigInt(own)) borderline.push(fact.name);
    }
    const inferred = ["derive", "owner"].some((table) => rules[table].some((row) => model[table][row].inferred));
    const doubts = [found.status === "presumed", inferred, borderline.length > 0].filter(Boolean).length;
    const presumed = [];
    for (const one of found.lefts.flatMap((part) => part.narrowings)) {
      if (!presumed.some((other) => JSON.stringify(other) === JSON.stringify(one))) presumed.push(one);
    }
    const role = (at) => (at < 0 ? null : { role: model.roles[at].id, title: model.roles[at].title });
    const [owner, contact] = parts(found.outcome).map(role);
    const party = (by) => (typeof by === "number" ? model.roles[by].id : (by ?? null));
    const rows = (table) => tables[table].filter((row) => holds(collected, row.when));
    const asked = rows("question").map((row) => ({ id: row.id, text: row.text }));
    if (contact !== null) {
      const text = `Who is “${contact.title}” here, by name, and how can we reach that person?`;
      asked.push({ id: "contact-person", text });
    }
    const ids = (table) => rules[table].map((row) => model[table][row].id);
    return {
      status: found.status,
      owner,
      contact,
      confidence: found.answered ? ["high", "medium", "low", "low"][doubts] : "none",
      derived: derivedOf(found.status === "presumed" ? leftItems : found.states),
      rules: { derive: ids("derive"), owner: ids("owner"), contact: ids("contact") },
      because: because(rules),
      borderline,
      presumed,
      candidates: candidates(found),
      ask: found.status === "decided" ? [] : questions(known, found.states),
      flips: changes,
      stakeholders: stakeholders(collected, found.outcome),
      risks: rows("risk").map((row) => ({ id: row.id, text: row.text, mitigation: row.mitigation ?? null })),
      actions: rows("action").map((row) => ({ id: row.id, topic: row.topic ?? null, by: party(row.by), text: row.text })),
      questions: asked,
    };
  }
  // Owner and status alone, for the map.
  function owner(known) {
    const found = verdict(known);
    if (found === null) return { status: "unmatched", owner: -1 };
    return { status: found.status, owner: parts(found.outcome)[0] };
  }
  return { decide, owner, axes, facts, ends, atom, isNumber, inapplicable };
}
