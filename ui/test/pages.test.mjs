// The pages as a reader has them: in a real browser, with and without script, wide and narrow, light
// and dark. What the figures are is tested in Go.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { accessFaults, wcag } from "./access.mjs";
import { address, firstCycle, launch, patience, sharing } from "./browser.mjs";

const micro = `${address}/teams/Kubernetes`;
const roadmap = `${micro}/roadmap`;
const network = `${address}/teams/R%C3%A9seau%20%2F%2050%25`;
const databases = `${address}/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%27co%27`;
const pages = {
  portfolio: `${address}/`,
  sprint: micro,
  "closed sprint": `${micro}/sprints/22`,
  roadmap,
  flow: `${micro}/flow`,
  "roadmap in hours": `${network}/roadmap`,
  "roadmap in issues, hard titles": `${databases}/roadmap`,
  "no sprints": `${address}/teams/Observability`,
  "past portfolio": `${address}/?at=2026-10-20`,
};
let browser, contextOf;

before(async () => {
  await firstCycle();
  browser = await launch();
  contextOf = sharing(browser);
});
after(async () => {
  await browser.close();
});

// open returns a page that fails the test by any error of script, style or policy.
async function open(t, path, options = {}) {
  const context = await contextOf({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (m) => m.type() === "error" && wrong.push(m.text()));
  page.on("pageerror", (e) => wrong.push(String(e)));
  page.on(
    "request",
    (r) => r.url().startsWith(address) || r.url().startsWith("data:") || wrong.push(`asks ${r.url()}`),
  );
  t.after(async () => {
    await page.close();
    assert.deepEqual(wrong, []);
  });
  const response = await page.goto(path);
  return { page, response };
}

test("the sentence, the tiles and the ledger say the same", async (t) => {
  const { page } = await open(t, micro);
  assert.match(await page.locator("h1").innerText(), /^Unlikely: 9\s% odds by Fri 27 Nov, 85\s% by Mon 21 Dec\.$/);
  assert.match(await page.locator(".beside").innerText(), /^16 of 43 points are done and 27 remain/);
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

test("every figure that opens has its explanation, on its page or on the one it leads to", async (t) => {
  const { page } = await open(t, micro);
  const known = new Map();
  let figures = 0;
  for (const path of [
    pages.sprint,
    pages.flow,
    pages["no sprints"],
    pages.roadmap,
    pages.portfolio,
    pages["roadmap in hours"],
    pages["roadmap in issues, hard titles"],
    pages["past portfolio"],
    pages["closed sprint"],
  ]) {
    await page.goto(path);
    const links = await page.evaluate(() => [...document.querySelectorAll("a.fig")].map((a) => a.href));
    figures += links.length;
    for (const link of new Set(links)) {
      const [where, id] = link.split("#");
      if (!known.has(where)) {
        await page.goto(where);
        known.set(
          where,
          new Set(
            await page.evaluate(() =>
              [...document.querySelectorAll(".drawer")]
                .filter((d) => d.querySelector(".formula b")?.textContent)
                .map((d) => d.id),
            ),
          ),
        );
      }
      assert.ok(known.get(where).has(id), `${path}: ${link} opens nothing`);
    }
  }
  assert.ok(figures > 60, `${figures} figures`);
});

test("the roadmap's sentence, tiles, epics and weeks say the same", async (t) => {
  const { page } = await open(t, roadmap);
  assert.match(
    await page.locator("h1").innerText(),
    /^Unlikely: under 1\s% odds by Thu 31 Dec; .*\(Tue 6 Jul 2027\), .*\.$/,
  );
  assert.match(await page.locator(".beside").innerText(), /^62\s% of Q4-26 is done and 29 .*\.$/);
  const tile = (name) => page.locator(".tile", { hasText: name }).first().locator(".v").innerText();
  assert.match(await tile("Slack"), /^\+15/);
  const row = await page.locator("#epics tfoot td.r").allInnerTexts();
  const [total, done, doing, todo] = row.map(Number);
  assert.equal(done + doing + todo, total);
  const column = async (n) =>
    (await page.locator(`#epics tbody tr td.r:nth-of-type(${n})`).allInnerTexts())
      .map(Number)
      .reduce((a, b) => a + b, 0);
  assert.equal(await column(3), total);
  assert.equal(await column(4), done);
  assert.equal(Number(await page.locator("#weeks tbody tr:last-child td").nth(2).innerText()), done);
  const line = await page.locator(".chart path.s-scope:not(.dash)").boundingBox();
  assert.ok(line.width > 200 && line.height > 40);
});

test("the portfolio says what is done, makes no verdict of slack, and leads to its pages without script", async (t) => {
  const { page } = await open(t, pages.portfolio, { javaScriptEnabled: false });
  assert.match(
    await page.locator("h1").innerText(),
    /^Of 3 initiatives for Thu 31 Dec: 1 on track, 1 unlikely, 1 where it cannot tell\.$/,
  );
  assert.match(
    await page.locator(".shares").innerText(),
    /^Observability has done 100\s% of Q4-26, Kubernetes 62\s%, .* 14\s%\.$/,
  );
  const rows = await page
    .locator("#teams tbody tr")
    .evaluateAll((rows) =>
      rows.map((r) => [
        r.querySelector("th a").textContent,
        r.querySelector(".state")?.textContent.trim() ?? r.querySelector('a[href$="#explain-slack"]').textContent,
      ]),
    );
  assert.deepEqual(rows, [
    ["Kubernetes", "+15"],
    ["Réseau / 50%", "−33"],
    ["<b>Databases</b> & 'co'", "–"],
    ["Observability", "+29"],
    ["Lost", "not read yet"],
  ]);
  await page.locator(".shares a.fig").first().click();
  assert.match(await page.locator("#explain-shares").innerText(), /Kubernetes[\s\S]*Observability/);
  await page.goto(pages.portfolio);
  await page.locator('#teams a.fig[href$="#explain-slack"]').first().click();
  assert.ok(page.url().startsWith(roadmap));
  assert.match(await page.locator("#explain-slack .formula").innerText(), /29 − 14 = 15/);
  await page.locator("#explain-slack .close").click();
  await page.locator("nav a", { hasText: "Sprint" }).click();
  assert.match(await page.locator(".beside").innerText(), /remain/);
  await page.locator("nav a", { hasText: "Portfolio" }).click();
  await page.locator("#teams th a", { hasText: "50%" }).click();
  assert.equal(page.url(), network);
});

test("the moment and the quarter that were asked for stay in the links", async (t) => {
  const { page } = await open(t, `${roadmap}?quarter=Q4-26&at=2026-11-10`);
  const links = await page.evaluate(() =>
    [...document.querySelectorAll("nav a, main a")]
      .filter((a) => !a.closest(".walk, #days")) // these lead to other moments
      .map((a) => a.getAttribute("href"))
      .filter((h) => h && h.startsWith("/")),
  );
  assert.ok(links.length > 10);
  assert.deepEqual(
    links.filter((h) => !h.includes("at=2026-11-10")),
    [],
  );
  assert.equal(await page.locator('header form input[name="quarter"]').getAttribute("value"), "Q4-26");
  await page.locator("details.pick", { hasText: "As of" }).locator("summary").click();
  await page.locator("a", { hasText: "Back to the last reading" }).click();
  assert.equal(page.url(), `${roadmap}?quarter=Q4-26`);
  await page.goto(`${micro}/sprints/22?at=2026-11-10`);
  const others = await page.evaluate(() =>
    [...document.querySelectorAll("nav a, main a")]
      .filter((a) => !a.closest(".walk, #days")) // these lead to other moments
      .map((a) => a.getAttribute("href"))
      .filter((h) => h && h.startsWith("/") && !h.includes("at=2026-11-10")),
  );
  assert.deepEqual(others, []);
});

test("a chart stands alone at its address, in light and dark", async (t) => {
  for (const colorScheme of ["light", "dark"]) {
    const { page } = await open(t, `${micro}/quarters/Q4-26/burnup.svg`, { colorScheme });
    const [width, scope, sheet] = await page.evaluate(() => [
      document.querySelector("path.s-scope").getBoundingClientRect().width,
      getComputedStyle(document.querySelector("path.s-scope")).stroke,
      getComputedStyle(document.querySelector("rect.sheet")).fill,
    ]);
    assert.ok(width > 200, `the line is ${width} wide`);
    assert.notEqual(scope, sheet);
    assert.equal(sheet, colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(21, 24, 28)");
  }
});

test("the API says what its goldens say", async () => {
  const at = {
    teams: "teams",
    quarter: "teams/Kubernetes/quarters/Q4-26",
    quarters: "teams/Kubernetes/quarters",
    sprints: "teams/Kubernetes/sprints",
    closed: "teams/Kubernetes/sprints/21",
    issue: "teams/Kubernetes/issues/k8s-1424",
  };
  for (const [name, path] of Object.entries(at)) {
    const golden = JSON.parse(await readFile(new URL(`../../web/testdata/${name}.json`, import.meta.url), "utf8"));
    let answer = await fetch(`${address}/api/v1/${path}`).then((r) => r.json());
    if (name === "teams") answer = answer.slice(0, 1);
    assert.deepEqual(answer, golden, name);
  }
});

test("print is light, and nothing is cut", async (t) => {
  const { page } = await open(t, roadmap, { colorScheme: "dark" });
  await page.emulateMedia({ media: "print" });
  assert.equal(
    await page.evaluate(() => getComputedStyle(document.querySelector(".card")).backgroundColor),
    "rgb(255, 255, 255)",
  );
  assert.ok(await page.locator("header nav").isHidden());
  assert.deepEqual(
    await page.evaluate(() =>
      [...document.querySelectorAll(".card .scroll")]
        .map((s) => getComputedStyle(s).overflowX)
        .filter((o) => o !== "visible"),
    ),
    [],
  );
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

test("an explanation is no fault of access either, and the keyboard reaches every figure", async (t) => {
  const tried = new Set();
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ colorScheme, bypassCSP: true });
    t.after(() => context.close());
    const page = await context.newPage();
    await page.goto(`${roadmap}#explain-slack`);
    assert.deepEqual(await accessFaults(page, tried, colorScheme === "light" ? wcag : []), [], colorScheme);
  }
  const page = await browser.newPage();
  t.after(() => page.close());
  await page.goto(roadmap);
  const reached = new Set();
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press("Tab");
    reached.add(
      await page.evaluate(() => document.activeElement?.getAttribute("href") ?? document.activeElement?.tagName),
    );
  }
  for (const id of ["slack", "progression", "remaining", "growth", "days", "left", "velocity", "average"]) {
    assert.ok(reached.has(`#explain-${id}`), `${id} is not reached by Tab`);
  }
});

test("a past day shows the past", async (t) => {
  const { page } = await open(t, `${micro}?at=2026-11-17`);
  assert.match(await page.locator(".beside").innerText(), /points are done and/);
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
  await page.evaluate(() => localStorage.clear()); // other tests have this context too
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

test("a page of the present follows it, one of the past stands still", async (t) => {
  const demo = spawn(fileURLToPath(new URL("../../bin/jerem", import.meta.url)), ["demo", "--listen", "127.0.0.1:0"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  t.after(() => demo.kill());
  const [line] = await once(demo.stdout, "data");
  const pages = String(line).trim().replace(/\/$/, "");
  const context = await browser.newContext();
  t.after(() => context.close());
  const moment = (p) => p.locator("header.bar .pick.end > summary").innerText();
  const dot = () => getComputedStyle(document.querySelector("header.bar .pick.end > summary span"), "::before").content;
  const asks = { past: 0, present: 0 };
  const visit = async (name, path) => {
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${pages}/teams/Kubernetes${path}`);
    page.on("request", (r) => r.resourceType() === "fetch" && asks[name]++);
    return page;
  };
  const past = await visit("past", "?at=2026-11-10");
  await past.clock.fastForward(60_000);
  const page = await visit("present", "");
  await page.evaluate(() => (window.mark = "the same document"));
  const before = await moment(page);
  const until = Date.now() + patience;
  while ((await moment(page)) === before && Date.now() < until) await page.clock.fastForward(5_000);
  assert.notEqual(await moment(page), before);
  assert.equal(await page.evaluate(() => window.mark), "the same document");
  assert.match(await page.locator(".beside").innerText(), /points are done/);
  assert.equal(await page.evaluate(dot), '""', "the dot says that the page follows");
  assert.equal(await past.evaluate(dot), "none", "a moment that was asked for does not follow");
  const lead = page.locator("h1 a").first();
  await lead.click(); // an explanation is open: nothing moves
  await page.evaluate(() => document.activeElement?.blur());
  asks.present = 0;
  await page.clock.fastForward(60_000);
  assert.equal(await page.evaluate(() => location.hash.startsWith("#explain")), true);
  assert.deepEqual(asks, { past: 0, present: 0 });
  await page.keyboard.press("Escape"); // closed: the page follows again, and the focus stays where it was
  const closed = await moment(page);
  await lead.focus();
  const later = Date.now() + patience;
  while ((await moment(page)) === closed && Date.now() < later) await page.clock.fastForward(5_000);
  assert.notEqual(await moment(page), closed, "the page does not follow after an explanation");
  assert.equal(
    await page.evaluate(() => document.activeElement?.getAttribute("href")),
    await lead.getAttribute("href"),
  );
  const ahead = await visit("past", "?at=2030-01-01");
  assert.equal(await ahead.evaluate(dot), "none");
  for (const still of [past, ahead])
    assert.deepEqual(
      await still.locator("svg.chart text", { hasText: /^now$/ }).count(),
      0,
      "another moment is not now",
    );
  await page.route("**/*", (route) => route.abort());
  await page.clock.fastForward(6_000);
  await page.waitForFunction(() => document.documentElement.dataset.follows === "no");
});

test("a card and a wall break no figure of their sentence, and a wall stays by a key", async (t) => {
  const page = await browser.newPage();
  t.after(() => page.close());
  const split = () =>
    [...document.querySelectorAll(".sentence b, .beside b")]
      .filter((figure) => figure.getClientRects().length > 1)
      .map((figure) => figure.textContent);
  for (const width of [600, 1000, 1280, 1600]) {
    await page.setViewportSize({ width, height: 900 });
    for (const path of ["/wall?every=3600&show=1", "/teams/Observability/card", "/teams/Kubernetes/card"]) {
      await page.goto(address + path);
      // as narrow as it goes: a line breaks wherever it may
      await page.evaluate(() => {
        for (const text of document.querySelectorAll(".sentence")) text.style.width = "min-content";
      });
      assert.deepEqual(await page.evaluate(split), [], `${path} at ${width}`);
    }
  }
  await page.goto(`${address}/wall?every=3600&show=1`);
  await page.getByRole("link", { name: "Stay" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Go on" }).waitFor();
  assert.equal(new URL(page.url()).search, "?every=0&show=1");
});
