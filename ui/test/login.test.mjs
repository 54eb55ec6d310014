// The login, walked as people do at a real identity provider that runs beside the tests: who comes in, what they see,
// and who is kept out. What follows from claims and roles is tested in Go.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, patience, start } from "./browser.mjs";

const dir = mkdtempSync(join(tmpdir(), "jerem-login-"));
const secret = "a-secret-of-the-client";
let browser, provider, jerem, pages;

// freePort is a port that nobody listens on: provider and server have to know each other before they start.
const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });

before(async () => {
  const port = await freePort();
  pages = `http://localhost:${port}`;
  const tool = join(dir, "provider");
  await new Promise((done, failed) => {
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const built = spawn("go", ["build", "-o", tool, "./ui/test/provider"], { cwd, stdio: "inherit" });
    built.on("exit", (code) => (code === 0 ? done() : failed(new Error("the provider cannot be built"))));
  });
  const access = join(dir, "jerem.access.db");
  const flags = ["--secret", secret, "--callback", `${pages}/login/callback`, "--access", access];
  provider = await start(tool, flags, {}, "stdout");
  const config = join(dir, "config.yml");
  writeFileSync(
    config,
    JSON.stringify({
      jira: { url: process.env.JEREM_JIRA_URL, username: "jerem@example.org", password: "simulated-token" },
      projects: [
        { name: "K8S", label: "Kubernetes" },
        { name: "NET", label: "Secluded" },
      ],
      server: { listen: `127.0.0.1:${port}`, url: pages },
      store: { path: join(dir, "jerem.db") },
      access: {
        mode: "oidc",
        metrics: "open",
        oidc: { issuer: provider.address, client_id: "jerem", client_secret: secret },
        teams: { Secluded: ["test-user@zitadel.ch"] },
      },
    }),
  );
  [browser, jerem] = await Promise.all([
    launch([], { whole: true }),
    start(
      fileURLToPath(new URL("../../bin/jerem", import.meta.url)),
      ["--config", config, "--log-level", "info", "serve"],
      { JEREM_STORE_PATH: "" },
      "stderr",
    ),
  ]);
  await ready();
});
after(async () => {
  await browser?.close();
  await Promise.all([jerem?.stop(), provider?.stop()]);
  rmSync(dir, { recursive: true, force: true });
});

// ready waits until the teams are read.
async function ready() {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const status = await fetch(`${pages}/readyz`).then((r) => r.status, () => 0);
    if (status === 200) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("nothing was read in three minutes");
}

// demand has the provider do something.
async function demand(what) {
  const answer = await fetch(`${provider.address}/test/${what}`, { method: "POST" });
  assert.equal(answer.status, 200);
}

// visit opens an address in a browser of its own; first runs in each page before its own script.
async function visit(path, first) {
  const context = await browser.newContext();
  const page = await context.newPage();
  if (first) await page.addInitScript(first);
  page.on("response", (r) => {
    if (r.request().isNavigationRequest() && r.frame() === page.mainFrame()) page.status = r.status();
  });
  await page.goto(pages + path);
  return page;
}

// logIn fills in the form of the provider, on which a page stands, and returns the status of what follows here.
async function logIn(page, user) {
  assert.ok(page.url().startsWith(provider.address), `not at the provider but at ${page.url()}`);
  await page.fill("#username", user);
  await page.fill("#password", "verysecure");
  await Promise.all([page.waitForURL((url) => url.origin === pages), page.click("button[type=submit]")]);
  await page.waitForLoadState();
  return page.status;
}

test("whoever logs in comes to the page that they asked for, as long as the session lasts", async () => {
  const page = await visit("/teams/Secluded/flow");
  assert.equal(await logIn(page, "test-user@127.0.0.1"), 200);
  assert.equal(new URL(page.url()).pathname, "/teams/Secluded/flow");
  await page.goto(`${pages}/portfolio`);
  assert.match(await page.textContent("body"), /Log out/);
  const cookies = await page.context().cookies(pages);
  assert.ok(cookies.length > 0 && cookies.every((c) => c.httpOnly && c.sameSite === "Lax"), JSON.stringify(cookies));
  await demand("end-sessions");
  await page.goto(`${pages}/portfolio`);
  assert.ok(!page.url().startsWith(pages), `a session that ended shows ${page.url()}`);
  await page.context().close();
});

