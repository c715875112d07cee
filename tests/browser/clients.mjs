// Client lists on the page: looked at, mapped by hand, answered in a worker, downloaded.
import { readFileSync } from "node:fs";
import { join } from "node:path";

// A zip that claims to hold a sheet of a gigabyte in a few bytes.
function bomb() {
  const name = Buffer.from("xl/worksheets/sheet1.xml");
  const sizes = Buffer.alloc(26);
  sizes.writeUInt16LE(20, 0);
  sizes.writeUInt16LE(8, 4);
  sizes.writeUInt32LE(2, 14);
  sizes.writeUInt32LE(1 << 30, 18);
  sizes.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), sizes, name, Buffer.from([3, 0])]);
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002"), Buffer.from([20, 0]), sizes, Buffer.alloc(14), name]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from("PK\u0005\u0006"), end]);
}

export async function clients({ assert, run, answer, file, open, looks, root, folder }) {
  const path = file("page-clients.html", run("page"));
  const { page, close } = await open(path);
  await page.evaluate(() => window.whoowns.ready);
  await page.getByRole("button", { name: "A client list" }).click();
  const look = () => page.waitForFunction(() => document.getElementById("list-look").textContent.includes("columns:"));
  const saved = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name, exact: true }).click()]);
    const to = join(folder, `saved-${download.suggestedFilename()}`);
    await download.saveAs(to);
    return [download.suggestedFilename(), readFileSync(to)];
  };
  // What is no list, and one that is too large, which is refused before it is read.
  await page.setInputFiles("#list-file", { name: "broken.xlsx", mimeType: "", buffer: Buffer.from("PK\u0003\u0004 no workbook") });
  await page.waitForFunction(() => document.getElementById("list-trouble").textContent !== "");
  for (const [name, buffer, said] of [
    ["bomb.xlsx", bomb(), "would take 1024 MB"],
    ["letter.pdf", Buffer.from("%PDF-1.7"), "a PDF, not a client list"],
    ["page.xls", Buffer.from("<html><table></table></html>"), "a web page"],
    ["empty.csv", Buffer.alloc(0), "it is empty"],
    ["cut.csv.gz", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b]), "cut"],
  ]) {
    await page.setInputFiles("#list-file", { name, mimeType: "", buffer });
    await page.waitForFunction((said) => document.getElementById("list-trouble").textContent.includes(said), said);
    assert.ok(await page.locator("#answer-list").isDisabled(), `${name} cannot be answered`);
  }
  await page.evaluate(() => {
    const file = new File(["Employees\n3\n"], "large.csv");
    Object.defineProperty(file, "size", { value: 500 * 1048576 });
    file.arrayBuffer = () => { throw new Error("it was read"); };
    const drop = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer: new DataTransfer() });
    Object.defineProperty(drop, "dataTransfer", { value: { files: [file] } });
    document.body.dispatchEvent(drop);
  });
  await page.waitForFunction(() => /500 MB[^]*whoowns batch "large\.csv"/.test(document.getElementById("list-trouble").textContent));
  // A list as it is found, answered and downloaded.
  const clients = join(root, "examples/clients/clients.csv");
  await page.setInputFiles("#list-file", clients);
  await look();
  assert.equal(await page.textContent("#list-look"), answer("batch", clients, "--look").stdout, "what --look says");
  await page.getByRole("button", { name: "Answer every row" }).click();
  await page.waitForSelector("#report iframe");
  await page.frameLocator("#report iframe").locator("#body tr").first().waitFor();
  assert.equal(await page.frameLocator("#report iframe").locator("#body tr").count(), Math.min(100, readFileSync(clients, "utf8").trim().split("\n").length - 1), "the report shows the rows");
  const out = join(folder, "clients-answers.csv");
  answer("batch", clients, "-o", out, "--quiet");
  const [name, bytes] = await saved("Save the answers");
  assert.equal(name, "clients-answers.csv");
  assert.ok(bytes.equals(readFileSync(out)), "the answers are not those of batch");
  assert.match((await saved("Save the report"))[1].toString(), /^<!DOCTYPE html>/);
  // No title tells the fact: the column is chosen by hand.
  const own = file("own.csv", "Firm,Kopf\nA,300\nB,many\n\"C\nD,1\n");
  await page.setInputFiles("#list-file", own);
  await page.waitForFunction(() => document.getElementById("list-advice").textContent !== "" || document.getElementById("list-trouble").textContent !== "");
  assert.ok(await page.locator("#answer-list").isDisabled(), "nothing to answer by");
  await page.selectOption("#column-headcount", { label: "Kopf" });
  await look();
  await page.waitForFunction(() => !document.getElementById("answer-list").disabled);
  await page.getByRole("button", { name: "Answer every row" }).click();
  await page.waitForSelector("#report iframe");
  const mapped = join(folder, "mapped.csv");
  answer("batch", own, "--map", "headcount=#2", "-o", mapped, "--quiet");
  assert.ok((await saved("Save the answers"))[1].equals(readFileSync(mapped)));
  assert.ok((await saved("Save the records that cannot be read"))[1].equals(readFileSync(`${mapped}.rejects.csv`)), "the rejects");
  await large({ page, look, answer, file, folder, saved, assert });
  await close();
  for (const [name, list] of [["list-answered", clients], ["list-to-map", own]]) {
    await looks(path, `page-${name}`, async (shown) => {
      await shown.evaluate(() => window.whoowns.ready);
      await shown.getByRole("button", { name: "A client list" }).click();
      await shown.setInputFiles("#list-file", list);
      await shown.waitForFunction(() => document.getElementById("list-look").textContent.includes("titles:"));
      if (list === own) return;
      await shown.getByRole("button", { name: "Answer every row" }).click();
      await shown.frameLocator("#report iframe").locator("#body tr").first().waitFor();
    });
  }
}

// A hundred thousand rows, while the page goes on answering.
async function large({ page, look, answer, file, folder, saved, assert }) {
  const rows = Array.from({ length: 100000 }, (_, at) => `Client ${at},${(at * 37) % 5000},${["yes", "no", ""][at % 3]},${["", "no", "yes"][at % 7 % 3]}\n`);
  const path = file("hundred-thousand.csv", "Company Name,Employees,Has HR,Has L&D\n" + rows.join(""));
  await page.evaluate(() => {
    window.longest = 0;
    let last = performance.now();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const now = performance.now();
      window.longest = Math.max(window.longest, now - last);
      last = now;
      setTimeout(() => {
        last = performance.now();
        port2.postMessage(0);
      }, 4);
    };
    port2.postMessage(0);
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) window.longest = Math.max(window.longest, task.duration);
    }).observe({ type: "longtask" });
  });
  const began = Date.now();
  await page.setInputFiles("#list-file", path);
  await look();
  await page.waitForFunction(() => !document.getElementById("answer-list").disabled);
  await page.getByRole("button", { name: "Answer every row" }).click();
  await page.waitForFunction(() => document.getElementById("list-said").textContent.includes("100,000 rows answered"), null, { timeout: 300000 });
  await page.waitForTimeout(300);
  const said = await page.textContent("#list-said");
  console.log(`   100,000 rows on the page: ${Date.now() - began} ms in all (${said.slice(0, 40)}), the page was away for ${Math.round(await page.evaluate(() => window.longest))} ms at most`);
  const out = join(folder, "hundred-thousand-answers.csv");
  answer("batch", path, "-o", out, "--quiet");
  assert.ok((await saved("Save the answers"))[1].equals(readFileSync(out)), "the answers to a large list");
}
