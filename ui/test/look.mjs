// What all pages promise at every width that people have, in light and dark, is looked for by one page that is loaded
// once: it is resized, and its theme is switched in place.
import { accessFaults, wcag } from "./access.mjs";
import { keepPlaces, labelFaults, layoutFaults, placeFaults, textFaults, widths } from "./faults.mjs";

// Where JEREM_SHOTS names a folder, pages are kept there as pictures, at three of the widths in both themes.
const shots = process.env.JEREM_SHOTS;
const shotWidths = ["390", "1024", "1920"];

async function shoot(page, name, width, theme) {
  if (!shots || !shotWidths.includes(width)) return;
  const file = `${name} ${width} ${theme}.png`.replaceAll(/[^\w.-]+/g, "-");
  await page.screenshot({ path: `${shots}/${file}`, fullPage: true, animations: "disabled" });
}

// What runs in a page at each width is brought there once, and asked for at once: after each question a page is drawn.
// What is transparent is laid out and not drawn: while nobody takes pictures, the page is until its colours are tried.
const looking = `(() => {
  ${[keepPlaces, labelFaults, layoutFaults, placeFaults, textFaults].join("\n")}
  function lookAtAll(assumed) {
    const found = [...labelFaults(assumed), ...layoutFaults(), ...textFaults()];
    keepPlaces();
    return found;
  }
  Object.assign(window, { lookAtAll, placeFaults });
  ${shots ? "" : "document.documentElement.style.opacity = 0;"}
})()`;

// look opens an address and tells what is wrong with it: what scrolls sideways, stands out of its card, is cut, or lies
// on another text, a line or a bar; and faults of access. Each width is looked at in one theme, and nothing may stand
// elsewhere in the other. The page's context must bypass its policy; tried are the styles whose contrast is known.
export async function look(page, address, tried, { tags = wcag, name = address } = {}) {
  const wrong = [];
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(address);
  await page.evaluate(looking);
  const isBare = (await page.locator("header.bar").count()) === 0; // a card, a wall: the widths are those of pages
  let theme = "light";
  for (const width of Object.keys(widths)) {
    await page.setViewportSize({ width: Number(width), height: 900 });
    const found = await page.evaluate(`lookAtAll(${JSON.stringify(isBare ? {} : widths[width])})`);
    await shoot(page, name, width, theme);
    theme = theme === "light" ? "dark" : "light";
    await page.emulateMedia({ colorScheme: theme });
    await shoot(page, name, width, theme);
    found.push(...(await page.evaluate("placeFaults()")).map((moved) => `stands elsewhere in ${theme}: ${moved}`));
    wrong.push(...found.map((fault) => `at ${width}: ${fault}`));
  }
  await page.evaluate(() => (document.documentElement.style.opacity = ""));
  for (const one of [theme, theme === "light" ? "dark" : "light"]) {
    await page.emulateMedia({ colorScheme: one });
    // how a page is built is the same in both
    const faults = await accessFaults(page, tried, one === theme ? tags : []);
    wrong.push(...faults.map((fault) => `in ${one}: ${fault}`));
  }
  return wrong;
}
