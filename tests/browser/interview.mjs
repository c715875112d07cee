// The page as people use it: the interview, the form, the slider, the brief, a link, a list, rules.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export async function interview({ assert, run, file, open, looks, root, folder }) {
  const html = run("page");
  assert.ok(html.length <= 2 << 20, `the page has ${html.length} bytes`);
  const path = file("page.html", html);
  const { page, close } = await open(path);
  await page.evaluate(() => window.whoowns.ready);
  const decision = () => page.textContent("#decision");
  const settled = async (act) => {
    const before = await page.textContent("#question");
    await act();
    await page.waitForFunction((before) => document.getElementById("question").textContent !== before, before);
  };
  // Someone who knows nothing is asked each question once.
  for (let asked = 0; (await page.locator(".choice").count()) > 0; asked += 1) {
    assert.ok(asked < 20, "it asks for ever");
    await settled(() => page.getByRole("button", { name: "Don't know" }).click());
  }
  await settled(() => page.getByRole("button", { name: "Back" }).click());
  assert.ok((await page.locator(".choice").count()) > 0, "one can go back");
  await settled(() => page.getByRole("button", { name: "Start again" }).click());
  // Someone who knows gets an answer.
  for (let asked = 0; (await page.locator(".choice").count()) > 0; asked += 1) {
    assert.ok(asked < 20, "it asks for ever");
    const input = page.locator("#typed");
    if ((await input.count()) > 0) {
      await input.fill("<script>alert(1)</script>");
      await input.press("Enter");
      await page.waitForFunction(() => document.getElementById("contradiction").textContent !== "");
      await input.fill("300");
      await settled(() => input.press("Enter"));
    } else {
      await settled(() => page.locator(".choice").first().click());
    }
  }
  assert.match(await decision(), /decided/);
  // The slider moves the organization along the axis, and the answer with it.
  const seen = new Set();
  for (const at of [100, 300, 500, 600, 800, 1000]) {
    await page.locator("#slider").fill(String(at));
    await page.waitForTimeout(150);
    seen.add((await page.textContent("#decision table")).slice(0, 200));
  }
  assert.ok(seen.size >= 2, `the slider shows only ${[...seen]}`);
  assert.ok((await page.locator("#map svg").count()) === 1, "the map is drawn");
  // Texts stay texts.
  await page.getByText("Name, facts and people").click();
  await page.fill("#name", '<img src=x onerror="alert(1)">');
  await page.locator("#name").blur();
  await page.fill("#paste", "Name\tJob title\tE-mail\nR. Iyer\tHead of L&D\tr.iyer@acme.example\n<b>Bold</b>\tCFO\t");
  await page.getByRole("button", { name: "Take these people" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#people tr").length === 2);
  assert.equal(await page.locator("img, #people b").count(), 0);
  // What is saved can be opened, by the program too.
  const download = async (name) => {
    const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
    const to = join(folder, saved.suggestedFilename());
    await saved.saveAs(to);
    return to;
  };
  const profile = await download("Save the profile");
  assert.match(readFileSync(profile, "utf8"), /R\. Iyer/);
  const json = readFileSync(await download("Save the decision as JSON"), "utf8");
  assert.equal(JSON.parse(json).owner.role, JSON.parse(run("decide", profile, "--format", "json", "--quiet")).owner.role);
  assert.ok(readFileSync(await download("Save as HTML"), "utf8").startsWith("<!DOCTYPE html>"));
  assert.match(readFileSync(await download("Save as Markdown"), "utf8"), /^# /);
  await page.fill("#start", "2026-03-02");
  await page.getByRole("button", { name: "Show it" }).click();
  await page.waitForFunction(() => document.getElementById("brief-trouble").textContent !== "");
  await page.fill("#live", "2026-06-30");
  await page.getByRole("button", { name: "Show it" }).click();
  await page.waitForSelector("#brief iframe");
  // A link holds what was entered.
  await page.getByRole("button", { name: "Link to this" }).click();
  await page.waitForFunction(() => location.hash.length > 10);
  const hash = await page.evaluate(() => location.hash);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator("#slider").isVisible()), "controls are not printed");
  await close();
  const again = await open(path, { hash });
  await again.page.evaluate(() => window.whoowns.ready);
  await again.page.waitForFunction(() => document.getElementById("name").value.startsWith("<img"));
  assert.equal(await again.page.textContent("#trouble"), "");
  await again.close();
  const damaged = await open(path, { hash: "#not-a-link" });
  await damaged.page.evaluate(() => window.whoowns.ready);
  assert.match(await damaged.page.textContent("#trouble"), /damaged/);
  await damaged.close();

  await clients({ assert, open, path, root });
  await rules({ assert, open, path, root });
  await looks(path, "page", (shown) => shown.evaluate(() => window.whoowns.ready));
  await looks(path, "page-answered", async (shown) => {
    await shown.evaluate(() => window.whoowns.ready);
    await shown.fill("#typed", "about 480");
    await shown.press("#typed", "Enter");
    await shown.waitForFunction(() => document.getElementById("typed") === null);
  });
}

