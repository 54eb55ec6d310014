// On-call's pages, of the demo whose time stands still: as a reader, a person of a rota, an operator and who pays have
// them. What the figures are is tested in Go.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { accessFaults, wcag } from "./access.mjs";
import { demo, firstCycle, launch, ownDemo, sharing } from "./browser.mjs";

const bruno = "bruno@cloud.example";
// Who looks at what, by the names of the snapshots.
const pages = {
  "oncall-viewer": ["", "/oncall"],
  "oncall-overview": ["operator", "/oncall"],
  "oncall-rota": [bruno, "/oncall/network"],
  "oncall-rota-operator": ["operator", "/oncall/k8s"],
  "oncall-me": [bruno, "/oncall/me"],
  "oncall-give": [bruno, ""],
  "oncall-callouts": [bruno, "/oncall/callouts"],
  "oncall-callouts-operator": ["operator", "/oncall/callouts"],
  "oncall-absences": ["operator", "/oncall/absences"],
  "oncall-review": [bruno, "/oncall/review"],
  "oncall-statements": ["treasurer", "/oncall/statements/2026-11"],
  "oncall-statement": [bruno, "/oncall/statements/2026-10"],
  "oncall-refused": ["", "/oncall/me"],
};
let browser, contextOf, played;
before(async () => {
  [browser, played] = await Promise.all([launch(), ownDemo()]);
  contextOf = sharing(browser);
  await firstCycle(played.address);
  const page = await as(bruno, "/oncall/me");
  pages["oncall-give"][1] = await page.locator('a:has-text("Give away")').first().getAttribute("href");
  await page.close();
});
after(async () => {
  await browser?.close();
  await played?.stop();
});

const cookieOf = (value) => ({ name: "jerem_demo_person", value, domain: "127.0.0.1", path: "/" });

// as opens a page as somebody of the company, of whom the address keeps a cookie; their pages share a context.
async function as(who, path, options = {}) {
  const storageState = who && { cookies: [cookieOf(who)], origins: [] };
  const context = await contextOf({ viewport: { width: 1280, height: 900 }, ...options, ...(who && { storageState }) });
  const page = await context.newPage();
  page.wrong = [];
  page.on("console", (m) => m.type() === "error" && !/403/.test(m.text()) && page.wrong.push(m.text()));
  page.on("pageerror", (e) => page.wrong.push(String(e)));
  await page.goto(played.address + path);
  return page;
}

// faults runs in the page and tells what does not fit: what scrolls sideways, stands out of its card, or lies on
// something else; and which words of a table are broken in two.
function faults() {
  const out = [];
  for (const folded of document.querySelectorAll("details.more")) folded.open = true;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) out.push(`the page is ${scrollWidth} wide on ${clientWidth}`);
  for (const s of document.querySelectorAll(".scroll"))
    if (s.scrollWidth > s.clientWidth + 1) out.push(`a table is ${s.scrollWidth} wide on ${s.clientWidth}`);
  const texts = [];
  const isHidden = (e) => e.closest("thead") && getComputedStyle(e.closest("thead")).position === "absolute";
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const of = node.parentElement;
    const isShown = !of.closest(".vh, script, style, svg, select, .skip") && of.getClientRects().length > 0;
    if (!node.data.trim() || !isShown || isHidden(of)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects())
      if (rect.width > 1) texts.push({ rect, said: node.data.trim().slice(0, 25) });
  }
  for (const [i, one] of texts.entries()) {
    if (one.rect.right > clientWidth + 1) out.push(`"${one.said}" is cut`);
    for (const other of texts.slice(i + 1)) {
      const [a, b] = [one.rect, other.rect];
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3 && b.top < a.bottom - 3)
        out.push(`"${one.said}" lies on "${other.said}"`);
    }
  }
  return [...new Set(out)];
}

test("every page of on-call fits every width, and has no fault of access in light and dark", async () => {
  const tried = new Set();
  for (const [name, [who, path]] of Object.entries(pages)) {
    const page = await as(who, path, { bypassCSP: true }); // for axe
    for (const width of [390, 768, 1024, 1920, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await page.evaluate(faults), [], `${name} at ${width}`);
    }
    await page.evaluate(() => {
      for (const folded of document.querySelectorAll("details")) folded.open = true;
    });
    assert.deepEqual(await accessFaults(page, tried, [...wcag, "best-practice"]), [], name);
    await page.emulateMedia({ colorScheme: "dark" }); // what axe looks for but for colours is the same
    assert.deepEqual(await accessFaults(page, tried), [], `${name} in the dark`);
    await page.close();
  }
});

