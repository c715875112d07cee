// What the page says is what the program says, byte for byte: decisions, lists, findings.
import { readFileSync, readdirSync } from "node:fs";
import { execFile } from "node:child_process";
import { basename, join } from "node:path";

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
const count = Number(process.env.PROFILES ?? 3000);

const surnames = ["Iyer", "Okafor", "Müller", "O'Brien", "Łukasz", "李"];
const titles = ["Head of L&D", "Regional Head of Learning", "CFO", "VP Talent Development", "L&D Manager", "Chief Learning Officer", "Plant manager", "HR Director (APAC)"];

// A profile of these facts, as people write one.
function profile(facts, next) {
  const pick = (list) => list[Math.floor(next() * list.length)];
  const number = () => (next() < 0.5 ? Math.round(pick([250, 500, 1000, 5000]) + Math.floor(next() * 5) - 2) : Math.ceil(10 ** (next() * 5)));
  const written = {};
  const chance = 0.15 + 0.8 * next();
  for (const fact of facts) {
    if (next() > chance) continue;
    if (fact.kind === "boolean") written[fact.name] = next() < 0.5;
    else if (fact.kind === "choice") written[fact.name] = pick(fact.choices).value;
    else if (fact.kind === "text") written[fact.name] = pick(["Singapore", "APAC", ""]);
    else if (fact.kind === "set") written[fact.name] = pick([2, "2+", 1, ["IN"], ["IN", "Singapore"], ["India", "IN", "EMEA"]]);
    else {
      const [low, high] = [number(), number()].sort((a, b) => a - b);
      written[fact.name] = pick([low, String(low), `${low}-${high}`, `${low}+`, `~${low}`, `${low.toLocaleString("en")} to ${high.toLocaleString("en")}`, `less than ${high}`, "unknown"]);
    }
  }
  if (next() < 0.5) written.name = pick(["Acme Pvt Ltd", "Łódź & Co", "\"Quoted\" GmbH"]);
  if (next() < 0.4) {
    written.contacts = Array.from({ length: 1 + Math.floor(next() * 3) }, () => ({ name: `R. ${pick(surnames)}`, title: pick(titles), ...(next() < 0.3 ? { region: "Singapore" } : {}) }));
  }
  return written;
}

const rulesets = [null, "examples/own-rules/purchase-approval.toml"];

async function decisions({ assert, file, open, run, program, root }) {
  const decided = (path, chosen) =>
    new Promise((done) => execFile(program, ["decide", path, "--format", "json", "--quiet", ...chosen], { encoding: "utf8", cwd: root }, (error, out, wrong) => done({ status: error?.code ?? 0, out, wrong })));
  for (const [place, rules] of rulesets.entries()) {
    const chosen = rules === null ? [] : ["--rules", rules];
    const { page, close } = await open(file(`page-${place}.html`, run("page", ...chosen)));
    await page.evaluate(() => window.whoowns.ready);
    const { facts } = await page.evaluate(async () => (await window.whoowns.ask({ call: "rules" })).said);
    const next = random(seed + place);
    const profiles = Array.from({ length: count }, () => JSON.stringify(profile(facts, next)));
    const shown = await page.evaluate(async (all) => {
      const decoder = new TextDecoder();
      const answers = [];
      for (const text of all) {
        try {
          const { said } = await window.whoowns.ask({ call: "open", name: "profile.json", text });
          answers.push(decoder.decode((await window.whoowns.ask({ call: "decide", profile: said.profile, set: [] })).bytes));
        } catch {
          answers.push(null);
        }
      }
      return answers;
    }, profiles);
    let [at, alike, refused] = [0, 0, 0];
    const worker = async () => {
      while (at < profiles.length) {
        const mine = at++;
        const { status, out, wrong } = await decided(file(`profile-${place}-${mine}.json`, profiles[mine]), chosen);
        if (shown[mine] === null) {
          assert.equal(status, 2, `the page refuses what the program takes: ${profiles[mine]}`);
          refused += 1;
        } else {
          assert.equal(shown[mine], out, `${profiles[mine]} under ${rules ?? "the default rules"}: ${wrong}`);
          alike += 1;
        }
      }
    };
    await Promise.all([worker(), worker()]);
    assert.ok(alike > profiles.length / 10, `only ${alike} profiles were decided`);
    console.log(`   ${alike} profiles decided alike, ${refused} refused alike, under ${rules ?? "the default rules"}`);
    await close();
  }
}

