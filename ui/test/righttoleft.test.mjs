// Names in Arabic and Hebrew: in every text of every page, also in drawings, the number behind a name stands behind it.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, serve, start } from "./browser.mjs";
import { layoutFaults } from "./faults.mjs";

const dir = mkdtempSync(join(tmpdir(), "jerem-names-"));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
let browser, jira, jerem;

before(async () => {
  const scenario = join(dir, "story.txtar");
  writeFileSync(
    scenario,
    readFileSync(here("../../web/webtest/testdata/story.txtar"), "utf8")
      .replaceAll('"Sprint 23"', '"سبرنت الخريف"')
      .replaceAll('"Private clusters"', '"عناقيد خاصة"'),
  );
  const args = ["sim", "--scenario", scenario, "--speed", "0", "--listen", "127.0.0.1:0"];
  [browser, jira] = await Promise.all([launch(), start(here("../../bin/jerem"), args, {}, "stdout")]);
  jerem = await serve("righttoleft.yml", { JEREM_JIRA_URL: jira.address });
});
after(async () => {
  await browser?.close();
  await jerem?.stop();
  await jira?.stop();
  rmSync(dir, { recursive: true, force: true });
});

// misplaced runs in the page: it tells how many numbers stand behind a name in the text, and which of them are shown
// before it. A block's text is read through its inline elements, as a reader does.
function misplaced() {
  const blockOf = (node) => {
    let e = node.parentElement;
    while (getComputedStyle(e).display.startsWith("inline") && !e.matches("svg text")) e = e.parentElement;
    return e;
  };
  const blocks = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const block = blockOf(node);
    if (!blocks.has(block)) blocks.set(block, []);
    for (let i = 0; i < node.data.length; i++) blocks.get(block).push({ node, i, c: node.data[i] });
  }
  const rectOf = ({ node, i }) => {
    const range = document.createRange();
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    return range.getBoundingClientRect();
  };
  const wrong = [];
  let read = 0;
  for (const letters of blocks.values()) {
    const text = letters.map((l) => l.c).join("");
    for (const found of text.matchAll(/[\u0590-\u08ff][\s:,·(\u2068\u2069]*(?=\d)/g)) {
      const name = rectOf(letters[found.index]);
      const number = rectOf(letters[found.index + found[0].length]);
      if (!name.width || !number.width || Math.abs(name.top - number.top) > 4) continue;
      read++;
      // The first letter of a word lies right of its last one, which is looked at here: the number is right of both.
      const word = /[\u0590-\u08ff]+$/.exec(text.slice(0, found.index + 1))[0];
      const first = rectOf(letters[found.index + 1 - word.length]);
      if (number.left < first.right - 1) wrong.push(text.trim().replace(/\s+/g, " ").slice(0, 80));
    }
  }
  return { read, wrong };
}

test("the number behind a name stands behind it, and the name fits", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  const team = `/teams/${encodeURIComponent("فريق البيانات")}`;
  const network = `/teams/${encodeURIComponent("צוות הרשת")}`;
  let read = 0;
  for (const path of [
    "/",
    "/?quarter=Q3-26",
    team,
    network,
    `${team}/sprints/22`,
    `${team}/sprints/23/differences`,
    `${team}/roadmap`,
    `${network}/roadmap`,
    `${team}/flow`,
    `${team}/issues/K8S-1424`,
    `${team}/issues/K8S-1300`,
    `/explain?team=${encodeURIComponent("فريق البيانات")}&sprint=23&figure=ledger.remaining`,
    "/teams/%D9%85%D9%81%D9%82%D9%88%D8%AF",
    "/wall?every=3600",
    `${team}/card`,
  ]) {
    await page.goto(jerem.address + path);
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const faults = await page.evaluate(misplaced);
      read += faults.read;
      assert.deepEqual(faults.wrong, [], `${decodeURI(path)} at ${width}`);
      assert.deepEqual(await page.evaluate(layoutFaults), [], `${decodeURI(path)} at ${width}`);
    }
  }
  assert.ok(read > 0, "no number stands behind a name");
});
