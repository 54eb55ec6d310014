// The picture of the README, taken of the demo.
import { address, launch } from "./browser.mjs";

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1280, height: 1240 }, deviceScaleFactor: 1 });
await page.goto(`${address}/teams/Kubernetes`);
await page.screenshot({ path: process.argv[2] });
await browser.close();
