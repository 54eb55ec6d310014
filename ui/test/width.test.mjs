// Pages at the widths that people have, under names as long as names get: nothing scrolls sideways, in the page or in a
// card, nothing stands out of its card, and nothing in the bar lies on another.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { demo, firstCycle, launch, played, serve } from "./browser.mjs";
import { layoutFaults } from "./faults.mjs";

let browser, long;
before(async () => {
  [browser, long] = await Promise.all([launch(), serve("long.yml")]);
});
after(async () => {
  await browser?.close();
  await long?.stop();
});

test("every page fits every width, under long names", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${long.address}/`);
  const teams = await page.$$eval("#teams tbody th a", (links) => links.map((a) => a.getAttribute("href")));
  assert.equal(teams.length, 4);
  const first = `${teams[0]}/issues/K8S-1424`;
  const paths = [
    "/",
    "/nowhere",
    first,
    ...teams,
    ...teams.flatMap((team) => [`${team}/roadmap`, `${team}/flow`]),
    `${teams[0]}/sprints/22?at=2026-11-10`,
  ];
  for (const path of paths) {
    await page.goto(long.address + path);
    for (const width of [390, 768, 1024, 1100, 1150, 1280, 1920]) {
      await page.setViewportSize({ width, height: 900 });
      assert.deepEqual(await page.evaluate(layoutFaults), [], `${decodeURI(path)} at ${width}`);
    }
  }
});

test("names as strange as people make them, and what is told as a bound, have their room", async (t) => {
  const hostile = await played("hostile.txtar", "hostile.yml");
  const page = await browser.newPage();
  t.after(async () => {
    await page.close();
    await hostile.stop();
  });
  await page.goto(`${hostile.address}/`);
  assert.match(await page.locator("#odds").innerText(), /at most[\s\S]*not before/);
  const team = await page.locator("#teams tbody th a").first().getAttribute("href");
  await page.goto(hostile.address + team);
  for (const width of [390, 1024, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => scrollTo(0, 1500));
    const [bar, list] = await Promise.all([".bar", ".contents"].map((of) => page.locator(of).boundingBox()));
    assert.ok(list.y >= Math.max(0, bar.y + bar.height - 1) && list.y < 60, `at ${width} the list is at ${list.y}`);
  }
  for (const path of ["/", team, `${team}/roadmap`, `${team}/flow`, `${team}/issues/HOS-30`]) {
    await page.goto(hostile.address + path);
    for (const width of [390, 768, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const over = (await page.evaluate(crowded)).filter((fault) => fault.includes(" lies on "));
      assert.deepEqual([...(await page.evaluate(layoutFaults)), ...over], [], `${decodeURI(path)} at ${width}`);
    }
  }
});

test("a date with its year stands in its tile at every width", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${long.address}/styleguide`);
  for (const width of [390, 768, 1024, 1150, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const dates = await page.$$eval(".tile .v a", (links) =>
      links
        .filter((link) => /\d{4}$/.test(link.textContent))
        .map((a) => a.closest(".tile").getBoundingClientRect().right - a.getBoundingClientRect().right),
    );
    assert.ok(dates.length > 1 && dates.every((room) => room > 0), `${width}: room is ${dates}`);
  }
});

test("in a long walk a month stands beside its day at every width, within the walk", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(`${long.address}/styleguide`);
  for (const width of [390, 768, 1024, 1280, 1920]) {
    await page.setViewportSize({ width, height: 900 });
    const months = await page.$$eval(".walk ol:has(> :nth-child(32)) .month", (list) =>
      list.map((month) => {
        const boxOf = (e) => e.getBoundingClientRect();
        const [own, day, walk] = [month, month.parentElement, month.closest("ol")].map(boxOf);
        const beside = own.left > day.left && own.bottom <= day.bottom && own.top < day.top + 12;
        return { beside, in: own.right <= walk.right };
      }),
    );
    assert.deepEqual(months, Array(2).fill({ beside: true, in: true }), `at ${width}`);
  }
});

