// The pictures of the documentation, taken of the demo, whose time stands still: every page once, the first three on a
// phone and in the dark too, as far as a window shows them.
import { mkdirSync } from "node:fs";
import { address, firstCycle, launch } from "./browser.mjs";

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });
await firstCycle();
const browser = await launch([], { whole: true });

const list = await (await fetch(`${address}/api/v1/teams`)).json();
const base = (team) => `/teams/${encodeURIComponent(team.name)}`;
const scrum = base(list.find((team) => team.kind === "scrum"));
const kanban = base(list.find((team) => team.kind === "kanban"));
const sprints = await (await fetch(`${address}/api/v1${scrum}/sprints`)).json();
const active = sprints.find((one) => one.state === "active");
const closed = sprints.filter((one) => one.state === "closed").at(-1);
const sprint = await (await fetch(`${address}/api/v1${scrum}/sprints/${active.id}`)).json();
const day = (n) => new Date(Date.parse(active.start) + n * 86_400_000).toISOString().slice(0, 10);
const issue = sprint.ledger.entries.find((entry) => entry.kind === "complete")?.issue ?? sprint.issues[0].key;
const query = `team=${encodeURIComponent(list[0].name)}&sprint=${active.id}&figure=ledger.remaining`;

// The first rota that the page of all rotas leads to.
const overview = await (await fetch(`${address}/oncall`)).text();
const rota = /href="(\/oncall\/(?!me"|review"|statements)[^"/?]+)"/.exec(overview)[1];

// shoot writes a page as a picture: the whole of it, or as much as a window shows, at rest.
async function shoot(name, path, { width = 1280, scheme = "light", height = 0 } = {}) {
  const context = await browser.newContext({ viewport: { width, height: height || 900 }, colorScheme: scheme });
  const page = await context.newPage();
  await page.goto(address + path);
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: height === 0, animations: "disabled" });
  await context.close();
}

for (const [name, path] of [
  ["portfolio", "/"],
  ["micro", scrum],
  ["roadmap", `${scrum}/roadmap`],
]) {
  await shoot(name, path);
  await shoot(`${name}-dark`, path, { scheme: "dark", height: 1400 });
  await shoot(`${name}-phone`, path, { width: 390, height: 3000 });
}
for (const [name, path] of [
  ["flow", `${scrum}/flow`],
  ["kanban", kanban],
  ["closed-sprint", `${scrum}/sprints/${closed.id}`],
  ["differences", `${scrum}/sprints/${active.id}/differences`],
  ["issue", `${scrum}/issues/${issue}`],
  ["figure", `/explain?${query}`],
  ["components", "/styleguide"],
  ["problem", "/teams/Nobody"],
  ["oncall", "/oncall"],
  ["oncall-rota", rota],
  ["oncall-review", "/oncall/review"],
])
  await shoot(name, path);
await shoot("two-moments", `${scrum}/sprints/${active.id}?at=${day(7)}&with=${day(1)}`, { height: 1800 });
await shoot("explanation", `${scrum}#explain-remaining`, { height: 1060 });
await shoot("card", `${scrum}/card`, { width: 700 });
await shoot("wall", "/wall", { width: 1920, scheme: "dark", height: 1080 });
await shoot("readme-micro", scrum, { height: 1240 });
await shoot("readme-roadmap", `${scrum}/roadmap`, { height: 1420 });
await browser.close();
