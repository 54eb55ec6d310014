// Paper: light, whole, with what is folded unfolded, and with an explanation as its last part.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, firstCycle, launch, sharing } from "./browser.mjs";

const micro = `${address}/teams/Kubernetes`;
let browser, contextOf;
before(async () => {
  await firstCycle();
  browser = await launch();
  contextOf = sharing(browser);
});
after(() => browser.close());

// dark opens a page as a reader has it who chose dark.
async function dark(t, path) {
  const context = await contextOf({ colorScheme: "dark", viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  t.after(() => page.close());
  await page.goto(path);
  await page.evaluate(() => (document.documentElement.dataset.theme = "dark"));
  return page;
}

const pagesOf = (pdf) => (pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;

test("an open explanation is printed light, after the page", async (t) => {
  const page = await dark(t, `${micro}#explain-remaining`);
  await page.emulateMedia({ media: "print" });
  const seen = await page.evaluate(() => {
    const drawer = document.querySelector(".drawer:target");
    const style = getComputedStyle(drawer);
    const last = [...document.querySelectorAll("section")].at(-1).getBoundingClientRect();
    return {
      ground: getComputedStyle(document.body).backgroundColor,
      card: style.backgroundColor,
      ink: getComputedStyle(document.querySelector("h1")).color,
      position: style.position,
      shadow: style.boxShadow,
      below: drawer.getBoundingClientRect().top >= last.bottom,
    };
  });
  assert.deepEqual(
    { ...seen, ink: undefined },
    {
      ground: "rgb(255, 255, 255)",
      card: "rgb(255, 255, 255)",
      ink: undefined,
      position: "static",
      shadow: "none",
      below: true,
    },
  );
  assert.match(seen.ink, /^rgb\((\d|[1-9]\d), /, "the ink is dark");
});

// The part of a sheet of A4 that is printed on, in pixels of CSS: 12 mm are left free around it.
const sheet = { width: 703, height: 1032 };

// sheets lays a page out as columns as large as a sheet, which break as sheets do, and tells what is cut in two: cards
// that are not longer than a sheet, tiles, rows of tables.
const sheets = (page) =>
  page.evaluate(({ width, height }) => {
    Object.assign(document.body.style, {
      columns: `${width}px`,
      columnGap: 0,
      columnFill: "auto",
      width: `${width}px`,
      height: `${height}px`,
    });
    const out = { sheets: 0, cut: [] };
    for (const part of document.querySelectorAll("main .card, main .tiles, main tr, main .drawer:target")) {
      const pieces = [...part.getClientRects()].filter((piece) => piece.height > 0);
      out.sheets = Math.max(out.sheets, ...pieces.map((piece) => Math.floor((piece.left + 1) / width) + 1));
      const whole = getComputedStyle(part).breakInside === "avoid";
      // the head of a table that goes on is printed again, whole, on each sheet
      const again = part.closest("thead") && pieces.every((piece) => Math.abs(piece.height - pieces[0].height) < 1);
      if (whole && pieces.length > 1 && !again) out.cut.push((part.id || part.textContent).trim().slice(0, 40));
    }
    return out;
  }, sheet);

test("paper has few and full pages, whole cards, and lists that are folded on the screen", async (t) => {
  for (const [path, most] of [
    [micro, 6], // three of them are how work flows
    [`${micro}#explain-remaining`, 7],
    [`${micro}/roadmap`, 3],
    [`${micro}/flow`, 3],
    [`${address}/teams/Observability`, 3],
    [`${address}/`, 2],
    [`${micro}/issues/K8S-1424`, 2],
    [`${micro}/sprints/23/differences`, 1],
    [`${address}/explain?team=Kubernetes&sprint=23&figure=ledger.remaining`, 1],
  ]) {
    const page = await dark(t, path);
    const pdf = await page.pdf({ format: "A4", printBackground: true });
    const count = pagesOf(pdf);
    assert.ok(count >= 1 && count <= most, `${path} takes ${count} pages`);
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize(sheet);
    const long = await page.evaluate(() => {
      dispatchEvent(new Event("beforeprint"));
      return document.querySelector("main").getBoundingClientRect().bottom;
    });
    const full = long / ((count - 1) * sheet.height); // the last sheet may be short
    assert.ok(full > 0.8, `${path}: what takes ${count} sheets would fill ${Math.round(full * 100)} % of one less`);
    const faults = await page.evaluate(() => {
      dispatchEvent(new Event("beforeprint"));
      const out = [];
      const untouched = document.querySelector("#what-if[data-as-is]"); // nothing was tried out: nothing to print
      if (untouched && untouched.getBoundingClientRect().height > 0) out.push("sliders are printed");
      for (const folded of document.querySelectorAll("main details:not(.pick)"))
        if (!folded.open) out.push("a list is folded");
      const stands = (e) => e && e.getBoundingClientRect().height > 0;
      const saidAbove = (row) => row.matches(".grp") && stands(row.closest("table").querySelector("thead.paper"));
      for (const row of document.querySelectorAll("main .card:not([data-as-is]) tbody tr"))
        if (!stands(row) && !saidAbove(row)) out.push(`not printed: ${row.textContent.slice(0, 30)}`);
      for (const card of document.querySelectorAll("main .card"))
        if (getComputedStyle(card).breakInside !== "avoid" && card.querySelectorAll("tr").length < 32)
          out.push("a card may be cut in two");
      // beside a card that is not as wide as the page stand others, up to the edge; lists of equal cards end as they do
      for (const grid of document.querySelectorAll("main .grid")) {
        if (!grid.querySelector(":scope > .card:not(.c4)")) continue;
        const cards = [...grid.children].map((card) => card.getBoundingClientRect()).filter((r) => r.height > 0);
        const edge = grid.getBoundingClientRect().right;
        for (const card of cards) {
          const beside = cards.filter((r) => r.top < card.bottom - 1 && card.top < r.bottom - 1);
          if (Math.max(...beside.map((r) => r.right)) < edge - 2) out.push("half a card stands alone");
        }
      }
      return out;
    });
    assert.deepEqual(faults, [], path);
    const laid = await sheets(page);
    assert.equal(laid.sheets, count, `${path}: the sheets that are looked at are not those that are printed`);
    assert.deepEqual(laid.cut, [], path);
    await page.close();
  }
});

test("without script the style unfolds what is printed", async (t) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(micro);
  await page.emulateMedia({ media: "print" });
  assert.ok((await page.locator("#ledger tbody tr").last().boundingBox())?.height > 0);
});
