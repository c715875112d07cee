// The brief: valid, complete, readable on a phone, and no text of a profile becomes markup.
import { readFileSync } from "node:fs";
import { HtmlValidate } from "html-validate";

const nasty = `</title></script><script>alert(1)</script>"><img src=x onerror='alert(1)'> [x](javascript:alert(1)) & \`"'`;

export async function brief({ assert, run, file, open, looks, folder }) {
  const checker = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: { "no-inline-style": "off", "require-sri": "off", "tel-non-breaking": "off", "no-trailing-whitespace": "off", "long-title": "off" },
  });
  const valid = async (name, html) => {
    const report = await checker.validateString(html);
    const errors = report.results.flatMap((result) => result.messages).map((one) => `${one.line}:${one.column} ${one.ruleId} ${one.message}`);
    assert.deepEqual(errors, [], `${name} is not valid HTML`);
  };
  await valid("page", run("page"));
  const report = `${folder}/valid.html`;
  run("batch", "examples/clients/clients.csv", "-o", `${folder}/valid.csv`, "--report", report, "--quiet", "--rejects", `${folder}/valid.rejects`);
  await valid("report", readFileSync(report, "utf8"));
  const dates = ["--start", "2026-03-02", "--go-live", "2026-06-30"];
  for (const [name, args] of Object.entries({
    regional: ["examples/profiles/large-regional.toml", ...dates],
    joint: ["examples/profiles/mid-joint.toml"],
    open: ["examples/profiles/open.toml"],
    band: ["examples/profiles/band.toml"],
    purchase: ["--rules", "examples/own-rules/purchase-approval.toml", "--set", "amount=5000"],
  })) {
    const html = run("brief", ...args, "--format", "html");
    await valid(name, html);
    const path = file(`brief-${name}.html`, html);
    await looks(path, `brief-${name}`);
    const { page, close } = await open(path);
    const order = await page.evaluate(() => [...document.querySelectorAll("h1,h2,h3")].map((one) => Number(one.tagName[1])));
    order.reduce((before, level) => {
      assert.ok(level <= before + 1, "a heading level is skipped");
      return level;
    }, 0);
    for (const svg of await page.locator("svg").all()) {
      assert.equal(await svg.getAttribute("role"), "img");
      assert.ok((await svg.locator("> title").textContent()).length > 0);
    }
    assert.ok((await page.pdf({ format: "A4" })).length > 1000);
    assert.ok((await page.pdf({ format: "Letter" })).length > 1000);
    await close();
  }
  const evil = file("evil.json", JSON.stringify({
    name: nasty, notes: nasty, headcount: 720, hr_team: true, ld_team: true, team_structure: "joint", regions: [nasty, "IN"],
    contacts: [{ name: nasty, title: "L&D Manager", email: `javascript:alert(1)`, region: nasty }, { name: nasty, title: "CFO" }],
  }));
  const path = file("evil.html", run("brief", evil, "--format", "html"));
  const { page, close } = await open(path);
  assert.equal(await page.locator("script, img, iframe").count(), 0);
  assert.equal(await page.locator("a[href^='javascript']").count(), 0);
  assert.ok((await page.textContent("h1")).includes("<script>alert(1)</script>"), "the name is shown as it is");
  await close();
  const svg = file("evil.svg", run("map", evil, "--format", "svg"));
  const picture = await open(svg);
  assert.equal(await picture.page.evaluate(() => document.documentElement.tagName), "svg");
  assert.equal(await picture.page.evaluate(() => document.querySelectorAll("script, image, foreignObject").length), 0);
  await picture.close();
}
