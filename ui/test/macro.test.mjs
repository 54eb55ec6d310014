// Roadmap, portfolio and flow in a browser: what moves by a slider or a link tells what the API tells.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, demo, firstCycle, launch, leadsTo } from "./browser.mjs";

const team = `${address}/teams/Kubernetes`;
const roadmap = `${team}/roadmap?quarter=Q4-26`;
let browser;
before(async () => {
  await firstCycle();
  browser = await launch();
});
after(() => browser?.close());

async function open(t, url, options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  t.after(() => page.close());
  await page.goto(url);
  return page;
}

const json = async (path) => (await fetch(address + path)).json();
const odds = (p) => (p >= 0.95 ? "over 95" : p < 0.01 ? "under 1" : String(Math.round(p * 100)));

test("a slider tells its value while it moves, asks when it is let go, and its state is the address", async (t) => {
  const page = await open(t, roadmap);
  const slider = page.locator('.whatif input[name="pace"]');
  await slider.evaluate((s) => {
    s.value = "1.5";
    s.dispatchEvent(new Event("input", { bubbles: true }));
  });
  assert.match(await page.locator(".whatif output").nth(1).innerText(), /^150\s%$/);
  await Promise.all([
    page.waitForURL(/pace=1\.5/),
    slider.evaluate((s) => s.dispatchEvent(new Event("change", { bubbles: true }))),
  ]);
  const told = await json("/api/v1/teams/Kubernetes/forecast?quarter=Q4-26&pace=1.5");
  const row = await page.locator("#if tbody tr").last().innerText();
  assert.ok(row.replace(/\s+/g, " ").includes(odds(told.odds)), `${row}: the API tells ${told.odds}`);
  assert.match(await page.locator(".whatif output").nth(1).innerText(), /^150\s%$/);
});

test("a slider is moved on by the arrow keys, in place, and the focus stays on it", async (t) => {
  const page = await open(t, roadmap);
  await page.evaluate(() => (window.mark = "the same document"));
  await page.locator('.whatif input[name="later"]').focus();
  for (const days of [1, 2, 3]) {
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(new RegExp(`later=${days}`));
  }
  assert.match(await page.locator(".whatif output").nth(2).innerText(), /^\+3\sworking days/);
  assert.equal(await page.locator("#if tbody tr").count(), 2);
  assert.equal(await page.evaluate(() => document.activeElement.name), "later");
  assert.equal(await page.evaluate(() => window.mark), "the same document");
});

test("what if works without script, and leads back", async (t) => {
  const page = await open(t, roadmap, { javaScriptEnabled: false });
  await page.locator('.whatif input[name="later"]').focus();
  await page.keyboard.press("ArrowRight");
  await leadsTo(page, page.locator(".whatif button"));
  assert.match(page.url(), /later=1/);
  assert.equal(await page.locator("#if tbody tr").count(), 2);
  await leadsTo(page, page.locator(".whatif a", { hasText: "As it is" }));
  assert.equal(await page.locator("#if tbody tr").count(), 1);
});

test("epics are sorted and chosen by links, without script", async (t) => {
  const page = await open(t, roadmap, { javaScriptEnabled: false });
  await leadsTo(page, page.locator("#epics thead a", { hasText: "Total" }));
  const totals = await page.locator("#epics tbody td[data-l=total]").allInnerTexts();
  assert.deepEqual(
    totals.map(Number),
    totals.map(Number).sort((a, b) => a - b),
  );
  for (const place of [0, 1]) await leadsTo(page, page.locator("#epics tbody .choose").nth(place));
  assert.equal(await page.locator("#epics tr.chosen").count(), 2);
  const reading = await page.locator(".chosen-burnup .reading").innerText();
  assert.ok(reading.includes(`of ${totals.map(Number).reduce((a, b) => a + b, 0)} points`), reading);
  assert.ok((await page.locator("svg.chart:has(> title#t-chosen) path.s-scope").count()) > 0);
});