// A list of a hundred thousand rows, and what is no list.
async function clients({ assert, open, path, root }) {
  const { page, close } = await open(path);
  await page.evaluate(() => window.whoowns.ready);
  await page.getByRole("button", { name: "A client list" }).click();
  await page.setInputFiles("#list-file", { name: "broken.xlsx", mimeType: "", buffer: Buffer.from("PK\u0003\u0004 no workbook") });
  await page.waitForFunction(() => document.getElementById("list-trouble").textContent !== "");
  await page.setInputFiles("#list-file", join(root, "examples/clients/clients.csv"));
  await page.waitForFunction(() => document.getElementById("list-look").textContent.includes("columns:"));
  await page.getByRole("button", { name: "Answer every row" }).click();
  await page.waitForSelector("#report iframe");
  const rows = Array.from({ length: 100000 }, (_, at) => `Client ${at},${(at * 37) % 5000},${["yes", "no", ""][at % 3]},${["", "no", "yes"][at % 7 % 3]}\n`);
  await page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    const beat = () => {
      const now = performance.now();
      window.longest = Math.max(window.longest, now - last);
      last = now;
      setTimeout(beat, 0);
    };
    beat();
  });
  const began = Date.now();
  await page.setInputFiles("#list-file", { name: "large.csv", mimeType: "text/csv", buffer: Buffer.from("Company Name,Employees,Has HR,Has L&D\n" + rows.join("")) });
  await page.waitForFunction(() => document.getElementById("list-look").textContent.includes("columns:"));
  await page.getByRole("button", { name: "Answer every row" }).click();
  await page.waitForFunction(() => document.getElementById("list-said").textContent.includes("100,000 rows answered"), null, { timeout: 120000 });
  console.log(`   100,000 rows on the page: ${Date.now() - began} ms, the page was away for ${Math.round(await page.evaluate(() => window.longest))} ms at most`);
  await close();
}

// A rule file with a mistake, with a hole, and without either.
async function rules({ assert, open, path, root }) {
  const { page, close } = await open(path);
  await page.evaluate(() => window.whoowns.ready);
  await page.getByRole("button", { name: "Rules", exact: true }).click();
  const said = (pattern) => page.waitForFunction((text) => new RegExp(text).test(document.getElementById("rules-said").textContent), pattern, { timeout: 60000 });
  await page.fill("#rules-text", "[ruleset\n");
  await said("stay as they are");
  await page.setInputFiles("#rules-file", join(root, "tests/checks/uncovered/bad.toml"));
  await said("[1-9] errors");
  await page.getByRole("button", { name: "Put this row at the end" }).first().click();
  await page.waitForFunction(() => !document.getElementById("rules-said").textContent.includes("Checking"));
  await page.getByRole("button", { name: "Back to the page's own rules" }).click();
  await page.setInputFiles("#rules-file", join(root, "examples/own-rules/training-platform-250.toml"));
  await said("found|errors");
  await page.waitForFunction(() => document.querySelectorAll("#difference tr").length > 0);
  await close();
}