test("in a walk of three or four weeks no day runs into another on a phone, and months are whole", async (t) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  t.after(() => page.close());
  for (const steps of [12, 17, 23, 31]) {
    await page.goto(`${long.address}/styleguide`);
    const wrong = await page.evaluate((steps) => {
      const list = document.querySelector(".walk ol:has(> :nth-child(32))");
      [...list.children].slice(steps).forEach((day) => day.remove());
      list.querySelectorAll("[aria-current]").forEach((day) => day.removeAttribute("aria-current"));
      list.children[steps - 1].firstElementChild.setAttribute("aria-current", "date");
      const range = document.createRange();
      const rectOf = (node) => (range.selectNodeContents(node), range.getBoundingClientRect());
      const days = [...list.children].map((day) => day.querySelector("[aria-hidden]").firstChild);
      const shown = days.map((day) => [day.data.trim(), rectOf(day)]).filter(([, rect]) => rect.width > 0);
      const out = [];
      shown.forEach(([name, rect], n) => {
        if (n && rect.left < shown[n - 1][1].right + 1) out.push(`${shown[n - 1][0]} runs into ${name}`);
      });
      if (shown.length < 3) out.push(`${shown.length} days are named`);
      list.scrollIntoView({ block: "center" });
      for (const month of list.querySelectorAll(".month")) {
        const { right, top, width, height } = rectOf(month);
        const seen = document.elementFromPoint(right - 1, top + height / 2);
        if (width && seen?.closest("li") !== month.closest("li")) out.push(`${month.textContent} is covered`);
      }
      return out;
    }, steps);
    assert.deepEqual(wrong, [], `${steps} days`);
  }
});

test("a table of many columns is a table on a tablet and a desk, and no word in it is broken", async (t) => {
  const company = await demo();
  const page = await browser.newPage();
  t.after(() => page.close());
  await firstCycle(company.address);
  await page.goto(`${company.address}/`);
  const teams = await page.$$eval("#teams tbody th a", (links) => links.map((a) => a.getAttribute("href")));
  const paths = ["/", "/?with=2026-11-10", ...teams];
  for (const team of teams) paths.push(`${team}/roadmap`, `${team}/roadmap?with=2026-11-10`, `${team}/flow`);
  await page.goto(company.address + teams[0]);
  const issue = await page.locator('#issues a[href*="/issues/"]').first().getAttribute("href");
  paths.push(issue);
  for (const path of paths) {
    await page.goto(company.address + path);
    for (const width of [768, 1024, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      const wrong = await page.evaluate(() => {
        const out = [];
        for (const folded of document.querySelectorAll("details.more")) folded.open = true;
        for (const table of document.querySelectorAll("main table:has(thead th:nth-child(5))")) {
          const isGrid = getComputedStyle(table.tBodies[0].rows[0]).display === "grid";
          if (isGrid && !table.matches("#epics, .odds, #if")) out.push(`${table.id} is shown in cells`);
        }
        for (const cell of document.querySelectorAll("main :is(td, th)")) {
          const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.parentElement.closest("svg, .vh, thead.vh")) continue;
            for (const word of node.data.matchAll(/[^\s-]+/g)) {
              const range = document.createRange();
              range.setStart(node, word.index);
              range.setEnd(node, word.index + word[0].length);
              const lines = [...range.getClientRects()].filter((r) => r.width > 0).map((r) => Math.round(r.top));
              if (word[0].length < 22 && new Set(lines).size > 1) out.push(`"${word[0]}" is broken`);
            }
          }
        }
        return [...new Set(out)];
      });
      assert.deepEqual(wrong, [], `${decodeURI(path)} at ${width}`);
    }
  }
});

