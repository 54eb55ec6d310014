// Every page in every state that it may be in: nothing known yet, nothing there, a first reading, partial, old,
// unknown, an error, names as long as names get, a hundred teams; past, running and planned sprints; no right to see.
// Each at every width, in light and dark.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { wcag } from "./access.mjs";
import { address, firstCycle, jiraBetween, launch, patience, serve, serveAtOnce, start } from "./browser.mjs";
import { look } from "./look.mjs";

const kubernetes = "/teams/Kubernetes";
const network = "/teams/R%C3%A9seau%20%2F%2050%25";
const databases = "/teams/%3Cb%3EDatabases%3C%2Fb%3E%20&%20%27co%27";
const ofTeam = (team) => [team, `${team}/roadmap`, `${team}/flow`];
const dir = mkdtempSync(join(tmpdir(), "jerem-states-"));
// The styles of text whose contrast was tried, on whatever page.
const tried = new Set();
const stops = [];
let browser;
before(async () => {
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await Promise.all(stops.map((stop) => stop()));
  rmSync(dir, { recursive: true, force: true });
});

// until waits until a page tells something.
async function until(address, what) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const text = await fetch(address).then((answer) => answer.text());
    if (what.test(text)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${address} does not tell ${what}`);
}

// between serves the story through a Jira that can be held, or refuses.
async function between(state) {
  const jira = await jiraBetween(process.env.JEREM_JIRA_URL, state);
  const served = await serveAtOnce("story.yml", { JEREM_JIRA_URL: jira.address, JEREM_RUNNER_PERIOD: "1s" });
  stops.push(served.stop, jira.stop);
  return { ...served, jira };
}

// written is the path of a configuration of the story with more keys.
function written(name, more) {
  const path = join(dir, name);
  const jira = { url: process.env.JEREM_JIRA_URL, username: "jerem@example.org", password: "simulated-token" };
  writeFileSync(path, JSON.stringify({ jira, ...more }));
  return path;
}

// Many teams: as many projects with a board, a sprint, an epic and two issues each.
const many = [...Array(100).keys()].map((n) => `T${n + 100}`);
function manyTeams() {
  const boards = many.map(
    (key, n) => `-- board ${n + 1} scrum ${key} "Team ${key}" --
estimate customfield_10036
column "To Do": open
column "In Progress": doing
column "Done": done
`,
  );
  const sprints = many.map(
    (key, n) => `${n + 1} "${key} 9" 2026-11-16 09:30 .. 2026-11-27 17:00 board=${n + 1} created 2026-11-09 10:00`,
  );
  const issues = many.map(
    (key, n) => `-- ${key}-1 Epic "Work of ${key}" --
2026-09-21 10:00 created labels=Q4-26,Project_Part_${n % 30}

-- ${key}-2 Story "The first of ${key}" --
2026-11-12 10:00 created points=5 sprint=${n + 1} epic=${key}-1
2026-11-17 10:00 status=doing
2026-11-19 10:00 status=done log 3h

-- ${key}-3 Story "The second of ${key}" --
2026-11-12 10:01 created points=8 sprint=${n + 1} epic=${key}-1
2026-11-18 10:00 status=doing
`,
  );
  return `A hundred teams.

-- site --
url https://jira.example
zone Europe/Paris
clock 2026-11-23 14:00

${boards.join("\n")}
-- sprints --
${sprints.join("\n")}

${issues.join("\n")}`;
}

// worlds serve pages in some states: each returns its address, and the pages by what they show, with who looks.
const worlds = {
  async "what was read"() {
    await firstCycle();
    return {
      served: address,
      pages: {
        portfolio: "/",
        "portfolio of one state": "/?state=unlikely&sort=-odds",
        "portfolio of a past quarter": "/?quarter=Q3-26",
        "portfolio of a quarter to come": "/?quarter=Q1-27",
        "past portfolio": "/?at=2026-10-20",
        "two moments of the portfolio": "/?with=2026-11-10",
        "running sprint": kubernetes,
        "past day": `${kubernetes}?at=2026-11-17`,
        "closed sprint": `${kubernetes}/sprints/22`,
        "planned sprint": `${kubernetes}/sprints/23?at=2026-11-12`,
        "two moments": `${kubernetes}/sprints/23?at=2026-11-20&with=2026-11-17`,
        differences: `${kubernetes}/sprints/23/differences`,
        roadmap: `${kubernetes}/roadmap`,
        "past quarter": `${kubernetes}/roadmap?quarter=Q3-26`,
        "quarter without epics": `${kubernetes}/roadmap?quarter=Q1-27`,
        "quarter without estimates": `${kubernetes}/roadmap?at=2026-09-25&quarter=Q4-26`,
        "two moments of a quarter": `${kubernetes}/roadmap?with=2026-11-16`,
        "what if, and chosen epics": `${kubernetes}/roadmap?pace=0.8&scope=5&without=K8S-1301&epics=K8S-1300,K8S-1301`,
        flow: `${kubernetes}/flow`,
        "two moments of the flow": `${kubernetes}/flow?with=2026-11-10`,
        issue: `${kubernetes}/issues/K8S-1424`,
        "two moments of an issue": `${kubernetes}/issues/K8S-1424?at=2026-11-20&with=2026-11-10`,
        figure: "/explain?team=Kubernetes&sprint=23&figure=ledger.remaining",
        "hours: running sprint": network,
        "hours: roadmap": `${network}/roadmap`,
        "hours: flow": `${network}/flow`,
        "issues, hard titles: running sprint": databases,
        "issues, hard titles: roadmap": `${databases}/roadmap`,
        "issues, hard titles: flow": `${databases}/flow?from=2026-10-01`,
        "no sprints": "/teams/Observability",
        "no sprints, two moments": "/teams/Observability?with=2026-11-10",
        "no sprints: roadmap": "/teams/Observability/roadmap",
        "no sprints: flow": "/teams/Observability/flow",
        "a team that Jira does not know": "/teams/Lost",
        "its roadmap": "/teams/Lost/roadmap",
        "before everything: portfolio": "/?at=2020-01-01",
        "before everything: sprint": `${kubernetes}?at=2020-01-01`,
        "before everything: roadmap": `${kubernetes}/roadmap?at=2020-01-01`,
        "before everything: flow": `${kubernetes}/flow?at=2020-01-01`,
        "before everything: issue": `${kubernetes}/issues/K8S-1424?at=2020-01-01`,
        ahead: `${kubernetes}?at=2030-01-01`,
        "team of no name": "/teams/Nobody",
        "no such page": "/nowhere",
        "question that cannot be read": "/?at=noon",
        components: "/styleguide",
        card: `${kubernetes}/card`,
        "card of a team that Jira does not know": "/teams/Lost/card",
        wall: "/wall?every=3600",
      },
    };
  },
  async "a first reading"() {
    const { address: served } = await between("holds");
    return { served, pages: pagesOf(["/", ...ofTeam(kubernetes), `${kubernetes}/card`, "/wall?every=3600"]) };
  },
  async "a Jira that lets nobody in"() {
    const { address: served } = await between("refuses");
    await firstCycle(served);
    return { served, pages: pagesOf(["/", ...ofTeam(kubernetes), `${kubernetes}/card`, "/wall?every=3600"]) };
  },
  async "old figures"() {
    const { address: served, jira } = await between("passes");
    await until(`${served}/`, /62\s%/);
    jira.state = "refuses";
    await until(`${served}/`, /behind since/);
    return { served, pages: pagesOf(["/", ...ofTeam(kubernetes), `${kubernetes}/card`, "/wall?every=3600"]) };
  },
  async "no right to see"() {
    const config = written("access.yml", {
      projects: [
        { name: "K8S", label: "Kubernetes" },
        { name: "NET", label: "Network" },
      ],
      access: {
        mode: "proxy",
        metrics: "open",
        trusted: ["127.0.0.1"],
        roles: { viewer: ["ada", "bob"] },
        teams: { Kubernetes: ["ada"], Network: ["ada"] },
      },
    });
    const { address: served, stop } = await serve(config);
    stops.push(stop);
    const as = (who, paths) => paths.map((path) => [`${who || "nobody"}: ${path}`, { path, who }]);
    return {
      served,
      pages: Object.fromEntries([
        ...as("bob", ["/", kubernetes, "/wall?every=3600"]), // sees no team
        ...as("eve", ["/", kubernetes]), // may not look
        ...as("", ["/"]), // is not logged in
      ]),
    };
  },
  async "a hundred teams"() {
    const story = join(dir, "many.txtar");
    writeFileSync(story, manyTeams());
    const tool = new URL("../../bin/jerem", import.meta.url).pathname;
    const args = ["sim", "--scenario", story, "--speed", "0", "--listen", "127.0.0.1:0"];
    const jira = await start(tool, args, {}, "stdout");
    const config = written("many.yml", { projects: many.map((name) => ({ name, label: `Team ${name}` })) });
    const { address: served, stop } = await serve(config, { JEREM_JIRA_URL: jira.address });
    stops.push(stop, jira.stop);
    const pages = ["/", "/?with=2026-11-17", ...ofTeam("/teams/Team%20T150"), "/wall?every=3600"];
    return { served, pages: pagesOf(pages) };
  },
};

const pagesOf = (paths) => Object.fromEntries(paths.map((path) => [path, path]));

// keepStill has a page that asks again by itself stay while it is looked at. Only for such a page do requests pass by
// here, which takes longer and has the browser read styles and scripts anew.
async function keepStill(page, url, headers) {
  await page.unrouteAll();
  const told = await fetch(url, { headers, redirect: "manual" });
  await told.arrayBuffer();
  if (!told.headers.has("refresh")) return;
  await page.route("**/*", async (route) => {
    if (!route.request().isNavigationRequest()) return route.continue();
    const response = await route.fetch();
    const { refresh, ...others } = response.headers();
    await route.fulfill({ response, headers: others });
  });
}

let headsSeen = 0;

// headless tells which folded tables have no head on paper, where they go on over several sheets.
async function headless(page, name) {
  const heads = page.locator(".more thead.vh");
  if ((await heads.count()) === 0) return [];
  headsSeen += await heads.count();
  await page.emulateMedia({ media: "print" });
  const sizes = await heads.evaluateAll((list) => list.map((head) => [head.offsetWidth, head.offsetHeight]));
  const shown = await heads.evaluateAll((list) => list.map((head) => getComputedStyle(head).clipPath === "none"));
  await page.emulateMedia({ media: "screen" });
  const isWhole = ([width, height], n) => width > 400 && height > 10 && shown[n];
  return sizes.every(isWhole) ? [] : [`${name}: a folded table is printed without its head, ${sizes.join(" and ")}`];
}

describe("every page in every state, at every width, in light and dark", { concurrency: 2 }, () => {
  for (const [world, open] of Object.entries(worlds))
    test(world, async (t) => {
      const { served, pages } = await open();
      const context = await browser.newContext({ bypassCSP: true });
      t.after(() => context.close());
      const page = await context.newPage();
      const wrong = [];
      page.on("pageerror", (e) => wrong.push(String(e)));
      for (const [name, asked] of Object.entries(pages)) {
        const [url, who] = [served + (asked.path ?? asked), asked.who ? { "X-Forwarded-User": asked.who } : {}];
        await page.setExtraHTTPHeaders(who);
        await keepStill(page, url, who);
        const tags = [...wcag, "best-practice"];
        const faults = await look(page, url, tried, { tags, name: `${world} ${name}` });
        wrong.push(...faults.map((fault) => `${name} ${fault}`), ...(await headless(page, name)));
      }
      assert.deepEqual(wrong, []);
      if (world === "a hundred teams") assert.ok(headsSeen > 0, "there are folded tables of teams");
    });
});