test("a swap takes three clicks on a phone, without script", async () => {
  const phone = { viewport: { width: 390, height: 844 }, javaScriptEnabled: false };
  const giver = await as(bruno, "/oncall/me", phone);
  await giver.locator('a:has-text("Give away")').last().click();
  const what = await giver.locator("h1").innerText();
  const amara = giver.locator('button:text-is("amara")');
  const box = await amara.boundingBox();
  assert.ok(box.height >= 28 && box.width >= 44, `the button is ${box.width} by ${box.height}`);
  await amara.click();
  assert.match(await giver.locator("[role=status]").innerText(), /It was asked/);
  assert.match(what, /^Give away k8s, /);
  const taker = await as("amara@cloud.example", "/oncall/me", phone);
  const asked = taker.locator("li", { hasText: "bruno asks you: cover" });
  await asked.locator('button:text-is("Accept")').click();
  assert.match(await taker.locator("[role=status]").innerText(), /It is accepted/);
  await giver.goto(`${played.address}/oncall/me`);
  assert.ok(!(await giver.locator("body").innerText()).includes("You ask amara"), "it is settled");
  for (const page of [giver, taker]) await page.close();
});

test("a swap is three keys by the names that a screen reader says, on a phone", async () => {
  let pressed = 0;
  // press reaches what has a role and a name by Tab alone, says what it is called, and presses Enter.
  const press = async (page, role, name) => {
    const wanted = page.getByRole(role, { name }).first();
    const isThere = () => wanted.evaluate((e) => e === document.activeElement);
    for (let n = 0; n < 80 && !(await isThere()); n++) await page.keyboard.press("Tab");
    assert.ok(await isThere(), `the keyboard does not reach ${name}`);
    await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
    pressed++;
  };
  const phone = { viewport: { width: 390, height: 844 } };
  const giver = await as(bruno, "/oncall/me", phone);
  await press(giver, "link", /^Give away k8s, Wed 18 Nov 09:00 to /);
  await press(giver, "button", "elena");
  assert.match(await giver.getByRole("status").innerText(), /It was asked/);
  const taker = await as("elena@cloud.example", "/oncall/me", phone);
  await press(taker, "button", /^Accept: bruno asks you: cover/);
  assert.match(await taker.getByRole("status").innerText(), /It is accepted/);
  assert.equal(pressed, 3);
  for (const page of [giver, taker]) await page.close();
});

test("the keyboard reaches every button and link of one's own page", async () => {
  const page = await as(bruno, "/oncall/me");
  const all = await page.locator("main a, main button, main select").count();
  const reached = new Set();
  for (let n = 0; n < all + 15; n++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const list = [...document.querySelectorAll("main a, main button, main select")];
      const active = document.activeElement;
      const outline = getComputedStyle(active).outlineStyle;
      return [list.indexOf(active), outline];
    });
    if (at[0] >= 0) {
      reached.add(at[0]);
      assert.notEqual(at[1], "none", `element ${at[0]} shows no focus`);
    }
  }
  assert.equal(reached.size, all);
  await page.close();
});

test("a statement is printed on one sheet, light, without buttons", async () => {
  const page = await as(bruno, "/oncall/statements/2026-10", { colorScheme: "dark" });
  const pdf = await page.pdf({ format: "A4", printBackground: true });
  assert.equal((pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length, 1);
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => ({
    ground: getComputedStyle(document.body).backgroundColor,
    buttons: [...document.querySelectorAll("main button, main select")].filter((e) => e.getClientRects().length).length,
    text: document.querySelector("main").innerText,
  }));
  assert.equal(seen.ground, "rgb(255, 255, 255)");
  assert.equal(seen.buttons, 0);
  for (const want of ["October 2026", "bruno", "C-1002", "Sum", "frozen", "EUR"])
    assert.ok(seen.text.includes(want), want);
  await page.close();
});

test("what is read out of on-call is what was read before", async () => {
  const folder = new URL("snapshots/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  const first = played;
  played = await demo(); // the swap above stays out of it
  await firstCycle(played.address);
  try {
    for (const [name, [who, path]] of Object.entries(pages)) {
      const page = await as(who, path);
      const tree = `${await page.locator("main").ariaSnapshot()}\n`.replaceAll(/127\.0\.0\.1:\d+/g, "127.0.0.1:0");
      const file = new URL(`${name}.yml`, folder);
      if (process.env.UPDATE_SNAPSHOTS) writeFileSync(file, tree);
      assert.equal(tree, readFileSync(file, "utf8"), `${name} is read out otherwise; see CONTRIBUTING.md`);
      assert.deepEqual(page.wrong, [], name);
      await page.close();
    }
  } finally {
    played = first;
  }
});
