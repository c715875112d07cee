// Every page in a real browser: decisions equal to the program's, no errors, no requests, no markup from texts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { brief } from "./brief.mjs";
import { clients } from "./clients.mjs";
import { equal } from "./equal.mjs";
import { interview, without } from "./interview.mjs";
import { list } from "./list.mjs";
import { rules } from "./rules.mjs";

const program = process.env.WHOOWNS;
const root = process.env.ROOT;
const shots = process.env.SHOTS;
const folder = mkdtempSync(join(tmpdir(), "whoowns-"));
function run(...args) {
  const attention = args[0] === "batch" ? 1 : 0;
  const done = spawnSync(program, args, { encoding: "utf8", cwd: root, maxBuffer: 1 << 30 });
  assert.ok(done.status === 0 || done.status === attention, `whoowns ${args.slice(0, 4).join(" ")} … failed: ${done.stderr.slice(0, 600)}`);
  return done.stdout;
}
const answer = (...args) => spawnSync(program, args, { encoding: "utf8", cwd: root, maxBuffer: 1 << 30 });
const file = (name, text) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

// Opens a file and holds it to asking nothing of a network and reporting no error.
async function open(path, options = {}) {
  const context = await browser.newContext({ viewport: { width: options.width ?? 1280, height: 900 }, colorScheme: options.dark ? "dark" : "light" });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && wrong.push(message.text()));
  page.on("pageerror", (error) => wrong.push(String(error)));
  page.on("dialog", (dialog) => {
    wrong.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    const url = request.url();
    const own = url.split("#")[0] === pathToFileURL(path).href || url === "about:srcdoc";
    if (!own && !url.startsWith("data:") && !url.startsWith("blob:")) wrong.push(`a request: ${url}`);
  });
  await page.goto(pathToFileURL(path).href + (options.hash ?? ""));
  return {
    page,
    close: async () => {
      assert.deepEqual(wrong, [], `${path} in the browser`);
      await context.close();
    },
  };
}

// Nothing is cut or overlaps the edge: the page itself never scrolls sideways.
async function fits(page, name) {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(over <= 0, `${name} is ${over} pixels too wide`);
}

// Nobody is shut out: contrast, names, order, as far as a program can tell.
const axe = readFileSync(new URL(import.meta.resolve("axe-core/axe.min.js")), "utf8");
async function accessible(page, name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ iframes: false }));
  const told = violations.map((one) => `${one.id}: ${one.help} (${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join("; ")})`);
  assert.deepEqual(told, [], `${name}, by axe-core`);
}

async function looks(path, name, prepare = async () => {}) {
  for (const width of [1280, 390]) {
    for (const dark of [false, true]) {
      const { page, close } = await open(path, { width, dark });
      await prepare(page);
      await fits(page, `${name} at ${width}`);
      await accessible(page, `${name} at ${width}${dark ? ", dark" : ""}`);
      if (shots) {
        mkdirSync(shots, { recursive: true });
        await page.screenshot({ path: join(shots, `${name}-${width}${dark ? "-dark" : ""}.png`), fullPage: true });
      }
      await close();
    }
  }
}

// A browser in which something is missing; `script` takes it away.
async function bare(path, options, script, look) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  if (script !== null) await page.addInitScript(script);
  await page.goto(pathToFileURL(path).href);
  await look(page);
  await context.close();
}

const tools = { bare, assert, run, answer, program, file, open, fits, looks, folder, root };
try {
  const only = process.argv.slice(2);
  for (const test of [equal, interview, without, clients, rules, brief, list].filter((one) => only.length === 0 || only.includes(one.name))) {
    const began = performance.now();
    await test(tools);
    console.log(`ok ${test.name} (${Math.round(performance.now() - began)} ms)`);
  }
} finally {
  await browser.close();
}
