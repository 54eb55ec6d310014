// What a screen reader is given, in the accessibility tree as Chromium builds it: each table, picture and control has a
// name, nothing is read twice, rows and columns have heads, and a heading pauses where it has two parts.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { address, demo, firstCycle, launch } from "./browser.mjs";

let browser;
before(async () => {
  await Promise.all([firstCycle(), firstCycle((await demo()).address)]);
  browser = await launch();
});
after(() => browser.close());

const controls = ["link", "button", "combobox", "textbox", "slider", "checkbox", "radio"];
const named = ["table", "image", "navigation", "region", "dialog", ...controls];
const heads = ["columnheader", "rowheader"];
const longest = 300; // characters of a name: as many as four weeks of a chart's days

// heard returns the nodes of a page that are read out, each with its role, name, description and children.
async function heard(page) {
  const cdp = await page.context().newCDPSession(page);
  const { nodes } = await cdp.send("Accessibility.getFullAXTree");
  await cdp.detach();
  const text = (value) => String(value?.value ?? "").replace(/\s+/g, " ").trim();
  const list = nodes.map((n) => ({
    id: n.nodeId,
    role: text(n.role),
    name: text(n.name),
    says: text(n.description),
    ignored: n.ignored,
    kids: n.childIds ?? [],
  }));
  const byID = new Map(list.map((n) => [n.id, n]));
  for (const n of list) n.kids = n.kids.map((id) => byID.get(id)).filter(Boolean);
  return list.filter((n) => !n.ignored);
}

// below are all nodes under one that have a role, those in one of them left out.
const below = (node, roles) =>
  node.kids.flatMap((kid) => (!kid.ignored && roles.includes(kid.role) ? [kid] : below(kid, roles)));

// faults tells what of a page is heard wrongly.
function faults(nodes) {
  const out = [];
  for (const n of nodes) {
    const said = `${n.role} "${n.name.slice(0, 60)}"`;
    if (named.includes(n.role) && !n.name) out.push(`a ${n.role} has no name`);
    if (n.says && (n.says.includes(n.name) || n.name.includes(n.says))) out.push(`${said} is read twice: "${n.says}"`);
    if (named.includes(n.role) && n.name.length > longest) out.push(`${said} has ${n.name.length} characters`);
    if (n.role === "image" && below(n, ["StaticText"]).length) out.push(`${said}: what is drawn is read out too`);
    if (n.role === "heading" && /[^:,;.?!] [A-Z][^.?!:,;]*\?$/.test(n.name)) out.push(`${said} does not pause`);
    if (n.role !== "table") continue;
    const rows = below(n, ["row"]);
    const wide = rows.some((row) => below(row, ["cell", ...heads]).length > 3);
    if (wide && !below(rows[0], heads).length) out.push(`${said} has columns without heads`);
    if (rows.some((row) => !below(row, heads).length && below(row, ["cell"]).length > 1))
      out.push(`${said} has a row without a head`);
    for (const cell of rows.flatMap((row) => below(row, ["cell"]))) {
      const figures = below(cell, ["StaticText"]).map((t) => t.name);
      for (const image of below(cell, ["image"]))
        if (figures.includes(image.name)) out.push(`${said}: "${image.name}" is read and drawn`);
    }
  }
  return [...new Set(out)];
}

test("what is heard has names and heads, and is read once", async (t) => {
  const base = (await demo()).address;
  const teams = await (await fetch(`${base}/api/v1/teams`)).json();
  const paths = ["/", "/nowhere", "/oncall", "/oncall/review", "/oncall/statements", "/styleguide", "/wall"];
  for (const { name, kind } of teams) {
    const team = `/teams/${encodeURIComponent(name)}`;
    paths.push(team, `${team}/roadmap`, `${team}/card`);
    if (kind === "scrum") paths.push(`${team}/flow`);
  }
  const micro = `${address}/teams/Kubernetes`;
  const all = [
    ...paths.map((path) => base + path),
    `${micro}/sprints/22`,
    `${micro}/sprints/23?at=2026-11-20&with=2026-11-17`,
    `${micro}/sprints/23/differences`,
    `${micro}/issues/K8S-1424`,
    `${address}/explain?team=Kubernetes&sprint=23&figure=ledger.remaining`,
    `${micro}#explain-remaining`,
  ];
  const page = await browser.newPage();
  t.after(() => page.close());
  const wrong = [];
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    // on a phone, where rows turn into cells, one page of each kind is enough
    for (const path of width === 1280 ? all : all.slice(0, 10)) {
      await page.goto(path);
      const nodes = await heard(page);
      assert.ok(nodes.length > 20, `${path} is heard`);
      wrong.push(...faults(nodes).map((fault) => `${new URL(path).pathname} at ${width}: ${fault}`));
    }
  }
  assert.deepEqual(wrong, []);
});
