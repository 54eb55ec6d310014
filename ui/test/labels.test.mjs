// The labels of charts as a browser draws them: no text on another, on a line of data or on a bar. What the Go test
// computes for every sprint is confirmed here on one sprint of each team and state, on all with JEREM_LABELS=all.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, demo, firstCycle, launch } from "./browser.mjs";
import { labelFaults, widths } from "./faults.mjs";

let browser, played;
const all = process.env.JEREM_LABELS === "all";
before(async () => {
  await firstCycle();
  browser = await launch();
  if (all) played = await demo();
});
after(async () => {
  await browser?.close();
  await played?.stop();
});

async function walk(t, base, paths, sizes = Object.keys(widths)) {
  const page = await browser.newPage();
  t.after(() => page.close());
  let charts = 0;
  for (const path of paths) {
    await page.setViewportSize({ width: Number(sizes[0]), height: 900 });
    await page.goto(base + path);
    for (const width of sizes) {
      await page.setViewportSize({ width: Number(width), height: 900 });
      assert.deepEqual(await page.evaluate(labelFaults, widths[width]), [], `${decodeURI(path)} at ${width}`);
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