test("a row and what is drawn of it are lit together, both ways, by pointer and by focus", async (t) => {
  const page = await open(t, roadmap);
  const lit = () => page.$$eval(".lit", (list) => list.map((one) => one.id || one.getAttribute("href")).sort());
  const whole = (key) => {
    const marks = page.$$eval(".chart a[href]", (list) => list.map((one) => one.getAttribute("href")));
    return marks.then((all) =>
      [...all.filter((href) => href.split("?")[0].endsWith(`/issues/${key}`)), `row-${key}`, `small-${key}`].sort(),
    );
  };
  const key = await page.getAttribute("#epics tbody tr", "data-pair");
  await page.hover(`#row-${key} td:last-child`);
  const told = await whole(key);
  assert.ok(told.length > 2, "the burnup marks where the epic changed the scope");
  assert.deepEqual(await lit(), told);
  await page.mouse.move(0, 0);
  assert.deepEqual(await lit(), []);
  await page.focus(`#small-${key} .name`);
  assert.deepEqual(await lit(), told);
  await page.click(`#row-${key} .sparkcol a`);
  assert.equal(new URL(page.url()).hash, `#small-${key}`);

  // a bar of a week and its row lead to the same explanation
  const bar = page.locator("#t-weekly ~ a, .chart:has(#t-weekly) a").first();
  const leads = await bar.getAttribute("href");
  await bar.focus();
  assert.equal((await lit()).filter((one) => one === leads).length, 1);
  assert.ok((await page.locator(`#weeks tr.lit a[href="${leads}"]`).count()) > 0, "the row of the week is lit");
  await page.locator(`#weeks tr:has(a[href="${leads}"]) td`).first().hover();
  assert.equal((await lit()).filter((one) => one === leads).length, 1);
});

test("the parts of a waterfall add up to its sum, and each row opens", async (t) => {
  const page = await open(t, `${address}/teams/R%C3%A9seau%20%2F%2050%25/roadmap`);
  for (const card of await page.locator("#moved, #price").all()) {
    const table = card.locator("table.waterfall").first();
    if (!(await table.count())) continue;
    const rows = (await table.locator("td.r").allInnerTexts()).map((text) => Number(text.replace("−", "-")));
    assert.equal(
      rows.slice(0, -1).reduce((a, b) => a + b, 0),
      rows.at(-1),
    );
    for (const link of await table.locator("td.r a").all()) {
      assert.equal(await page.locator(`[id="${(await link.getAttribute("href")).slice(1)}"]`).count(), 1);
    }
  }
});

test("the weeks of the quarter move every figure, back and forth", async (t) => {
  const page = await open(t, roadmap);
  const now = await page.locator("h1").innerText();
  await page.locator(".walk a.go[rel=prev]").click();
  await page.locator(".walk b", { hasText: "Sun 22 Nov" }).waitFor();
  const quarter = await json("/api/v1/teams/Kubernetes/quarters/Q4-26?at=2026-11-22");
  const done = await page.locator("#epics tfoot td[data-l=done]").innerText();
  assert.equal(Number(done), quarter.done);
  await page.locator(".walk a", { hasText: "back to now" }).click();
  await page.waitForURL(roadmap);
  assert.equal(await page.locator("h1").innerText(), now);
});

test("the weeks of portfolio, flow and a team without sprints move every figure, also without script", async (t) => {
  const done = async () => (await json("/api/v1/teams/Kubernetes/quarters/Q4-26?at=2026-11-15")).remaining;
  const underway = (name) => async () => (await json(`/api/v1/teams/${name}/flow?at=2026-11-15`)).wip.count;
  const tile = (page) => page.locator(".tile .v a[href='#explain-flow-wip']");
  const row = (page) => page.locator("#teams tr", { hasText: "Kubernetes" }).locator("td[data-l=remaining] a");
  for (const [path, figure, expected] of [
    ["/", row, done],
    ["/teams/Kubernetes/flow", tile, underway("Kubernetes")],
    ["/teams/Observability", tile, underway("Observability")],
  ]) {
    const page = await open(t, address + path);
    await page.evaluate(() => (window.mark = "the same document"));
    await page.locator(".walk li a", { hasText: "15" }).click();
    await page.waitForURL(/at=2026-11-15/);
    await page.locator(".walk b", { hasText: "Sun 15 Nov" }).waitFor();
    const count = await expected();
    const told = await figure(page).count();
    assert.equal(told ? Number(await figure(page).innerText()) : 0, count, path);
    await page.locator(".walk li a[aria-current]").focus();
    await page.keyboard.press("ArrowLeft");
    await page.locator(".walk b", { hasText: "Sun 8 Nov" }).waitFor();
    assert.equal(await page.evaluate(() => window.mark), "the same document");
    const plain = await open(t, page.url(), { javaScriptEnabled: false });
    await leadsTo(plain, plain.locator(".walk a[rel=next]"));
    assert.match(plain.url(), /at=2026-11-15/);
    await leadsTo(plain, plain.locator(".walk a", { hasText: "back to now" }));
    assert.equal(plain.url(), address + path);
  }
});

