// The page of a list: a hundred thousand rows filter and sort without freezing, and no cell becomes markup.
export async function list({ assert, run, file, open, looks, folder }) {
  const small = `${folder}/small.html`;
  run("batch", "examples/clients/clients.csv", "-o", `${folder}/small.csv`, "--report", small, "--quiet", "--rejects", `${folder}/small.rejects`);
  await looks(small, "list");

  const header = "Company Name,Employees,Has HR,Has L&D\n";
  const evil = `"</script><script>alert(1)</script><img src=x onerror=""alert(1)"">",300,yes,no\n"=HYPERLINK(""javascript:alert(1)"")",abc,,\n`;
  const rows = Array.from({ length: 100000 }, (_, at) => `Client ${at},${(at * 37) % 5000},${["yes", "no", ""][at % 3]},${["", "no", "yes"][at % 7 % 3]}\n`);
  const clients = file("large.csv", header + evil + rows.join(""));
  const path = `${folder}/large.html`;
  run("batch", clients, "-o", `${folder}/large-answers.csv`, "--report", path, "--quiet");
  const { page, close } = await open(path);
  assert.equal(await page.locator("img").count(), 0);
  assert.equal(await page.locator("#body tr").count(), 100);
  assert.ok((await page.textContent("#body tr:first-child th")).includes("<script>alert(1)</script>"));
  const count = () => page.textContent("#count");
  assert.match(await count(), /of 100,000 rows/);
  const longest = async (action) => {
    const began = Date.now();
    await action();
    return Date.now() - began;
  };
  const took = [];
  took.push(await longest(async () => {
    await page.fill("#search", "client 4242");
    await page.waitForFunction(() => document.getElementById("count").textContent.includes("of 11 rows"));
  }));
  await page.fill("#search", "");
  await page.waitForFunction(() => document.getElementById("count").textContent.includes("of 100,000 rows"));
  took.push(await longest(() => page.getByRole("button", { name: "Name" }).click()));
  took.push(await longest(() => page.getByRole("button", { name: "Name" }).click()));
  assert.equal(await page.textContent("#body tr:first-child th"), "Client 99997");
  assert.equal(await page.getAttribute("#heads th:nth-child(2)", "aria-sort"), "descending");
  await page.selectOption("#by-status", "=invalid");
  assert.match(await count(), /of 1 rows/);
  await page.selectOption("#by-status", "look");
  await page.selectOption("#by-status", "");
  await page.getByRole("button", { name: "Further" }).click();
  assert.match(await count(), /^101 to 200/);
  console.log(`   100,000 rows: search, sort, sort again took ${took.join(", ")} ms`);
  await close();
}
