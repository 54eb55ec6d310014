// What people do on the pages beyond reading: walking through time, asking marks, keeping to the keyboard, taking a
// chart along, hearing a page read out.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { address, firstCycle, launch, leadsTo, sharing } from "./browser.mjs";

const micro = `${address}/teams/Kubernetes`;
let browser, contextOf;
before(async () => {
  await firstCycle();
  browser = await launch([], { whole: true }); // downloads, touch and focus are the browser's own
  contextOf = sharing(browser);
});
after(() => browser.close());

async function open(t, path, options = {}) {
  const context = await contextOf({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("pageerror", (e) => wrong.push(String(e)));
  t.after(async () => {
    await page.close();
    assert.deepEqual(wrong, []);
  });
  await page.goto(path);
  return page;
}

// remaining is what the page and the API say remains of sprint 23 as of the end of a day; "" is the present.
async function remaining(page, at) {
  const api = await (await fetch(`${address}/api/v1/teams/Kubernetes/sprints/23${at && `?at=${at}`}`)).json();
  const tile = await page.locator(".tile", { hasText: "Remaining" }).locator(".v a").innerText();
  return [Number(tile), api.ledger.remaining];
}

test("time walks by days, in place, and every figure with it", async (t) => {
  const page = await open(t, micro);
  await page.evaluate(() => (window.mark = "the same document"));
  const look = () => page.locator(".walk > div").innerText();
  assert.match(await look(), /You look at now/);
  await page.locator(".walk li a", { hasText: "18" }).click();
  await page.waitForURL(/at=2026-11-18/);
  assert.match(await look(), /You look at Wed 18 Nov\s+back to now/);
  assert.match(await page.locator(".over").innerText(), /day 3 of 10/);
  let [shown, api] = await remaining(page, "2026-11-18");
  assert.equal(shown, api);
  await page.locator(".walk li a[aria-current]").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL(/at=2026-11-19/);
  [shown, api] = await remaining(page, "2026-11-19");
  assert.equal(shown, api);
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-current")), "date");
  const first = await page.locator(".walk li").first().boundingBox();
  const here = await page.locator(".walk li a[aria-current]").boundingBox();
  await page.mouse.move(here.x + here.width / 2, here.y + 5);
  await page.mouse.down();
  await page.mouse.move(first.x + first.width / 2, first.y + 5, { steps: 12 });
  await page.mouse.up();
  await page.waitForURL(/at=2026-11-16/);
  [shown, api] = await remaining(page, "2026-11-16");
  assert.equal(shown, api);
  assert.equal(await page.evaluate(() => window.mark), "the same document");
  assert.ok(await page.locator("#theme").isVisible(), "the bar that came with the moment has its button");
  await page.locator("a", { hasText: "back to now" }).click();
  await page.waitForURL(`${micro}/sprints/23`);
  [shown, api] = await remaining(page, "");
  assert.equal(shown, api);
});

test("without script time walks by links", async (t) => {
  const page = await open(t, micro, { javaScriptEnabled: false });
  await leadsTo(page, page.locator(".walk a[rel=prev]"));
  assert.match(page.url(), /at=2026-11-20$/); // the working day before Monday 23
  await page.locator(".walk .with summary").click();
  await leadsTo(page, page.locator(".walk .with a", { hasText: "Tue 17 Nov" }));
  assert.match(page.url(), /at=2026-11-20&with=2026-11-17/);
  const row = (name) => page.locator("#changed tr", { hasText: name }).first().locator("td.r").allInnerTexts();
  const at = async (day) =>
    (await (await fetch(`${address}/api/v1/teams/Kubernetes/sprints/23?at=${day}`)).json()).ledger.remaining;
  assert.deepEqual((await row("Remaining")).slice(0, 2).map(Number), [await at("2026-11-17"), await at("2026-11-20")]);
  assert.ok((await page.locator("#between tr").count()) > 3);
});

test("a mark tells its event by pointer, focus and tap, and leads to it without script", async (t) => {
  const page = await open(t, micro);
  const mark = page.locator("a[data-events]:visible", { hasText: "+5" });
  await mark.hover();
  assert.match(await page.locator(".tip").innerText(), /\+5 K8S-1447[\s\S]*added[\s\S]*40 remaining after it/);
  await page.mouse.move(5, 5);
  assert.equal(await page.locator(".tip").count(), 0);
  await mark.focus();
  assert.equal(await page.locator(".tip").count(), 1);
  await page.keyboard.press("Escape");
  assert.equal(await page.locator(".tip").count(), 0);
  await mark.click();
  assert.ok(await page.locator("tr:target").isVisible());
  const phone = await open(t, micro, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await phone.locator("a[data-events]:visible").first().tap();
  assert.equal(await phone.locator(".tip").count(), 1);
  assert.ok(!phone.url().includes("#ev"), "a tap tells, it does not lead away");
  const plain = await open(t, micro, { javaScriptEnabled: false });
  await plain.locator("a[data-events]:visible", { hasText: "+5" }).click();
  assert.ok(await plain.locator("tr:target").isVisible());
  assert.match(await plain.locator("tr:target").innerText(), /K8S-1447/);
});

test("each step of the line leads to its event, a completion too", async (t) => {
  const page = await open(t, micro);
  const step = page.locator("a.step", { hasText: "completed" }).first();
  const key = (await step.locator("title").textContent()).split(" ")[0];
  await step.scrollIntoViewIfNeeded();
  const line = await step.locator(".reach").boundingBox();
  const middle = [line.x + line.width / 2, line.y + line.height / 2];
  await page.mouse.move(...middle);
  assert.match(await page.locator(".tip").innerText(), new RegExp(`${key}[\\s\\S]*completed`));
  await page.mouse.click(...middle);
  assert.match(await page.locator("tr:target").innerText(), new RegExp(key));
});

test("the keyboard stays in an open explanation and comes back", async (t) => {
  const page = await open(t, micro);
  const figure = page.locator(".tile a.fig").first();
  await figure.focus();
  await page.keyboard.press("Enter");
  await page.locator("#explain-remaining").waitFor({ state: "visible" });
  const inside = () => page.evaluate(() => document.querySelector(".drawer:target").contains(document.activeElement));
  for (const key of ["Tab", "Shift+Tab"]) {
    for (let n = 0; n < 40; n++) {
      await page.keyboard.press(key);
      assert.ok(await inside(), `${key} leaves the explanation`);
    }
  }
  await page.keyboard.press("Escape");
  assert.ok(await figure.evaluate((f) => f === document.activeElement));
  await page.goto(`${micro}#explain-kept`);
  await page.goto(`${micro}#explain-completed`); // by its address: nothing was clicked
  await page.locator("#explain-completed").waitFor({ state: "visible" });
  await page.keyboard.press("Escape");
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute("href")),
    "#explain-completed",
    "the focus goes to what opens it",
  );
  const shared = await open(t, `${micro}#explain-completed`);
  await shared.waitForFunction(() => document.querySelector(".drawer:target")?.contains(document.activeElement));
  assert.equal(await shared.locator(".drawer:target").getAttribute("role"), "dialog");
});

test("the sections of a long page are listed, lead there, and tell which one is read", async (t) => {
  for (const path of [micro, `${micro}/roadmap`, `${micro}/flow`, `${address}/teams/Observability`]) {
    const page = await open(t, path);
    const links = page.locator(".contents a");
    const names = await links.evaluateAll((all) => all.map((a) => a.firstChild.data.trim()));
    const heads = await page.$$eval("main section > h2[id]", (all) => all.map((h) => h.firstChild.data.trim()));
    assert.deepEqual(names, heads, path);
    const bar = await page.locator("header.bar").boundingBox();
    for (const n of [names.length - 1, 1]) {
      await links.nth(n).click();
      const head = await page.evaluate(() => document.querySelector(location.hash).getBoundingClientRect().toJSON());
      const list = await page.locator(".contents").boundingBox();
      assert.ok(list.y >= bar.height - 1 && list.y < 100, `${path}: the list does not stay, it is at ${list.y}`);
      assert.ok(head.top >= list.y + list.height, `${path}: ${names[n]} is under the list`);
      await page.waitForFunction(
        (name) => document.querySelector(".contents a[aria-current]")?.firstChild.data.trim() === name,
        names[n],
      );
    }
    await page.close();
  }
});

test("on a phone the list of sections opens without script, and the quiet line is folded", async (t) => {
  const phone = await open(t, micro, { viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  const link = phone.locator(".contents a", { hasText: "Past sprints" });
  assert.ok(!(await link.isVisible()));
  await phone.locator(".contents summary").click();
  await link.click();
  assert.match(phone.url(), /#h-p$/);
  await phone.goto(micro);
  const line = phone.locator(".beside");
  assert.doesNotMatch(await line.innerText(), /at even odds/);
  await line.locator("summary").click();
  assert.match(await line.innerText(), /at even odds/);
  const wide = await open(t, micro);
  assert.match(await wide.locator(".beside").innerText(), /remain.* at even odds.*\.$/s);
});

test("a verdict has its shape before its words, in its colour", async (t) => {
  const page = await open(t, micro);
  const signs = (of) =>
    page.$$eval(`${of} .sign`, (all) => all.map((s) => [s.classList[1], s.firstElementChild.getAttribute("href")]));
  assert.deepEqual(await signs("h1"), [["bad", "#i-bad"]]);
  await page.goto(`${micro}/card`);
  assert.deepEqual(await signs("h1"), [["bad", "#i-bad"]]);
  await page.goto(`${address}/`);
  assert.deepEqual(
    (await signs("h1")).map(([, sign]) => sign),
    ["#i-complete", "#i-bad", "#i-limited"],
  );
});

test("a page whose login has ended says so, leads to the login and asks no more", async (t) => {
  const stranger = '<form action="/sign-in"><input name="user"></form>'; // a proxy's own page
  for (const [answer, said] of [
    [{ status: 401, body: "{}" }, "Your login has ended. What stands here is as of the moment above. Log in again"],
    [{ status: 200, contentType: "text/html", body: stranger }, "Your login has ended."],
    [{ status: 404, body: "" }, "This page is not shown to you any more."],
    [{ status: 503, body: "" }, "The server has not answered since"],
  ]) {
    const context = await browser.newContext();
    t.after(() => context.close());
    const page = await context.newPage();
    let asked = 0;
    await page.clock.install();
    await page.route(`${micro}/roadmap`, (route) => {
      if (route.request().isNavigationRequest()) return route.continue();
      asked++;
      return route.fulfill(answer);
    });
    await page.route("**/live", (route) => route.abort());
    await page.goto(`${micro}/roadmap`);
    await page.clock.runFor(6_000);
    await page.locator("#lost").waitFor();
    assert.ok((await page.locator("#lost").innerText()).startsWith(said), await page.locator("#lost").innerText());
    assert.equal(await page.locator("#lost a").count(), answer.status === 503 ? 0 : 1);
    const before = asked;
    if (answer.status === 503) {
      const again = page.waitForRequest(`${micro}/roadmap`); // trouble may be over the next time
      await page.clock.runFor(20_000);
      await again;
      continue;
    }
    await page.clock.runFor(20_000);
    await page.evaluate(() => fetch("/healthz").then((r) => r.text())); // what was asked for before it has come by
    assert.equal(asked, before, `${answer.status}: asked ${asked - before} times after it was over`);
  }
});

test("a menu that the keyboard leaves closes, and Escape leads back from one that is open", async (t) => {
  const page = await open(t, micro);
  const menu = page.locator("header.bar .pick.end");
  await menu.locator("summary").focus();
  await page.keyboard.press("Enter");
  const inside = () => menu.evaluate((m) => m.contains(document.activeElement));
  while (await inside()) await page.keyboard.press("Tab");
  assert.equal(await menu.evaluate((m) => m.open), false);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await inside());
  await page.keyboard.press("Escape");
  assert.ok(await menu.locator("summary").evaluate((s) => s === document.activeElement));
});

test("texts of the burndown open", async (t) => {
  const page = await open(t, micro);
  await page.locator(".chart a.opens:visible", { hasText: "27 remain" }).click();
  await page.locator("#explain-remaining").waitFor({ state: "visible" });
});

test("a chart is taken along as a picture with its caption", async (t) => {
  const page = await open(t, micro, { acceptDownloads: true });
  await page.locator("#burndown .menu summary").click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#burndown .menu button", { hasText: "Burndown as PNG" }).click(),
  ]);
  assert.equal(file.suggestedFilename(), "Kubernetes-sprints-23-burndown.png");
  const bytes = await readFile(await file.path());
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  assert.ok(width === 2000 && height > 700, `${width} × ${height}`);
});

// The accessibility tree of each page as Chromium builds it: what is read out. UPDATE_SNAPSHOTS=1 writes them anew.
test("what is read out of a page is what was read before", async (t) => {
  const folder = new URL("snapshots/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  for (const [name, path] of Object.entries({
    sprint: micro,
    "closed-sprint": `${micro}/sprints/22`,
    "two-moments": `${micro}/sprints/23?at=2026-11-20&with=2026-11-17`,
    issue: `${micro}/issues/K8S-1424`,
    figure: `${address}/explain?team=Kubernetes&sprint=23&figure=ledger.remaining`,
    differences: `${micro}/sprints/23/differences`,
    portfolio: `${address}/`,
    roadmap: `${micro}/roadmap`,
    flow: `${micro}/flow`,
    kanban: `${address}/teams/Observability`,
    components: `${address}/styleguide`,
    card: `${micro}/card`,
  })) {
    const page = await open(t, path);
    const tree = `${await page.locator("main").ariaSnapshot()}\n`.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:0");
    const file = new URL(`${name}.yml`, folder);
    if (process.env.UPDATE_SNAPSHOTS) writeFileSync(file, tree);
    assert.equal(tree, readFileSync(file, "utf8"), `${name} is read out otherwise; see CONTRIBUTING.md`);
    await page.close();
  }
});