test("the portfolio's rows share one axis, and any column orders them", async (t) => {
  const page = await open(t, `${address}/?quarter=Q4-26`, { javaScriptEnabled: false });
  const ends = await page
    .locator("#odds svg.range line.s-end")
    .evaluateAll((lines) => lines.map((line) => Math.round(line.getBoundingClientRect().left)));
  assert.ok(ends.length > 4 && ends.every((x) => x === ends[0]), `the quarter ends at ${ends}`);
  await leadsTo(page, page.locator(".sorts a", { hasText: "Name" }));
  const names = await page.locator("#odds tbody").last().locator("th.name").allInnerTexts();
  const lower = names.map((name) => name.toLowerCase());
  assert.deepEqual(lower, [...lower].sort());
});

test("the flow of a team says what the API says", async (t) => {
  const page = await open(t, `${team}/flow`);
  const flow = await json("/api/v1/teams/Kubernetes/flow");
  const tile = (name) => page.locator(".tile", { hasText: name }).first().locator(".v").innerText();
  assert.ok((await tile("Cycle time, median")).startsWith(String(flow.cycle_time.p50)));
  assert.ok((await tile("In progress")).startsWith(String(flow.wip.count)));
  const dots = await page.locator("svg.chart:has(> title#t-cycle) circle.dot").count();
  assert.equal(dots, flow.cycle_time.measured);
  assert.equal(await page.locator("#ages tbody tr").count(), flow.wip.count);
});

test("an initiative of many epics begins a row, so that its name stands over them", async (t) => {
  const company = await demo();
  await firstCycle(company.address);
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  t.after(() => page.close());
  await page.goto(`${company.address}/teams/Network/roadmap`);
  const rows = await page.$$eval(".smalls", ([list]) => {
    const places = [];
    for (const panel of list.children) {
      if (panel.querySelector("h4")) places.push([]);
      places.at(-1).push(panel.getBoundingClientRect().left - list.getBoundingClientRect().left);
    }
    return places.filter((group) => group.length > 2).map(([first]) => first);
  });
  assert.ok(rows.length > 0 && rows.every((left) => left < 2), `they begin at ${rows}`);
});

test("one step back from what was changed in place shows the page as it came", async (t) => {
  const page = await open(t, address);
  await page.goto(roadmap);
  const reading = page.locator("#what-if .reading");
  const asItIs = await reading.innerText();
  await page.locator("#epics-card a.fig").first().click(); // a place of the page, not another one
  await page.keyboard.press("Escape");
  await page.locator('.whatif input[name="later"]').focus();
  for (const days of [1, 2, 3]) {
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(new RegExp(`later=${days}`));
  }
  assert.notEqual(await reading.innerText(), asItIs);
  await page.goBack();
  await page.waitForFunction((said) => document.querySelector("#what-if .reading").innerText === said, asItIs);
  assert.doesNotMatch(page.url(), /later/);
  assert.equal(await page.locator('.whatif input[name="later"]').inputValue(), "0");
  await page.goForward();
  await page.waitForURL(/later=3/);
  await page.waitForFunction((said) => document.querySelector("#what-if .reading").innerText !== said, asItIs);
});

test("a step back from another week shows the week that the address names", async (t) => {
  const page = await open(t, `${team}/roadmap?quarter=Q4-26`);
  const moment = page.locator(".walk a.go[rel=prev]");
  await page.evaluate(() => (window.mark = "the same document"));
  const now = await page.locator("h1").innerText();
  for (const at of [1, 2]) {
    const before = page.url();
    await Promise.all([page.waitForURL((url) => url.href !== before), moment.click()]);
    assert.match(page.url(), /at=/, `step ${at}`);
  }
  await page.goBack();
  await page.waitForFunction((said) => document.querySelector("h1").innerText === said, now);
  assert.doesNotMatch(page.url(), /at=/);
  assert.equal(await page.evaluate(() => window.mark), "the same document");
});
