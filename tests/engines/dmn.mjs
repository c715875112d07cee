// A DMN file in programs that are not ours: opened by dmn-js in a browser, and decided in JavaScript, where dmn-moddle
// reads the file and feelin its expressions.
// Usage: dmn.mjs FILE STATES.json ANSWERS.json SCREENSHOT.png
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { DmnModdle } from "dmn-moddle";
import { evaluate, unaryTest } from "feelin";
import { chromium } from "playwright-core";

const require = createRequire(import.meta.url);
const [file, states, answers, screenshot] = process.argv.slice(2);
const xml = readFileSync(file, "utf8");

const { rootElement, warnings } = await new DmnModdle().fromXML(xml);
if (warnings.length) throw new Error(`dmn-moddle warns: ${warnings.map((one) => one.message).join("; ")}`);
const decisions = rootElement.drgElement.filter((element) => element.$type === "dmn:Decision");

// feelin gives a value, or a value with warnings, by its version.
const plain = (result) => (result !== null && typeof result === "object" && "value" in result ? result.value : result);

function decided(state) {
  const known = { ...state };
  for (const decision of decisions) {
    const table = decision.decisionLogic;
    if (table.hitPolicy !== "FIRST") throw new Error(`${decision.name} has the hit policy ${table.hitPolicy}`);
    const values = table.input.map((input) => plain(evaluate(input.inputExpression.text, known)) ?? null);
    const holds = (entry, at) =>
      entry.text === "-" || plain(unaryTest(entry.text, { ...known, "?": values[at] })) === true;
    const rule = table.rule.find((row) => row.inputEntry.every(holds));
    if (!rule) throw new Error(`no rule of ${decision.name} holds for ${JSON.stringify(state)}`);
    known[decision.name] = plain(evaluate(rule.outputEntry[0].text, known)) ?? null;
  }
  return known;
}
writeFileSync(answers, JSON.stringify(JSON.parse(readFileSync(states, "utf8")).map(decided)));

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
try {
  const page = await browser.newPage({ viewport: { width: 1700, height: 900 } });
  const said = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
  page.on("pageerror", (error) => said.push(String(error)));
  await page.setContent('<!doctype html><body style="margin:0"><div id="canvas" style="height:900px"></div>');
  for (const style of ["diagram-js", "dmn-js-shared", "dmn-js-drd", "dmn-js-decision-table"]) {
    await page.addStyleTag({ path: require.resolve(`dmn-js/dist/assets/${style}.css`) });
  }
  await page.addScriptTag({ path: require.resolve("dmn-js/dist/dmn-viewer.development.js") });
  const opened = await page.evaluate(async (text) => {
    const viewer = new window.DmnJS({ container: "#canvas" });
    window.viewer = viewer;
    const { warnings } = await viewer.importXML(text);
    const views = viewer.getViews().map(({ id, type }) => ({ id, type }));
    viewer.getActiveViewer().get("canvas").zoom("fit-viewport");
    return { warnings: warnings.map((one) => one.message), active: viewer.getActiveView().type, views };
  }, xml);
  if (opened.warnings.length) throw new Error(`dmn-js warns: ${opened.warnings.join("; ")}`);
  if (opened.active !== "drd") throw new Error(`it opens as ${opened.active}, not as a diagram`);
  const shapes = await page.locator(".djs-shape").count();
  if (shapes !== rootElement.drgElement.length) throw new Error(`${shapes} shapes are drawn`);
  await page.screenshot({ path: screenshot });
  for (const view of opened.views.filter(({ type }) => type === "decisionTable")) {
    const warned = await page.evaluate(async (id) => {
      const view = window.viewer.getViews().find((one) => one.id === id);
      return (await window.viewer.open(view)).warnings.map((one) => one.message);
    }, view.id);
    if (warned.length) throw new Error(`dmn-js warns of ${view.id}: ${warned.join("; ")}`);
    await page.screenshot({ path: screenshot.replace(/\.png$/, `-${view.id}.png`), fullPage: true });
  }
  if (said.length) throw new Error(`the browser says: ${said.join("; ")}`);
  console.log(`dmn-js: ${shapes} shapes, ${opened.views.length} views, no warning; ${screenshot}`);
} finally {
  await browser.close();
}