test("an open page whose session ends says so, asks no more, and leads to the login and back", async () => {
  const page = await visit("/teams/Kubernetes/flow?from=2026-10-01");
  await logIn(page, "test-user2");
  const sentence = await page.locator("h1").innerText();
  await demand("end-sessions");
  const comesBack = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await comesBack(); // the reader comes back to it
  const line = page.locator("#lost");
  await line.waitFor();
  const said = "Your login has ended. What stands here is as of the moment above. Log in again";
  assert.equal(await line.innerText(), said);
  assert.equal(await page.locator("h1").innerText(), sentence, "the figures stay");
  const asked = [];
  page.on("request", (r) => asked.push(r.url()));
  await comesBack();
  await page.evaluate(() => new Promise((done) => requestIdleCallback(done)));
  assert.deepEqual(asked, [], "who may not look asks no more");
  await Promise.all([page.waitForURL((url) => url.origin !== pages), line.locator("a").click()]);
  await logIn(page, "test-user2");
  assert.equal(page.url(), `${pages}/teams/Kubernetes/flow?from=2026-10-01`);
  assert.equal(await page.locator("#lost").count(), 0);
  await demand("end-sessions");
  await line.waitFor(); // nobody comes back to it: its stream ends with the login
  assert.equal(await line.innerText(), said);
  await Promise.all([page.waitForURL((url) => url.origin !== pages), page.locator(".walk a[rel=prev]").click()]);
  await logIn(page, "test-user2");
  assert.match(page.url(), /\/teams\/Kubernetes\/flow\?at=2026-/, "a step of the walk leads on after the login");
  await page.context().close();
});

test("a page that never polls learns by its stream that the login ended", async () => {
  const page = await visit("/teams/Kubernetes/flow", () => (window.setInterval = () => 0));
  const told = page.waitForResponse((r) => r.request().resourceType() === "fetch"); // what the stream told is asked for
  await logIn(page, "test-user2");
  await told;
  const asked = [];
  page.on("request", (r) => asked.push(new URL(r.url()).pathname));
  await demand("end-sessions");
  const line = page.locator("#lost");
  await line.waitFor();
  assert.match(await line.innerText(), /^Your login has ended\./);
  assert.deepEqual(asked.filter((path) => path !== "/live"), ["/teams/Kubernetes/flow"], "it asks once");
  await page.context().close();
});

test("a team of others is not there", async () => {
  const page = await visit("/teams/Secluded/flow");
  assert.equal(await logIn(page, "test-user2"), 404);
  assert.equal(page.url(), `${pages}/teams/Secluded/flow`);
  await page.goto(`${pages}/portfolio`);
  const text = await page.textContent("body");
  assert.match(text, /Kubernetes/);
  assert.doesNotMatch(text, /Secluded/);
  await page.context().close();
});

test("who logs out is out", async () => {
  const page = await visit("/portfolio");
  await logIn(page, "test-user2");
  const out = page.locator("button:has-text('Log out')").first();
  const folded = page.locator("details.pick:has(button:has-text('Log out')) > summary");
  if (!(await out.isVisible()) && (await folded.count()) > 0) await folded.first().click();
  await Promise.all([page.waitForURL(/logged-out/), out.click()]);
  assert.match(await page.textContent("body"), /you are logged out/i);
  const asked = await page.request.get(`${pages}/api/v1/teams`);
  assert.equal(asked.status(), 401);
  await page.context().close();
});

test("keys that the provider changes are learned", async () => {
  await demand("rotate");
  const page = await visit("/portfolio");
  assert.equal(await logIn(page, "test-user2"), 200);
  assert.match(await page.textContent("body"), /Log out/);
  await page.context().close();
});

for (const of of ["state", "nonce"])
  test(`a login with another ${of} lets nobody in`, async () => {
    await demand(`tamper?of=${of}`);
    const page = await visit("/portfolio");
    const status = await logIn(page, "test-user2");
    assert.ok(status >= 400, `status ${status}: ${await page.textContent("body")}`);
    assert.doesNotMatch(await page.textContent("body"), /Log out|Kubernetes/);
    const asked = await page.request.get(`${pages}/api/v1/teams`);
    assert.equal(asked.status(), 401);
    await page.context().close();
  });
