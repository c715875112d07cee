// The page as people use it: the interview, the form, the slider, the brief, a link, and what it says where it cannot run.
import { readFileSync } from "node:fs";
import { join } from "node:path";

export async function interview({ assert, run, answer, file, open, looks, root, folder }) {
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
  // Of the answers that are possible three are shown, and the rest opens.
  assert.match(await page.locator("#decision details summary").first().textContent(), /^and \d+ more$/);
  // Someone who knows nothing is asked each question once.
  for (let asked = 0; (await page.locator(".choice").count()) > 0; asked += 1) {
    assert.ok(asked < 20, "it asks for ever");
    await settled(() => page.getByRole("button", { name: "Don't know" }).click());
  }
  await settled(() => page.getByRole("button", { name: "Back" }).click());
  assert.ok((await page.locator(".choice").count()) > 0, "one can go back");
  await settled(() => page.getByRole("button", { name: "Start again" }).click());
  // Someone who knows gets an answer, by the keyboard alone.
  for (let asked = 0; (await page.locator(".choice").count()) > 0; asked += 1) {
    assert.ok(asked < 20, "it asks for ever");
    const input = page.locator("#typed");
    if ((await input.count()) > 0) {
      await input.fill("<script>alert(1)</script>");
      await input.press("Enter");
      await page.waitForFunction(() => document.getElementById("contradiction").textContent !== "");
      assert.equal(await input.inputValue(), "<script>alert(1)</script>", "what was typed is still there");
      await input.fill("300");
      await settled(() => input.press("Enter"));
    } else {
      await page.locator("#question").focus();
      await page.keyboard.press("Tab");
      await settled(() => page.keyboard.press("Enter"));
    }
    assert.equal(await page.evaluate(() => document.activeElement.id), "question");
  }
  assert.match(await decision(), /decided/);
  // The slider moves the organization along the axis, and the answer with it; one can go back from it.
  const seen = new Set();
  const most = Number(await page.getAttribute("#slider", "max"));
  for (let at = 0; at <= most; at += Math.ceil(most / 12)) {
    await page.locator("#slider").fill(String(at));
    await page.waitForTimeout(100);
    seen.add(await page.textContent("#answer-said"));
  }
  assert.ok(seen.size >= 2, `the slider shows only ${[...seen]}`);
  assert.ok((await page.locator("#map svg").count()) === 1, "the map is drawn");
  const at_end = await page.textContent("#axis-value");
  await page.getByRole("button", { name: "Back" }).click();
  await page.waitForFunction((before) => document.getElementById("axis-value").textContent !== before, at_end);
  // A headcount as people write it, and one that nobody can read: it is said, and stays to be mended.
  await page.getByText("Name, facts and people").click();
  await page.fill("#fact-headcount", "c. 2.4K");
  await page.locator("#fact-headcount").blur();
  await page.waitForFunction(() => document.getElementById("decision").textContent.includes("2,160 to 2,640"));
  await page.fill("#fact-headcount", "several");
  await page.locator("#fact-headcount").blur();
  await page.waitForFunction(() => document.getElementById("known-trouble").textContent.includes("several"));
  assert.equal(await page.inputValue("#fact-headcount"), "several");
  await page.fill("#fact-headcount", "2.4K");
  await page.locator("#fact-headcount").blur();
  await page.waitForFunction(() => document.getElementById("known-trouble").textContent === "");
  // Texts stay texts, and people are shown with their match before they are taken.
  await page.fill("#name", '<img src=x onerror="alert(1)">');
  await page.locator("#name").blur();
  await page.fill("#paste", "Full name\tJob title\tE-mail\tPhone\nR. Iyer\tHead of L&D\tr.iyer@acme.example\t1\n<b>Bold</b>\tChief baker\t\t2\n\tNobody\t\t3");
  await page.waitForFunction(() => document.querySelectorAll("#paste-rows tr").length === 2);
  assert.match(await page.textContent("#paste-rows tr:first-child"), /R\. Iyer.*Head of L&D/);
  assert.match(await page.textContent("#paste-rows tr:last-child"), /no role has this job title/);
  assert.match(await page.textContent("#paste-said"), /not taken: “Phone”.*1 line has no name/);
  await page.getByRole("button", { name: "Take these 2 people" }).click();
  await page.waitForFunction(() => document.querySelectorAll("#people tr").length === 2);
  assert.match(await page.locator("#people .part").first().textContent(), /head of L&D/i);
  assert.match(await page.inputValue("#paste"), /Nobody/, "a line without a name is not lost");
  assert.equal(await page.locator("img, #people b, #paste-rows b").count(), 0);
  // What is saved can be opened, by the program too, and is what the program writes.
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
  await page.fill("#start", "2026-03-02");
  await page.getByRole("button", { name: "Show it" }).click();
  await page.waitForFunction(() => document.getElementById("brief-trouble").textContent !== "");
  await page.fill("#live", "2026-06-30");
  await page.getByRole("button", { name: "Show it" }).click();
  await page.waitForSelector("#brief iframe");
  await page.setInputFiles("#open", profile);
  await page.waitForFunction(() => document.getElementById("said").textContent.includes("was opened"));
  for (const [button, format] of [["Save as HTML", "html"], ["Save as Markdown", "markdown"], ["Save for Word", "docx"]]) {
    const own = join(folder, `own.${format}`);
    run("brief", profile, "--format", format, "--start", "2026-03-02", "--go-live", "2026-06-30", "-o", own);
    assert.ok(readFileSync(await download(button)).equals(readFileSync(own)), `the brief as ${format} is not the program's`);
  }
  // What is wrong in a profile is said with its place, and nothing is lost.
  await page.setInputFiles("#open", { name: "wrong.toml", mimeType: "", buffer: Buffer.from("name = \"X\"\nheadcont = 3\n") });
  await page.waitForFunction(() => /wrong\.toml:2:1[^]*headcount/.test(document.getElementById("open-trouble").textContent));
  await page.setInputFiles("#open", { name: "wrong.toml", mimeType: "", buffer: Buffer.from([0xff, 0xfe, 0x00]) });
  await page.waitForFunction(() => document.getElementById("open-trouble").textContent.includes("no text"));
  assert.equal(await page.inputValue("#name"), '<img src=x onerror="alert(1)">');
  // A link holds what was entered, the days too.
  await page.getByRole("button", { name: "Link to this" }).click();
  await page.waitForFunction(() => location.hash.length > 10);
  const hash = await page.evaluate(() => location.hash);
  // What was entered survives a reload.
  await page.fill("#notes", "as it was");
  await page.locator("#notes").blur();
  await page.waitForFunction(() => sessionStorage.getItem("whoowns").includes("as it was"));
  await page.reload();
  await page.evaluate(() => window.whoowns.ready);
  assert.equal(await page.inputValue("#notes"), "as it was");
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator("#slider").isVisible()), "controls are not printed");
  await close();
  await links({ assert, open, path, hash, file, run });
  await looks(path, "page", (shown) => shown.evaluate(() => window.whoowns.ready));
  await looks(path, "page-answered", async (shown) => {
    await shown.evaluate(() => window.whoowns.ready);
    await shown.fill("#typed", "about 480");
    await shown.press("#typed", "Enter");
    await shown.waitForFunction(() => document.getElementById("typed") === null);
    await shown.locator("#known summary").click();
    await shown.fill("#paste", "R. Iyer\tHead of L&D\tr.iyer@acme.example\nB. Okafor\tChief baker");
    await shown.waitForFunction(() => document.querySelectorAll("#paste-rows tr").length === 2);
    await shown.locator("#take-people").click();
    await shown.waitForFunction(() => document.querySelectorAll("#people tr").length === 2);
    await shown.getByRole("button", { name: "Show it" }).click();
    await shown.waitForSelector("#brief iframe");
  });
}

