// Rules on the page: checked as they are typed, mended by a click, used at once.
import { readFileSync } from "node:fs";
import { join } from "node:path";

// Rules that stand in several files are one file on the page, and decide the same there.
async function several({ assert, run, file, open }) {
  const head = (name, base) => `[ruleset]\nname = "${name}"\nversion = "1.0.0"\ntitle = "T"\nextends = "${base}"\n`;
  file("base.toml", `${head("base", "training-platform")}[[owner]]\nid = "own"\nwhen = { headcount = 7 }\nrole = "hr-head"\n`);
  const mine = file("mine.toml", `${head("mine", "base.toml")}[remove]\nowner = ["mid-joint"]\n`);
  const { page, close } = await open(file("page-several.html", run("page", "--rules", mine)));
  await page.evaluate(() => window.whoowns.ready);
  for (const headcount of [7, 700]) {
    const profile = file("several.json", JSON.stringify({ headcount }));
    const shown = await page.evaluate(async (profile) => new TextDecoder().decode((await window.whoowns.ask({ call: "decide", profile, set: [] })).bytes), { headcount });
    assert.equal(shown, run("decide", "--rules", mine, profile, "--format", "json"));
  }
  await page.getByRole("button", { name: "Rules", exact: true }).click();
  await page.getByRole("button", { name: "Edit the rules in use" }).click();
  await page.waitForFunction(() => /in use/.test(document.getElementById("rules-said").textContent));
  await close();
}

export async function rules(tools) {
  await several(tools);
  await editor(tools);
}

async function editor({ assert, run, file, open, looks, root }) {
  const path = file("page-rules.html", run("page"));
  const { page, close } = await open(path);
  await page.evaluate(() => window.whoowns.ready);
  await page.getByRole("button", { name: "Rules", exact: true }).click();
  const said = (pattern) => page.waitForFunction((text) => new RegExp(text).test(document.getElementById("rules-said").textContent), pattern, { timeout: 120000 });
  await page.fill("#rules-text", "[ruleset\n");
  await said("stay as they are");
  // A mistake is marked in its line, told under it, and mended by a click.
  const own = readFileSync(join(root, "rules/training-platform.toml"), "utf8");
  const wrong = own.replace('when = { headcount = "< 500" }', 'when = { headcount = "<500 employees" }');
  assert.notEqual(own, wrong);
  await page.fill("#rules-text", wrong);
  await said("1 error");
  assert.equal(await page.locator("#rules-marks .error:not(.told)").count(), 1);
  assert.equal(await page.locator("#rules-lines .error").count(), 1);
  await page.getByRole("button", { name: /^Line \d+$/ }).click();
  assert.match(await page.textContent("#rules-here"), /^Line \d+: /, "it is told of the line of the cursor");
  const [text, here] = await page.evaluate(() => ["#rules-text", "#rules-here"].map((one) => { const { top, bottom } = document.querySelector(one).getBoundingClientRect(); return { top, bottom }; }));
  assert.ok(here.top >= text.bottom, "and covers no line");
  const [line, told] = await page.evaluate(() => ["#rules-lines .error", "#rules-marks .told.error"].map((one) => document.querySelector(one).getBoundingClientRect().top));
  assert.ok(Math.abs(line - told) < 2, "it stands at its line");
  await page.locator("#rules-here .mend").click();
  await said("Nothing found.*in use");
  assert.equal(await page.inputValue("#rules-text"), own);
  assert.match(await page.textContent("#difference-said"), /No outcome changes/);
  // A hole is shown with the row that covers it.
  await page.setInputFiles("#rules-file", join(root, "tests/checks/uncovered/bad.toml"));
  await said("[1-9]\\d* errors?,.*in use");
  const before = await page.locator("#findings > li").count();
  await page.getByRole("button", { name: "Put this row at the end" }).last().click();
  await page.waitForFunction((before) => !document.getElementById("rules-said").textContent.includes("Checking") && document.querySelectorAll("#findings > li").length < before, before);
  // Its decisions are used at once, and what these rules do not take comes back with those that do.
  await page.getByRole("button", { name: "Back to the page's own rules" }).click();
  await page.getByRole("button", { name: "One organization" }).click();
  await page.fill("#typed", "300");
  await page.press("#typed", "Enter");
  await page.waitForFunction(() => document.getElementById("typed") === null);
  await page.getByRole("button", { name: "Rules", exact: true }).click();
  await page.setInputFiles("#rules-file", join(root, "examples/own-rules/training-platform-250.toml"));
  await said("in use");
  await page.waitForFunction(() => document.querySelectorAll("#difference tr").length > 0);
  assert.match(await page.textContent("#decision"), /300/);
  await page.setInputFiles("#rules-file", join(root, "examples/own-rules/purchase-approval.toml"));
  await said("in use");
  await page.waitForFunction(() => /headcount 300/.test(document.getElementById("aside").textContent));
  await page.getByRole("button", { name: "Back to the page's own rules" }).click();
  await page.waitForFunction(() => document.getElementById("aside").textContent === "");
  assert.match(await page.textContent("#decision"), /300/);
  // A base that is not there, and what is no rule file.
  await page.fill("#rules-text", '[ruleset]\nname = "x"\nversion = "1.0.0"\ntitle = "X"\nextends = "base.toml"\n');
  await said("stay as they are");
  assert.match(await page.textContent("#findings"), /base\.toml/);
  await page.setInputFiles("#rules-file", { name: "rules.toml", mimeType: "", buffer: Buffer.from([0xff, 0xfe, 0x00]) });
  await page.waitForFunction(() => document.getElementById("rules-trouble").textContent.includes("no text"));
  assert.match(await page.inputValue("#rules-text"), /base\.toml/, "what was typed is still there");
  // Texts stay texts.
  await page.fill("#rules-text", "<img src=x onerror=alert(1)> = 3\n");
  await said("stay as they are");
  assert.equal(await page.locator("img").count(), 0);
  await close();
  await looks(path, "page-rules", async (shown) => {
    await shown.evaluate(() => window.whoowns.ready);
    await shown.getByRole("button", { name: "Rules", exact: true }).click();
    await shown.fill("#rules-text", wrong);
    await shown.waitForFunction(() => document.querySelectorAll("#findings > li").length > 0);
    await shown.getByRole("button", { name: /^Line \d+$/ }).click();
  });
  await looks(path, "page-rules-hole", async (shown) => {
    await shown.evaluate(() => window.whoowns.ready);
    await shown.getByRole("button", { name: "Rules", exact: true }).click();
    await shown.setInputFiles("#rules-file", join(root, "examples/own-rules/training-platform-250.toml"));
    await shown.waitForFunction(() => document.querySelectorAll("#difference tr").length > 0, null, { timeout: 120000 });
  });
}
