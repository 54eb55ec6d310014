// A reader who has set the browser's text twice as large reads all of it twice as large, that of drawings too, and
// nothing scrolls sideways at any width.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, demo, firstCycle, launch } from "./browser.mjs";

let browser;
before(async () => {
  browser = await launch(["--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]);
});
after(() => browser?.close());

const sizes = () => {
  const size = (of) => parseFloat(getComputedStyle(document.querySelector(of)).fontSize);
  const tall = document.querySelector(".chart text").getBoundingClientRect().height;
  return { body: size("body"), title: size("h2"), isDrawingLarge: tall > 20 };
};

test("text twice as large is read twice as large", async (t) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  t.after(() => page.close());
  await firstCycle();
  await page.goto(`${address}/teams/Kubernetes`);
  assert.deepEqual(await page.evaluate(sizes), { body: 28, title: 36, isDrawingLarge: true });
});

test("text twice as large scrolls no page sideways", async (t) => {
  const company = await demo();
  const page = await browser.newPage();
  t.after(async () => {
    await page.close();
    await company.stop();
  });
  const [scrum, kanban] = ["/teams/Kubernetes", "/teams/Identity"];
  const figure = "/explain?team=Kubernetes&figure=usual_pace";
  for (const path of ["/", scrum, `${scrum}/roadmap`, `${scrum}/flow`, kanban, figure, "/oncall", "/nowhere"]) {
    await page.goto(company.address + path);
    for (const width of [390, 768, 1024, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${path} at ${width} is ${wide} wide`);
    }
  }
});

// What is wider than the place it stands in, where nothing of it can be scrolled to; parted lines hang out by a dot.
const cutOff = () =>
  [...document.querySelectorAll("main .tile, main .card, main .cells tbody > tr > *")]
    .filter((e) => e.checkVisibility() && !e.querySelector(".parted") && getComputedStyle(e).overflowX !== "auto")
    .filter((e) => e.scrollWidth > e.clientWidth + 1 || e.getBoundingClientRect().right > innerWidth)
    .map((e) => `${e.tagName}.${e.className}: ${e.textContent.trim().replace(/\s+/g, " ").slice(0, 40)}`);

test("text twice as large is cut off nowhere on a phone", async (t) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  t.after(() => page.close());
  await firstCycle();
  for (const path of ["/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap", "/teams/Kubernetes/flow", "/oncall"]) {
    await page.goto(address + path);
    assert.deepEqual(await page.evaluate(cutOff), [], path);
  }
});

// Names of steps of a walk that lie on each other, and figures beside bars that are broken over two lines.
const brokenOrCovered = () => {
  const textBox = (e) => {
    const range = document.createRange();
    range.selectNodeContents(e);
    const month = e.querySelector(".month"); // below the day, in the room of the next one, once
    if (month) range.setEndBefore(month);
    return range.getBoundingClientRect();
  };
  const names = [...document.querySelectorAll(".walk li > *")].filter((e) => parseFloat(getComputedStyle(e).fontSize));
  const boxes = names.map(textBox);
  const covered = names.filter((_, n) => n > 0 && boxes[n - 1].right > boxes[n].left + 1);
  const broken = [...document.querySelectorAll(".waterfall .r .fig")].filter((e) => e.getClientRects().length > 1);
  return { names: names.length, wrong: [...covered, ...broken].map((e) => e.textContent.trim()) };
};

test("at 320 pixels no figure is broken, and a sign stands before its number", async (t) => {
  const usual = await launch();
  const company = await demo();
  t.after(async () => {
    await usual.close();
    await company.stop();
  });
  const page = await usual.newPage({ viewport: { width: 320, height: 640 } });
  for (const path of ["/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap"]) {
    await page.goto(company.address + path);
    assert.deepEqual((await page.evaluate(brokenOrCovered)).wrong, [], path);
    const alone = await page.evaluate(() =>
      [...document.querySelectorAll(".sentence .sign + .fig")]
        .filter((e) => e.previousElementSibling.getBoundingClientRect().right > e.getBoundingClientRect().left)
        .map((e) => e.textContent),
    );
    assert.deepEqual(alone, [], path);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${path} is ${wide} wide`);
  }
});

test("text twice as large breaks no figure and covers no step on a phone", async (t) => {
  const company = await demo();
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  t.after(async () => {
    await page.close();
    await company.stop();
  });
  for (const path of ["/", "/teams/Kubernetes", "/teams/Kubernetes/roadmap", "/teams/Identity"]) {
    await page.goto(company.address + path);
    const { names, wrong } = await page.evaluate(brokenOrCovered);
    assert.ok(names >= 3, `${path}: the ends of the walk and the step looked at are named`);
    assert.deepEqual(wrong, [], path);
  }
});