// One list in many shapes: separators, encodings, line ends, quoting.
function shapes() {
  const rows = [["Company Name", "Employees", "HR team", "L&D team"], ["Łódź, \"Sons\"", "201-500", "yes", "no"], ["Zoë & Co", "1,200", "", "x"], ["Nobody", "many", "no", "no"], ["", "", "", ""]];
  const made = [];
  for (const separator of [",", ";", "\t", "|"]) {
    for (const end of ["\n", "\r\n"]) {
      const quoted = (cell) => (/["\n]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell);
      const text = rows.map((row) => row.map(quoted).join(separator) + end).join("");
      const name = separator === "\t" ? "list.tsv" : "list.csv";
      made.push([name, Buffer.from(text)], [name, Buffer.from(`\ufeff${text}`)], [name, Buffer.from(`\ufeff${text}`, "utf16le")]);
      made.push([name, Buffer.from(text.replaceAll("Ł", "L").replaceAll("ź", "z"), "latin1")], [name, Buffer.from(text.replace("Nobody", "Nobody\"x"))]);
    }
  }
  const [head, ...rest] = rows;
  const objects = rest.map((row) => Object.fromEntries(head.map((title, column) => [title, row[column]])));
  const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",") + "\n").join("");
  made.push(["list.jsonl", Buffer.from(objects.map((one) => JSON.stringify(one) + "\n").join(""))]);
  made.push(["list.json", Buffer.from(JSON.stringify(objects, null, 2))], ["list.json", Buffer.from(JSON.stringify(objects.map((one) => ({ about: one }))))]);
  made.push(["list.txt", Buffer.from(text)], ["list", Buffer.from(text)], ["list.csv", Buffer.from(`sep=,\r\n${text}`)]);
  made.push(["list.csv", Buffer.from(`Clients, 2026\n# as exported\n\n${text}`)], ["list.csv", Buffer.from(`${text}"broken`)]);
  // What is no list, or not the list that its name says.
  made.push(["list.csv", Buffer.from("Company,Colour\na,b\n")], ["list.csv", Buffer.from("")], ["list.pdf", Buffer.from("%PDF-1.7 x")]);
  made.push(["list.csv", Buffer.from("%PDF-1.7 x")], ["list.xls", Buffer.from("<html><table><tr><td>Employees</td></tr></table></html>")], ["list.xlsx", Buffer.from(text), "list.csv"]);
  made.push(["list.csv", Buffer.from("PAR1 x PAR1")], ["list.xlsx", Buffer.from("PK\u0003\u0004 no workbook")], ["list.json", Buffer.from("{")]);
  return made;
}

async function lists({ assert, file, open, run, folder, root, answer }) {
  const { page, close } = await open(file("page-lists.html", run("page")));
  await page.evaluate(() => window.whoowns.ready);
  const workbooks = join(root, "tests/data/workbooks");
  const books = readdirSync(workbooks).filter((name) => /\.(xlsx|xls|ods)$/.test(name)).map((name) => [name, readFileSync(join(workbooks, name))]);
  const given = process.env.LISTS === undefined ? [] : readdirSync(process.env.LISTS).filter((name) => /\.(csv|tsv|xlsx|jsonl|txt)$/.test(name)).map((name) => [name, readFileSync(join(process.env.LISTS, name))]);
  const all = [...shapes(), ["clients.csv", readFileSync(join(root, "examples/clients/clients.csv"))], ...books, ...given];
  let refused = 0;
  for (const [place, [name, bytes, written]] of all.entries()) {
    const path = join(folder, `${place}-${name}`);
    file(basename(path), bytes);
    // What is only read is written as csv, and so is text whatever its name says.
    const out = join(folder, `answers-${place}-${written ?? name.replace(/\.(xls|ods)$/, ".csv")}`);
    const done = answer("batch", path, "-o", out, "--quiet");
    const shown = await page.evaluate(async ([name, text]) => {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      try {
        const { said, bytes: out } = await window.whoowns.ask({ call: "list", name, map: [] }, bytes);
        let text = "";
        for (const byte of out.subarray(0, said.ends[0])) text += String.fromCharCode(byte);
        return { answers: btoa(text) };
      } catch (error) {
        return { refused: error.message };
      }
    }, [name, bytes.toString("base64")]);
    if (done.status === 2) {
      assert.ok(shown.refused, `the page answers ${name}, which the program refuses: ${done.stderr}`);
      refused += 1;
    } else {
      assert.ok(shown.answers !== undefined, `the page refuses ${name}: ${shown.refused}`);
      assert.ok(Buffer.from(shown.answers, "base64").equals(readFileSync(out)), `the answers to ${place}-${name} differ`);
    }
  }
  console.log(`   ${all.length - refused} lists answered alike, ${refused} refused alike`);
  await close();
}

async function findings({ assert, file, open, run, root, answer }) {
  const { page, close } = await open(file("page-rules.html", run("page")));
  await page.evaluate(() => window.whoowns.ready);
  let compared = 0;
  for (const code of readdirSync(join(root, "tests/checks"))) {
    for (const which of ["bad.toml", "good.toml"]) {
      const name = `tests/checks/${code}/${which}`;
      const text = readFileSync(join(root, name), "utf8");
      // The page has no folder in which a base could stand.
      if (/^extends\s*=\s*".*\.toml"/m.test(text)) continue;
      const { stdout } = answer("rules", "check", name, "--format", "json");
      const shown = await page.evaluate(async ([name, text]) => new TextDecoder().decode((await window.whoowns.ask({ call: "check", name, text })).bytes), [name, text]);
      assert.equal(shown, stdout, `the findings of ${name}`);
      compared += 1;
    }
  }
  assert.ok(compared > 30, `only ${compared} rule files were checked`);
  console.log(`   ${compared} rule files have the same findings`);
  await close();
}

export async function equal(tools) {
  await decisions(tools);
  await lists(tools);
  await findings(tools);
}
