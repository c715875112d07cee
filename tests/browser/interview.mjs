// The interview, the slider and the print view of the page.
export async function interview({ assert, run, file, open, looks }) {
  const path = file("page.html", run("page"));
  const { page, close } = await open(path);
  const text = (id) => page.textContent(`#${id}`);
  assert.equal(await text("status"), "open");
  // Someone who knows nothing is asked each question once.
  for (let asked = 0; (await page.locator(".choice").count()) > 0; asked += 1) {
    assert.ok(asked < 20, "it asks for ever");
    await page.getByRole("button", { name: "Don't know" }).click();
  }
  await page.getByRole("button", { name: "Back" }).click();
  assert.ok((await page.locator(".choice").count()) > 0, "one can go back");
  await page.getByRole("button", { name: "Start again" }).click();
  // Someone who knows gets an answer.
  for (let asked = 0; (await page.locator(".choice").count()) > 0; asked += 1) {
    assert.ok(asked < 20, "it asks for ever");
    const input = page.locator("#number");
    if ((await input.count()) > 0) {
      await input.fill("<script>alert(1)</script>");
      await input.press("Enter");
      assert.match(await page.textContent(".wrong"), /no number/);
      await input.fill("300");
      await input.press("Enter");
    } else {
      await page.locator(".choice").first().click();
    }
  }
  assert.equal(await text("status"), "decided");
  // The slider moves the organization along the axis, and the answer with it.
  const seen = new Set();
  const slider = page.locator("#slider");
  const top = Number(await slider.getAttribute("max"));
  for (let at = 0; at <= top; at += Math.floor(top / 25)) {
    await slider.fill(String(at));
    seen.add(await text("owner"));
  }
  assert.ok(seen.size >= 2, `the slider shows only ${[...seen]}`);
  assert.ok((await page.locator(".map .here").count()) > 0, "the map shows where it stands");
  await page.fill("#name", '<img src=x onerror="alert(1)">');
  assert.equal(await page.locator("img").count(), 0);
  await page.emulateMedia({ media: "print" });
  assert.ok(!(await page.locator("#slider").isVisible()), "controls are not printed");
  await close();
  // Numbers as people write them.
  const again = await open(path);
  const parsed = await again.page.evaluate(() => {
    const fact = window.whoowns.facts.find((one) => one.kind === "integer").name;
    const texts = ["300", "1,200", "201-500", "201 – 500", "10,001+", "~300", "1.2K", "under 10", "250 or more", "", "many", "500-200", "1,50,000"];
    return texts.map((one) => window.whoowns.parse(fact, one) ?? String(window.whoowns.parse(fact, one)));
  });
  assert.deepEqual(parsed, [
    { value: 300 }, { value: 1200 }, { min: 201, max: 500 }, { min: 201, max: 500 }, { min: 10001, max: null }, { min: 270, max: 330 },
    { value: 1200 }, { min: 1, max: 9 }, { min: 250, max: null }, "null", "undefined", "undefined", { value: 150000 },
  ]);
  await again.close();
  await looks(path, "page");
  await looks(path, "page-answered", async (answered) => {
    await answered.locator(".choice").first().click();
    await answered.fill("#number", "about 480");
    await answered.press("#number", "Enter");
  });
}
