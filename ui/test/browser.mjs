// Starts Chromium without anything that would call out.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const address = process.env.JEREM_PAGES.replace(/\/$/, "");

// patience bounds each wait: nothing takes as long unless it hangs, however busy the machine is.
export const patience = 180_000;

// What Chromium leaves undone. A list given here stands in the place of Playwright's own, which it therefore repeats;
// besides, the list under the address bar is a page of its own, which costs as much as the page that is tried.
const disabledFeatures = [
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "TcpPortRandomizationWin",
  "ThirdPartyStoragePartitioning",
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxFullPopup",
  "WebUIOmniboxPopup",
];

// launch starts a browser, with more arguments where a test wants another one than people have: the headless shell, or
// the whole Chromium where a file asks for it.
export async function launch(more = [], { whole = false } = {}) {
  const browser = await chromium.launch({
    timeout: patience,
    executablePath: (!whole && process.env.CHROMIUM_SHELL) || process.env.CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--renderer-process-limit=1", // no process is held ready for a page that may come; each context has its own
      `--disable-features=${disabledFeatures}`,
      ...more,
    ],
  });
  for (const name of ["newContext", "newPage"]) {
    const make = browser[name].bind(browser);
    browser[name] = async (...options) => {
      const made = await make(...options);
      made.setDefaultTimeout(patience);
      return made;
    };
  }
  return browser;
}

// sharing returns what gives the tests of a file their contexts: those who ask for the same have one together, whose
// pages one process draws. Each closes its pages, as an open page keeps a connection of its context.
export function sharing(browser) {
  const contexts = new Map();
  return (options) => {
    const name = JSON.stringify(options);
    if (!contexts.has(name)) contexts.set(name, browser.newContext(options));
    return contexts.get(name);
  };
}

// leadsTo clicks on what loads another page and waits until that is there: what is counted then is counted on it.
export async function leadsTo(page, locator) {
  await Promise.all([page.waitForEvent("load"), locator.click()]);
}

// jerem starts the program and returns the address that it tells on one of its outputs; stop ends it.
async function jerem(args, env, output) {
  return start(fileURLToPath(new URL("../../bin/jerem", import.meta.url)), args, env, output);
}

// start starts any program and returns the address that it tells on one of its outputs; stop ends it.
export async function start(path, args, env, output) {
  const program = spawn(path, args, {
    env: { ...process.env, NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let told = "";
  const address = await new Promise((found, failed) => {
    program.on("exit", () => failed(new Error(`${path} does not start: ${told}`)));
    for (const name of ["stdout", "stderr"]) {
      program[name].on("data", (data) => {
        told += data;
        const address = name === output && /http:\/\/127[0-9.:]+/.exec(String(data));
        if (address) found(address[0]);
      });
    }
  });
  const ended = once(program, "exit");
  return { address, stop: () => program.kill() && ended };
}

// serve serves the story under another configuration, or what env names, read once.
export async function serve(config, env = {}) {
  const one = await serveAtOnce(config, env);
  await firstCycle(one.address);
  return one;
}

// serveAtOnce serves as serve does, before anything is read.
export async function serveAtOnce(config, env = {}) {
  const dir = mkdtempSync(join(tmpdir(), "jerem-"));
  const args = [
    "--config",
    fileURLToPath(new URL(config, import.meta.url)),
    "--log-level",
    "info",
    "serve",
    "--listen",
    "127.0.0.1:0",
  ];
  const one = await jerem(args, { ...env, JEREM_STORE_PATH: join(dir, "jerem.db") }, "stderr");
  const stop = async () => {
    await one.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { address: one.address, stop };
}

// ownDemo serves a simulated company whose time stands still, to those who change something of it.
export async function ownDemo() {
  return jerem(["demo", "--listen", "127.0.0.1:0", "--speed", "0"], {}, "stdout");
}

// demo is such a company that all share who only read.
export async function demo() {
  return { address: process.env.JEREM_DEMO.replace(/\/$/, ""), stop() {} };
}

// recordedData is the folder of recorded Jira data, beside the repository or where JEREM_RECORDED says.
const recordedData = process.env.JEREM_RECORDED ?? fileURLToPath(new URL("../../../shared/jira", import.meta.url));

// hasRecorded tells whether recorded data are there.
export const hasRecorded = (folder) => existsSync(join(recordedData, folder));

// recorded serves recorded Jira data under a configuration, read once.
export async function recorded(folder, config) {
  const args = ["sim", "--data", join(recordedData, folder), "--speed", "0", "--listen", "127.0.0.1:0"];
  const jira = await jerem(args, {}, "stdout");
  const one = await serve(config, { JEREM_JIRA_URL: jira.address });
  return {
    address: one.address,
    stop: () => Promise.all([one.stop(), jira.stop()]),
  };
}

// played serves a story of this folder under its configuration, read once.
export async function played(story, config) {
  const scenario = fileURLToPath(new URL(story, import.meta.url));
  const jira = await jerem(["sim", "--scenario", scenario, "--speed", "0", "--listen", "127.0.0.1:0"], {}, "stdout");
  const one = await serve(config, { JEREM_JIRA_URL: jira.address });
  return {
    address: one.address,
    stop: () => Promise.all([one.stop(), jira.stop()]),
  };
}

// jiraBetween stands between Jerem and a Jira. Its state is what it does: "passes" what is asked on, "holds" searches,
// or "refuses" it.
export async function jiraBetween(jira, state) {
  const between = { state };
  const server = createServer(async (request, response) => {
    if (between.state === "holds" && request.url.includes("search")) return;
    if (between.state === "refuses") return response.writeHead(401).end();
    const body = await new Response(Readable.toWeb(request)).arrayBuffer();
    const { host, connection, ...headers } = request.headers;
    const { method } = request;
    const answer = await fetch(jira + request.url, { method, headers, body: method === "GET" ? undefined : body });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "text/plain" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  between.address = `http://127.0.0.1:${server.address().port}`;
  between.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return between;
}

// firstCycle waits until a served Jerem has read once.
export async function firstCycle(served = address) {
  const until = Date.now() + patience;
  while (Date.now() < until) {
    const text = await fetch(`${served}/metrics`).then(
      (r) => r.text(),
      () => "",
    );
    if (/jerem_cycles_total\{result="\w+"\} [1-9]/.test(text)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("no cycle ended in three minutes");
}
