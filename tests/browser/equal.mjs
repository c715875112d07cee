// The page decides as the program does, over random profiles of several rulesets.

// A small generator with a seed, so that a failure can be repeated (mulberry32).
function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const seed = Number(process.env.SEED ?? 20260101);
const count = Number(process.env.PROFILES ?? 3600);

function profile(facts, axes, next) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  const known = {};
  const written = {};
  const chance = 0.15 + 0.8 * next();
  for (const fact of facts) {
    if (fact.derived || next() > chance) continue;
    if (fact.kind === "text") {
      if (next() < 0.3) [known[fact.name], written[fact.name]] = [{ text: "Singapore" }, "Singapore"];
    } else if (fact.kind === "boolean") {
      written[fact.name] = next() < 0.5;
      known[fact.name] = { value: written[fact.name] };
    } else if (fact.kind === "choice") {
      written[fact.name] = pick(fact.values);
      known[fact.name] = { value: written[fact.name] };
    } else {
      // Numbers at, beside and between the thresholds.
      const cuts = [...axes[fact.axis].starts, ...axes[fact.axis].thresholds];
      const number = () => {
        const near = pick(cuts) + Math.floor(next() * 5) - 2;
        const far = Math.floor(10 ** (next() * 5));
        const chosen = next() < 0.6 ? near : far;
        return Math.min(Math.max(chosen, fact.lowest), fact.highest ?? Infinity);
      };
      const [low, high] = [number(), number()].sort((a, b) => a - b);
      if (next() < 0.5 || (low === high)) {
        known[fact.name] = { value: low };
        written[fact.name] = low;
      } else if (next() < 0.25) {
        const max = fact.highest;
        known[fact.name] = max === low ? { value: low } : { min: low, max };
        written[fact.name] = `${low}+`;
      } else {
        known[fact.name] = { min: low, max: high };
        written[fact.name] = `${low}-${high}`;
      }
    }
    // A number that the ruleset reads as "not known" is no number.
    if (fact.unknown.includes(String(written[fact.name]))) {
      delete known[fact.name];
      delete written[fact.name];
    }
  }
  return { known, written };
}

const rulesets = [null, "examples/own-rules/purchase-approval.toml", "examples/own-rules/training-platform-250.toml"];

export async function equal({ assert, run, refuses, file, open }) {
  for (const [place, rules] of rulesets.entries()) {
    const chosen = rules === null ? [] : ["--rules", rules];
    const path = file(`page-${place}.html`, run("page", ...chosen));
    const { page, close } = await open(path);
    const { facts, axes } = await page.evaluate(() => {
      const model = JSON.parse(document.getElementById("model").textContent);
      return { facts: model.facts, axes: model.axes };
    });
    const next = random(seed + place);
    const profiles = Array.from({ length: rules === null ? count : count / 3 }, () => profile(facts, axes, next));
    const shown = await page.evaluate((all) => all.map((known) => window.whoowns.decide(known)), profiles.map((one) => one.known));
    const files = [];
    const expected = [];
    let contradictions = 0;
    profiles.forEach((one, at) => {
      const written = file(`profile-${place}-${at}.json`, JSON.stringify(one.written));
      if (shown[at] !== null) {
        files.push(written);
        expected.push(at);
      } else if (contradictions < 15) {
        contradictions += 1;
        assert.ok(refuses("decide", written, ...chosen), `the program takes what the page calls a contradiction: ${JSON.stringify(one.written)}`);
      }
    });
    const lines = run("decide", ...files, "--format", "ndjson", "--quiet", ...chosen).trim().split("\n");
    assert.equal(lines.length, files.length);
    const statuses = {};
    lines.forEach((line, at) => {
      const decision = JSON.parse(line);
      const own = shown[expected[at]];
      const { written } = profiles[expected[at]];
      const candidates = decision.candidates.map(({ owner, contact, share }) => (share === undefined ? { owner, contact } : { owner, contact, share }));
      const contact = decision.contact && { role: decision.contact.role, title: decision.contact.title };
      const wanted = { ...decision, candidates, contact };
      for (const key of Object.keys(own)) {
        assert.deepEqual(own[key], wanted[key], `${key} of ${JSON.stringify(written)} under ${rules ?? "the default rules"}`);
      }
      statuses[decision.status] = (statuses[decision.status] ?? 0) + 1;
    });
    if (rules === null) assert.ok(files.length >= 2000, `only ${files.length} profiles were compared`);
    console.log(`   ${files.length} profiles decided alike under ${rules ?? "the default rules"}: ${JSON.stringify(statuses)}`);
    await close();
  }
}
