// Who has no pointer: each stop of the Tab key is seen, not under the bar, named, and marked by an outline that stands
// out from its ground; tables say what their cells are of.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, demo, firstCycle, launch } from "./browser.mjs";

const micro = `${address}/teams/Kubernetes`;
const pages = {
  portfolio: `${address}/`,
  sprint: micro,
  roadmap: `${micro}/roadmap`,
  flow: `${micro}/flow`,
  kanban: `${address}/teams/Observability`,
  figure: `${address}/explain?team=Kubernetes&sprint=23&figure=ledger.remaining`,
  "no such page": `${address}/nowhere`,
};
let browser;
before(async () => {
  await firstCycle();
  browser = await launch();
});
after(() => browser.close());

// stop runs in the page and tells which element has the focus, and what is wrong with it; null for none.
function stop() {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const name = at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent;
  const said = `${at.tagName} "${name.trim().slice(0, 30)}" ${at.getAttribute("href") ?? ""}`;
  const box = at.getBoundingClientRect();
  // what stays above the page while it scrolls: the bar, and the list of sections
  const above = [...document.querySelectorAll("header.bar, .contents")].filter(
    (e) => getComputedStyle(e).position === "sticky" && !e.contains(at),
  );
  const style = getComputedStyle(at);
  const light = (colour) => {
    const parts = colour.match(/[\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  let ground = at;
  while (ground && /^(rgba\(.*, 0\)|transparent)$/.test(getComputedStyle(ground).backgroundColor))
    ground = ground.parentElement;
  const ink = light(style.outlineColor);
  const paper = light(getComputedStyle(ground ?? document.documentElement).backgroundColor);
  const wrong = [];
  if (!name.trim()) wrong.push(`${said} has no name`);
  if (box.width < 1 || box.height < 1) wrong.push(`${said} is not seen`);
  if (box.bottom < 0 || box.top > innerHeight || box.right < 0 || box.left > innerWidth) wrong.push(`${said} is off`);
  for (const strip of at.closest("header.bar, .skip") ? [] : above) {
    const { top, bottom } = strip.getBoundingClientRect();
    const covers = box.top < bottom - 1 && box.bottom > top + 1 && box.height < innerHeight - bottom;
    if (covers) wrong.push(`${said} is under ${strip.className}`);
  }
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) wrong.push(`${said} shows no focus`);
  else if ((Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05) < 3)
    wrong.push(`${said}: its outline does not stand out`);
  // what a stop brings with it, as a mark its tip, comes after what was there
  const known = (window.placesOfAll ??= new Map([...document.querySelectorAll("*")].map((e, i) => [e, i])));
  return { place: known.get(at) ?? Infinity, wrong };
}

// walk presses Tab through a page and returns what was found at each stop, until the focus is where it was first or
// nowhere: as each key comes, the page is asked for the stop that it leaves. The keys of a batch follow each other
// without an answer between them.
async function walk(page) {
  await page.evaluate(`
    window.stops = [];
    addEventListener("keydown", () => stops.push((${stop})()), true);
  `);
  const cdp = await page.context().newCDPSession(page);
  const tab = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
  const press = (type) => cdp.send("Input.dispatchKeyEvent", { type, ...tab });
  for (let pressed = 0; pressed < 1500; pressed += 30) {
    await Promise.all(Array(30).fill().flatMap(() => [press("rawKeyDown"), press("keyUp")]));
    const stops = (await page.evaluate("stops")).slice(1); // the first key leaves no stop
    const ends = stops.findIndex((at, n) => !at || (n > 0 && at.place === stops[0].place));
    if (ends >= 0) return stops.slice(0, ends);
  }
  throw new Error("the keyboard does not come to an end");
}

for (const colorScheme of ["light", "dark"])
  test(`each stop of the keyboard is seen and named, in the order of the page, in ${colorScheme}`, async (t) => {
    const context = await browser.newContext({ colorScheme, viewport: { width: 1280, height: 900 } });
    t.after(() => context.close());
    for (const [name, path] of Object.entries(pages)) {
      const page = await context.newPage();
      await page.goto(path);
      const stops = await walk(page);
      const [wrong, places] = [stops.flatMap((at) => at.wrong), stops.map((at) => at.place)];
      assert.deepEqual([...new Set(wrong)], [], name);
      assert.ok(places.length > 3, `${name} has ${places.length} stops`);
      assert.deepEqual(
        places.filter((place, i) => i > 0 && place < places[i - 1]),
        [],
        `${name} is not walked in its order`,
      );
      await page.close();
    }
  });

test("the first stop leads past the bar", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(micro);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.getElementById("main").contains(document.activeElement)));
});

