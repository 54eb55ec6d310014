// Every kind of page of the demo and of recorded Jira data: a sprint of each state (all of them with JEREM_LABELS=all),
// a running and a past quarter, the flow and an issue of each team, the portfolio, at every width in both themes, held
// to what all pages promise: figures equal the API's, each opens and adds up, no label hides another or a line, nothing
// scrolls sideways or stands out of its card, time walks, and it prints.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { demo, firstCycle, hasRecorded, launch, recorded } from "./browser.mjs";
import { figureFaults } from "./faults.mjs";
import { look } from "./look.mjs";

const companies = [
  { name: "demo", start: demo, least: 20 },
  { name: "devlake", start: () => recorded("devlake", "devlake.yml"), data: "devlake", least: 8 },
  {
    name: "jirametrics",
    start: () => recorded("jirametrics/site", "jirametrics.yml"),
    data: "jirametrics/site",
    least: 6,
  },
];
const all = process.env.JEREM_LABELS === "all";
// The styles of text whose contrast was tried, on whatever page.
const tried = new Set();
let browser;
before(async () => {
  browser = await launch();
});
after(() => browser.close());

// pathsOf are the pages of a company, one of each kind.
async function pathsOf(base) {
  const json = (path) => fetch(`${base}/api/v1${path}`).then((r) => r.json());
  const paths = ["/", "/nowhere"];
  for (const { name } of await json("/teams")) {
    const team = `/teams/${encodeURIComponent(name)}`;
    const sprints = await json(`${team}/sprints`);
    const quarters = await json(`${team}/quarters`);
    paths.push(`${team}/flow`, `${team}/roadmap`);
    if (!sprints.some((sprint) => sprint.state === "active")) paths.push(team);
    for (const { quarter, end } of quarters.slice(0, 1)) paths.push(`${team}/roadmap?quarter=${quarter}&with=${end}`);
    const last = new Map(sprints.map((sprint) => [sprint.state, sprint]));
    for (const { id, state, start } of all ? sprints : last.values()) {
      paths.push(`${team}/sprints/${id}`);
      if (state === "future") continue;
      const next = new Date(Date.parse(start) + 86_400_000).toISOString().slice(0, 10);
      paths.push(`${team}/sprints/${id}?at=${next}`);
      if (state === "active") paths.push(`${team}/sprints/${id}/differences`);
      const { issues } = await json(`${team}/sprints/${id}`);
      if (issues.length) paths.push(`${team}/issues/${issues[0].key}`);
    }
    for (const { quarter } of quarters.slice(0, 1)) paths.push(`/?quarter=${quarter}`);
  }
  return [...new Set(paths)];
}

// written is an estimate as a tile writes it.
const written = (x, unit) => String(Math.round((unit === "seconds" ? x / 3600 : x) * 10) / 10).replace("-", "−");

// apiFaults compares the page of a sprint with what the API tells of the same sprint and moment.
async function apiFaults(page, base, path) {
  const sprint = /^(\/teams\/[^/]+\/sprints\/\d+)(\?at=.*)?$/.exec(path);
  if (!sprint) return [];
  const { ledger, completed, unit, scope } = await (await fetch(`${base}/api/v1${sprint[1]}${sprint[2] ?? ""}`)).json();
  if (!ledger || !scope) return [];
  const tile = async (name) => {
    const text = await page.locator(".tile", { hasText: name }).first().locator(".v a").innerText();
    return text.replace(/[\s\u202f]/g, "");
  };
  const out = [];
  for (const [name, value] of Object.entries({ Remaining: ledger.remaining, Completed: completed })) {
    const shown = await tile(name);
    if (shown !== "–" && shown !== written(value, unit))
      out.push(`${name} is ${shown}, the API tells ${value} ${unit}`);
  }
  return out;
}

// Two companies at a time: the browser draws each in a process of its own.
describe("companies", { concurrency: 2 }, () => {
  for (const { name, start, data, least } of companies) {
    const skip = data && !hasRecorded(data) ? `no recorded Jira data: set JEREM_RECORDED to try ${data}` : false;
    test(`${name}: every kind of page, at every width`, { skip }, async (t) => {
      const company = await start();
      const context = await browser.newContext({ bypassCSP: true });
      const page = await context.newPage();
      t.after(async () => {
        await context.close();
        await company.stop();
      });
      await firstCycle(company.address);
      const wrong = [];
      page.on("pageerror", (e) => wrong.push(String(e)));
      const paths = await pathsOf(company.address);
      assert.ok(paths.length >= least, `${paths.length} pages`);
      for (const path of paths) {
        const found = (faults, where) => wrong.push(...faults.map((fault) => `${decodeURI(path)} ${where}: ${fault}`));
        found(await look(page, company.address + path, tried), "");
        found(await page.evaluate(figureFaults), "opens");
        found(await apiFaults(page, company.address, path), "beside the API");
      }
      const sprint = paths.find((path) => path.includes("/sprints/") && !path.includes("differences"));
      await page.goto(company.address + sprint);
      const previous = page.locator(".walk a[rel=prev]");
      if (await previous.count()) {
        await previous.click();
        await page.waitForURL(/at=/);
      }
      assert.ok((await page.pdf({ format: "A4" })).length > 10_000);
      assert.deepEqual(wrong, []);
    });
  }
});