test("on a phone no column of a table is lost", async (t) => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  t.after(() => page.close());
  await page.goto(`${long.address}/teams/Managed%20Kubernetes%20and%20container%20registry`);
  for (const [table, columns] of [
    ["issues", 4],
    ["impediments", 5],
  ]) {
    const seen = await page
      .locator(`#${table} tbody tr:not(.group)`)
      .first()
      .locator("td")
      .evaluateAll(
        (cells) =>
          cells
            .filter((c) => c.textContent.trim())
            .map((c) => c.getBoundingClientRect())
            .filter((r) => r.width > 0 && r.left >= 0 && r.right <= innerWidth).length,
      );
    assert.equal(seen, columns, `${table} shows ${seen} of ${columns} columns`);
  }
});

// crowded runs in the page and tells which cells of a table have a word broken in two, or stand on each other, and
// which values neither have a name nor stand beside their key where the heads of the columns are not shown.
function crowded() {
  const out = [];
  for (const folded of document.querySelectorAll("details.more")) folded.open = true;
  const said = (e) => e.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
  const seen = (e) => !e.closest(".vh, thead") && e.getClientRects().length > 0;
  // what is short and stands on the line of its key needs no name there
  const besideFirst = (row, cell) => {
    const first = row.children[0].getBoundingClientRect();
    const own = cell.getBoundingClientRect();
    return first.left < own.left && first.top < own.bottom && own.top < first.bottom;
  };
  for (const row of document.querySelectorAll(".cells tr")) {
    const texts = [];
    for (const cell of [...row.children].filter(seen)) {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!seen(node.parentElement) || node.parentElement.closest("svg")) continue;
        for (const word of node.data.matchAll(/[^\s-]+/g)) {
          const range = document.createRange();
          range.setStart(node, word.index);
          range.setEnd(node, word.index + word[0].length);
          const rects = [...range.getClientRects()].filter((r) => r.width > 0);
          if (word[0].length < 16 && new Set(rects.map((r) => Math.round(r.top))).size > 1)
            out.push(`"${word[0]}" of "${said(cell)}" is broken`);
          for (const rect of rects) texts.push({ cell, rect, word: word[0] });
        }
      }
      const named =
        cell.dataset.l ||
        (cell.matches(".near") && besideFirst(row, cell)) ||
        cell.matches(
          "th, .key, .summary, .barcol, .axis, .stated, .bars, .prog, .risk, .likely, .remark, .why, .nobr.full",
        );
      if (getComputedStyle(row).display === "grid" && said(cell) && !named) out.push(`"${said(cell)}" has no name`);
    }
    for (const [i, one] of texts.entries()) {
      for (const other of texts.slice(i + 1)) {
        const [a, b] = [one.rect, other.rect];
        if (
          one.cell !== other.cell &&
          a.left < b.right - 1 &&
          b.left < a.right - 1 &&
          a.top < b.bottom - 2 &&
          b.top < a.bottom - 2
        )
          out.push(`"${one.word}" lies on "${other.word}"`);
      }
    }
  }
  return [...new Set(out)];
}

test("on a phone every value of a table has its name and its room", async (t) => {
  const company = await demo();
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
  t.after(async () => {
    await page.close();
    await company.stop();
  });
  await firstCycle(company.address);
  await page.goto(`${company.address}/`);
  const teams = await page.$$eval("#teams tbody th a", (links) => links.map((a) => a.getAttribute("href")));
  assert.equal(teams.length, 4);
  await page.goto(company.address + teams[0]);
  const differences = await page.locator('a[href*="/differences"]').first().getAttribute("href");
  for (const path of [
    "/",
    "/?quarter=Q3-26",
    differences,
    ...teams.flatMap((team) => [team, `${team}/roadmap`, `${team}/flow`]),
  ]) {
    await page.goto(company.address + path);
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      assert.deepEqual(await page.evaluate(crowded), [], `${decodeURI(path)}, ${colorScheme}`);
    }
  }
});
