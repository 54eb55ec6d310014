// The labels of charts as a browser draws them: no text on another, on a line of data or on a bar. What the Go test
// computes for every sprint is confirmed here on one sprint of each team and state, on all with JEREM_LABELS=all.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, demo, firstCycle, launch } from "./browser.mjs";

let browser, played;
const all = process.env.JEREM_LABELS === "all";
before(async () => {
  await firstCycle();
  browser = await launch();
  if (all) played = await demo();
});
after(async () => {
  await browser?.close();
  played?.stop();
});

// The widths of the drawings that the Go test assumes, by the ids of their titles.
const widths = {
  390: {
    "t-cycle": 298,
    "t-cfd": 298,
    "t-ageing": 298,
    "t-through": 298,
    "t-burn": 298,
    "t-imp": 298,
    "t-vel": 298,
    "t-burnup": 298,
    "t-weekly": 298,
  },
  768: {
    "t-cycle": 620,
    "t-cfd": 620,
    "t-ageing": 620,
    "t-through": 620,
    "t-burn": 620,
    "t-imp": 620,
    "t-vel": 620,
    "t-burnup": 620,
    "t-weekly": 620,
  },
  1024: {
    "t-cycle": 554.7,
    "t-cfd": 554.7,
    "t-ageing": 233.3,
    "t-through": 233.3,
    "t-burn": 554.7,
    "t-imp": 554.7,
    "t-vel": 233.3,
    "t-burnup": 876,
    "t-weekly": 876,
  },
  1280: {
    "t-cycle": 725.3,
    "t-cfd": 725.3,
    "t-ageing": 318.7,
    "t-through": 318.7,
    "t-burn": 725.3,
    "t-imp": 725.3,
    "t-vel": 318.7,
    "t-burnup": 1132,
    "t-weekly": 623.7,
  },
  1920: {
    "t-cycle": 725.3,
    "t-cfd": 725.3,
    "t-ageing": 318.7,
    "t-through": 318.7,
    "t-burn": 725.3,
    "t-imp": 725.3,
    "t-vel": 318.7,
    "t-burnup": 1132,
    "t-weekly": 623.7,
  },
};

// faults runs in the page: it reads every chart as it is drawn.
function faults(assumed) {
  const out = [];
  const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (const chart of document.querySelectorAll("svg.chart")) {
    const id = chart.querySelector("title").id;
    const style = getComputedStyle(chart);
    const width = chart.getBoundingClientRect().width - parseFloat(style.paddingLeft);
    if (Math.abs(width - assumed[id]) > 1.5) out.push(`${id} is ${width} wide, not ${assumed[id]}`);
    const texts = [...chart.querySelectorAll("text")]
      .filter((e) => e.checkVisibility())
      .map((e) => {
        const box = e.getBoundingClientRect();
        const base = e.getStartPositionOfChar(0).y + chart.getBoundingClientRect().top;
        return { said: e.textContent, left: box.left, right: box.right, top: base - 8, bottom: base + 2.4 };
      });
    const bars = [...chart.querySelectorAll("rect:not(.off):not(.f-soft), circle")].map((e) =>
      e.getBoundingClientRect(),
    );
    const points = [];
    for (const path of chart.querySelectorAll("path, line:not(.gridl):not(.zero)")) {
      if (!path.checkVisibility()) continue;
      const matrix = path.getScreenCTM();
      const long = path.getTotalLength();
      for (let at = 0; at <= long; at += 0.75) {
        const p = path.getPointAtLength(at).matrixTransform(matrix);
        points.push({ left: p.x, right: p.x + 0.01, top: p.y, bottom: p.y + 0.01 });
      }
    }
    texts.forEach((text, i) => {
      for (const other of texts.slice(i + 1))
        if (over(text, other)) out.push(`${id}: "${text.said}" lies on "${other.said}"`);
      for (const bar of bars) if (bar.height > 0.5 && over(text, bar)) out.push(`${id}: "${text.said}" lies on a bar`);
      if (points.some((p) => over(text, p))) out.push(`${id}: "${text.said}" lies on a line`);
    });
  }
  return out;
}

async function walk(t, base, paths, sizes = Object.keys(widths)) {
  const page = await browser.newPage();
  t.after(() => page.close());
  let charts = 0;
  for (const path of paths) {
    await page.setViewportSize({ width: Number(sizes[0]), height: 900 });
    await page.goto(base + path);
    for (const width of sizes) {
      await page.setViewportSize({ width: Number(width), height: 900 });
      assert.deepEqual(await page.evaluate(faults, widths[width]), [], `${decodeURI(path)} at ${width}`);
      charts += await page.locator("svg.chart").count();
    }
  }
  return charts;
}

const json = (base, path) => fetch(`${base}/api/v1${path}`).then((r) => r.json());

test("labels of one sprint of each team and state, and of each team's roadmap, hide nothing", async (t) => {
  const paths = [];
  for (const { name } of await json(address, "/teams")) {
    const team = `/teams/${encodeURIComponent(name)}`;
    const sprints = await json(address, `${team}/sprints`);
    if (!Array.isArray(sprints)) continue; // a team that was not read
    const states = new Map(sprints.map((sprint) => [sprint.state, sprint.id]));
    paths.push(
      ...[...states.values()].map((id) => `${team}/sprints/${id}`),
      `${team}/flow`,
      `${team}/roadmap`,
      `${team}/roadmap?at=2026-10-05`,
    );
    const active = sprints.find((sprint) => sprint.state === "active");
    if (active) paths.push(`${team}/sprints/${active.id}?at=${active.start.replace(/:\d\d(\.\d+)?Z$/, ":59Z")}`);
  }
  assert.ok((await walk(t, address, paths)) > 40);
});

test(
  "labels of every sprint and quarter of a simulated company hide nothing",
  { skip: all ? false : "JEREM_LABELS=all" },
  async (t) => {
    const paths = [];
    for (const { name } of await json(played.address, "/teams")) {
      const team = `/teams/${encodeURIComponent(name)}`;
      for (const sprint of await json(played.address, `${team}/sprints`)) {
        if (sprint.state === "future") continue;
        const start = Date.parse(sprint.start);
        const end = sprint.complete ? Date.parse(sprint.complete) : start + 5 * 86_400_000;
        for (const at of [start, start + 3_600_000, start + 86_400_000, (start + end) / 2, end])
          paths.push(`${team}/sprints/${sprint.id}?at=${new Date(at).toISOString()}`);
      }
      for (const { quarter, start } of await json(played.address, `${team}/quarters`))
        paths.push(`${team}/roadmap?quarter=${quarter}`, `${team}/roadmap?quarter=${quarter}&at=${start}`);
    }
    assert.ok((await walk(t, played.address, paths)) > 1000);
  },
);
