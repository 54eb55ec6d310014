// The pictures of the documentation, taken of the demo: the first team's sprint and roadmap, the portfolio.
import { address, firstCycle, launch } from "./browser.mjs";

await firstCycle();
const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 1240 }, deviceScaleFactor: 1 });
await page.goto(`${address}/`);
const team = await page.locator("#teams tbody th a").first().getAttribute("href");
for (const [name, path, height] of [
  ["portfolio", "/", 900],
  ["micro", team, 1240],
  ["roadmap", `${team}/roadmap`, 1420],
]) {
  await page.setViewportSize({ width: 1280, height });
  await page.goto(address + path);
  await page.screenshot({ path: `${process.argv[2]}/${name}.png` });
}
await browser.close();
