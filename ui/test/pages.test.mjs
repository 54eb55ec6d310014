// The pages as a reader has them: in a real browser, with and without script, wide and narrow, light
// and dark. What the figures are is tested in Go.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { address, launch } from "./browser.mjs";

const micro = `${address}/teams/Kubernetes`;
const roadmap = `${micro}/roadmap`;
const axe = await readFile(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
let browser;

before(async () => {
  browser = await launch();
});
after(async () => {
  await browser.close();
});

// open returns a page that fails the test by any error of script, style or policy.
async function open(t, path, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("pageerror", (e) => wrong.push(String(e)));
  page.on("request", (r) => r.url().startsWith(address) || r.url().startsWith("data:") || wrong.push(`asks ${r.url()}`));
  t.after(async () => {
    await context.close();
    assert.deepEqual(wrong, []);
  });
  const response = await page.goto(path);
  return { page, response };
}

test("the sentence, the tiles and the ledger say the same", async (t) => {
  const { page } = await open(t, micro);
  assert.match(await page.locator("h1").innerText(), /^16 of 43 points are done and 27 remain/);
  const tile = (name) => page.locator(".tile", { hasText: name }).locator(".v").innerText();
  assert.match(await tile("Remaining"), /^27\s/);
  const column = await page.locator(".ledger td.r").allInnerTexts();
  const [commitment, added, removed, reestimated, completed, reopened, remaining] = column.map(Number);
  assert.equal(commitment + added - removed + reestimated - completed + reopened, remaining);
  assert.equal(remaining, 27);
});

test("the burndown is drawn, with its line, its marks and its sentence", async (t) => {
  const { page } = await open(t, micro);
  const chart = page.locator("svg.chart").first();
  assert.match(await chart.locator("title").first().textContent(), /38 points committed .* 27 remain/);
  const box = await chart.locator("path.s-exp").boundingBox();
  assert.ok(box.width > 200 && box.height > 40, `the line is ${box.width} by ${box.height}`);
  assert.ok((await chart.locator("use").count()) >= 3);
});

test("every figure opens by its address, without script", async (t) => {
  const { page } = await open(t, micro, { javaScriptEnabled: false });
  assert.ok(await page.locator("#theme").isHidden(), "what needs script shows only with script");
  const drawers = page.locator(".drawer");
  assert.ok((await drawers.count()) >= 6);
  await page.locator(".ledger a.fig").last().click();
  const drawer = page.locator("#explain-remaining");
  assert.ok(await drawer.isVisible());
  assert.match(await drawer.locator(".formula").innerText(), /38 \+ 5 − 3 \+ 3 − 18 \+ 2 = 27/);
  await drawer.locator(".close").click();
  assert.ok(!(await drawer.isVisible()));
});

test("every figure that opens has its explanation", async (t) => {
  for (const path of [micro, roadmap]) {
    const { page } = await open(t, path);
    const missing = await page.evaluate(() => [...document.querySelectorAll("a.fig")].map((a) => a.getAttribute("href")).filter((h) => !document.querySelector(h)));
    assert.deepEqual(missing, [], path);
    assert.ok((await page.locator("a.fig").count()) > 8);
  }
});

test("the roadmap's sentence, tiles, epics and weeks say the same", async (t) => {
  const { page } = await open(t, roadmap);
  assert.match(await page.locator("h1").innerText(), /^62\s% of Q4-26 is done and 29 working days are left; at the usual pace the rest takes 14\.$/);
  const tile = (name) => page.locator(".tile", { hasText: name }).first().locator(".v").innerText();
  assert.match(await tile("Slack"), /^\+15/);
  const row = await page.locator("#epics tfoot td.r").allInnerTexts();
  const [total, done, doing, todo] = row.map(Number);
  assert.equal(done + doing + todo, total);
  const column = async (n) => (await page.locator(`#epics tbody tr td.r:nth-of-type(${n})`).allInnerTexts()).map(Number).reduce((a, b) => a + b, 0);
  assert.equal(await column(2), total);
  assert.equal(await column(3), done);
  assert.equal(Number(await page.locator("#weeks tbody tr:last-child td").nth(2).innerText()), done);
  const line = await page.locator("path.s-scope").boundingBox();
  assert.ok(line.width > 200 && line.height > 40);
});

test("the portfolio leads to the teams and their roadmaps, and Slack opens there", async (t) => {
  const { page } = await open(t, address, { javaScriptEnabled: false });
  assert.match(await page.locator("h1").innerText(), /^1 of 1 team is on track for the end of Q4-26\.$/);
  await page.locator("#teams a.fig").first().click();
  assert.ok(page.url().startsWith(roadmap));
  assert.match(await page.locator("#explain-slack .formula").innerText(), /29 − 14 = 15/);
  await page.locator("#explain-slack .close").click();
  await page.locator("nav a", { hasText: "Sprint" }).click();
  assert.match(await page.locator("h1").innerText(), /remain/);
});

test("Escape closes an explanation and gives the focus back", async (t) => {
  const { page } = await open(t, micro);
  const figure = page.locator(".tile a.fig").first();
  await figure.focus();
  await page.keyboard.press("Enter");
  await page.locator("#explain-remaining").waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  await page.locator("#explain-remaining").waitFor({ state: "hidden" });
  assert.ok(await figure.evaluate((f) => f === document.activeElement));
});

test("nothing scrolls sideways on a phone", async (t) => {
  for (const path of [micro, roadmap, `${roadmap}?quarter=Q1-27`, address, `${micro}/issues/K8S-1424`, `${address}/nowhere`]) {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(path);
    const [inner, outer] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(inner <= outer, `${path} is ${inner} wide on ${outer}`);
  }
});

test("no serious fault of access, in light and dark", async (t) => {
  for (const colorScheme of ["light", "dark"]) {
    for (const path of [micro, roadmap, address, `${micro}/issues/K8S-1424`]) {
      const context = await browser.newContext({ colorScheme, bypassCSP: true });
      t.after(() => context.close());
      const page = await context.newPage();
      await page.goto(path);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa"] }));
      const told = violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target} ${n.any?.[0]?.message ?? ""}`).slice(0, 3).join(" | ")}`);
      assert.deepEqual(told, [], `${path} in ${colorScheme}`);
    }
  }
});

test("a past day shows the past", async (t) => {
  const { page } = await open(t, `${micro}?at=2026-11-17`);
  assert.match(await page.locator("h1").innerText(), /points are done and/);
  assert.match(await page.locator(".over").innerText(), /day 2 of 10/);
  assert.ok((await page.locator("a", { hasText: "Back to the last reading" }).count()) === 1);
});

test("the choice of dark stays", async (t) => {
  const { page } = await open(t, micro);
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const first = await ground();
  await page.locator("#theme").click();
  const second = await ground();
  assert.notEqual(first, second);
  await page.reload();
  assert.equal(await ground(), second);
});

test("a closed sprint and a wrong address have their pages", async (t) => {
  const { page } = await open(t, `${micro}/sprints/22`);
  assert.match(await page.locator("h1").innerText(), /^Of 36 points committed, 22 were kept/);
  const context = await browser.newContext();
  t.after(() => context.close());
  const lost = await context.newPage();
  const response = await lost.goto(`${address}/teams/Nobody`);
  assert.equal(response.status(), 404);
  assert.match(await lost.locator("h1").innerText(), /no team "Nobody"/);
});