// Links of this page, of another, and damaged ones.
async function links({ assert, open, path, hash, file, run }) {
  const begun = async (path, hash, look) => {
    const { page, close } = await open(path, { hash });
    await page.evaluate(() => window.whoowns.ready);
    await look(page);
    await close();
  };
  await begun(path, hash, async (page) => {
    assert.ok((await page.inputValue("#name")).startsWith("<img"));
    assert.equal(await page.inputValue("#live"), "2026-06-30");
    assert.equal(await page.textContent("#trouble"), "");
  });
  // Other rules do not take all of it: what they do not take is kept aside.
  const other = file("page-other.html", run("page", "--rules", "examples/own-rules/purchase-approval.toml"));
  await begun(other, hash, async (page) => {
    assert.match(await page.textContent("#trouble"), /other rules/);
    assert.match(await page.textContent("#aside"), /headcount 2400/);
    assert.ok((await page.inputValue("#name")).startsWith("<img"));
  });
  const half = hash.slice(0, hash.length / 2);
  const encoded = (value) => `#${Buffer.from(JSON.stringify(value)).toString("base64url")}`;
  const wrong = ["#not-a-link", half, encoded([]), encoded({ profile: 3 }), encoded({ digest: "x", profile: { contacts: 3 }, set: {}, declined: [] })];
  for (const one of wrong) {
    await begun(path, one, async (page) => {
      assert.match(await page.textContent("#trouble"), /damaged/, one);
      assert.ok((await page.locator(".choice").count()) > 0, "the page works all the same");
    });
  }
}

// Without what the page needs it says what that is; without storage it says what to do.
export async function without({ assert, run, file, bare }) {
  const path = file("page-bare.html", run("page"));
  const visible = async (page, id) => page.locator(id).isVisible();
  await bare(path, { javaScriptEnabled: false }, null, async (page) => {
    assert.match(await page.textContent("#needs"), /needs scripts/);
    assert.ok(!(await visible(page, "main")));
  });
  await bare(path, {}, "delete window.WebAssembly", async (page) => {
    assert.match(await page.textContent("#needs"), /no WebAssembly/);
  });
  await bare(path, {}, "window.Worker = class { constructor() { throw new DOMException('no', 'SecurityError'); } }", async (page) => {
    await page.waitForFunction(() => /does not let the page run/.test(document.getElementById("needs").textContent));
  });
  // Nothing can leave the page, whatever ran in it.
  await bare(path, {}, null, async (page) => {
    const refused = await page.evaluate(async () => {
      const refused = [];
      document.addEventListener("securitypolicyviolation", (event) => refused.push(event.effectiveDirective));
      await fetch("http://127.0.0.1:9/").catch(() => {});
      const image = new Image();
      image.src = "http://127.0.0.1:9/x.png";
      const form = Object.assign(document.createElement("form"), { action: "http://127.0.0.1:9/", method: "post" });
      document.body.append(form);
      form.submit();
      await new Promise((done) => setTimeout(done, 300));
      return refused.sort();
    });
    assert.deepEqual(refused, ["connect-src", "form-action", "img-src"]);
  });
  await bare(path, {}, "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('no', 'SecurityError'); } })", async (page) => {
    await page.evaluate(() => window.whoowns.ready);
    assert.match(await page.textContent("#kept"), /save the profile or take a link/);
    assert.ok((await page.locator(".choice").count()) > 0, "the page works all the same");
  });
}
