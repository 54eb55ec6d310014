// Starts Chromium without anything that would call out.
import { chromium } from "playwright-core";

export const address = process.env.JEREM_PAGES.replace(/\/$/, "");

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

// firstCycle waits until the served Jerem has read once.
export async function firstCycle() {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const text = await fetch(`${address}/metrics`).then((r) => r.text(), () => "");
    if (/jerem_cycles_total\{result="\w+"\} 1/.test(text)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("no cycle ended in a minute");
}