test("every table says what its cells are of", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  for (const [name, path] of Object.entries(pages)) {
    await page.goto(path);
    const wrong = await page.evaluate(() =>
      [...document.querySelectorAll("main table")].flatMap((table) => {
        const said = table.id || table.className || table.textContent.trim().slice(0, 30);
        const heads = [...table.querySelectorAll("th")];
        const out = [];
        if (!heads.length) out.push(`${said} has no head`);
        if (heads.some((head) => !head.scope)) out.push(`${said}: a head without scope`);
        if (heads.some((head) => !head.textContent.trim() && !head.querySelector("[aria-label]")))
          out.push(`${said}: a head without a name`);
        return out;
      }),
    );
    assert.deepEqual([...new Set(wrong)], [], name);
  }
});

test("where the system chooses the colours, what is shown stands out from what is not", async (t) => {
  const context = await browser.newContext({ forcedColors: "active", viewport: { width: 1280, height: 900 } });
  t.after(() => context.close());
  const page = await context.newPage();
  for (const [name, of] of [
    ["flow", ".bar nav > a"],
    ["sprint", ".bar nav > a"],
    ["sprint", ".walk li > a"],
    ["roadmap", ".walk li > a"],
  ]) {
    await page.goto(pages[name]);
    const grounds = (which) =>
      page.locator(which).evaluateAll((list) => list.map((e) => getComputedStyle(e).backgroundColor));
    const shown = await grounds(`${of}[aria-current]`);
    const others = await grounds(`${of}:not([aria-current])`);
    assert.equal(shown.length, 1, `${name} ${of}`);
    others.push(await page.evaluate(() => getComputedStyle(document.body).backgroundColor));
    assert.ok(others.length > 1 && !others.includes(shown[0]), `${name} ${of}: ${shown} among ${others}`);
  }
});

test("who sorts a table by the keyboard, or chooses rows of it, stays where the focus was", async (t) => {
  const company = await demo();
  await firstCycle(company.address);
  const page = await browser.newPage();
  t.after(() => page.close());
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim().replace(/ [↑↓]$/, ""));
  // up, down and as it was; a column of the portfolio goes up and down; a choice is made once
  for (const [path, link, orders, rows] of [
    ["/teams/Kubernetes/roadmap", '#epics thead a:has-text("Total")', 3, "#epics tbody tr"],
    ["/", '.sorts a:has-text("Done")', 2, "#odds tbody tr"],
    ["/", ".chips a.chip:last-child", 1, "#odds tbody tr"],
  ]) {
    await page.goto(company.address + path);
    await page.evaluate(() => (window.mark = "the same document"));
    const name = await page.locator(link).first().innerText();
    const seen = new Set([(await page.locator(rows).allInnerTexts()).join()]);
    for (let n = 0; n < orders; n++) {
      const address = page.url();
      await page.locator(link).first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.href !== address);
      assert.equal(await focused(), name.trim(), `${link} after ${n + 1}`);
      seen.add((await page.locator(rows).allInnerTexts()).join());
    }
    assert.ok(seen.size >= Math.min(orders + 1, 3), `${link} makes ${seen.size} orders`);
    assert.equal(await page.evaluate(() => window.mark), "the same document");
  }
});
