// Faults of access that axe finds in a page. How a page is built is tried on each page; what rests on the styles of its
// texts alone, their contrast and how links stand out of the text around them, takes axe most of its time and is tried
// once for each style.
import { readFile } from "node:fs/promises";

// Of what is wrong nothing is told in HTML: a fault of the page itself would be written with all of it. What rests on
// styles is asked of the elements that axeFaults marks.
const axe = `(() => {
  ${await readFile(new URL("node_modules/axe-core/axe.min.js", import.meta.url), "utf8")}
  axe.configure({
    noHtml: true,
    rules: [
      { id: "color-contrast", selector: "[data-fresh]" },
      { id: "link-in-text-block", selector: "a[href][data-fresh], [role=link][data-fresh]" },
    ],
  });
})()`;

export const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];

// accessFaults tells what axe finds in a page: under the tags of its rules, and in the styles of text that are not yet
// among those tried, which it adds to them. The page's context must bypass its policy.
export async function accessFaults(page, tried, tags = []) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const { faults, styles } = await page.evaluate(axeFaults, { tried: [...tried], tags });
  for (const style of styles) tried.add(style);
  return faults;
}

// axeFaults runs in the page. A style is what colours a text: the names, classes, colours and sizes of its element and
// of all around it. It is told by a digest: in full those of some pages weigh a megabyte, which each page would be
// given.
async function axeFaults({ tried, tags }) {
  const known = new Set(tried);
  // digestOf is a text in 64 bits, by FNV-1a and by a sum of another prime.
  const digestOf = (text) => {
    let [one, other] = [0x811c9dc5, 0x9e3779b9];
    for (let i = 0; i < text.length; i++) {
      const letter = text.charCodeAt(i);
      one = Math.imul(one ^ letter, 0x01000193);
      other = Math.imul(other ^ letter, 0x85ebca6b) + i;
    }
    return `${(one >>> 0).toString(36)} ${(other >>> 0).toString(36)}`;
  };
  const chains = new Map([[document.documentElement.parentNode, ""]]);
  const chainOf = (element) => {
    if (!chains.has(element)) {
      const { color, backgroundColor, fontSize, fontWeight, opacity, textDecorationLine } = getComputedStyle(element);
      const own = [color, backgroundColor, fontSize, fontWeight, opacity, textDecorationLine].join();
      const name = `${element.localName}.${element.getAttribute("class") ?? ""}`;
      chains.set(element, digestOf(`${chainOf(element.parentNode)}>${name} ${own}`));
    }
    return chains.get(element);
  };
  // isInText tells whether a link stands in a text that is not all links.
  const isInText = (link) => {
    let block = link.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const lettersOf = (text) => text.replace(/\s/g, "").length;
    const linked = [...block.querySelectorAll("a")].reduce((sum, one) => sum + lettersOf(one.textContent), 0);
    return lettersOf(block.textContent) > linked;
  };
  const references = ["for", "headers"];
  for (const name of ["activedescendant", "controls", "describedby", "details", "errormessage", "flowto", "labelledby"])
    references.push(`aria-${name}`);
  references.push("aria-owns");
  // isNamed tells whether something outside of a hidden element names a part of it, or axe asks for hidden parts of it.
  const isNamed = (element, namers) => {
    if (element.querySelector("area, audio, blink, marquee, meta, object, video, [accesskey]")) return true;
    return [...element.querySelectorAll("[id]")].some(({ id }) => namers.get(id)?.some((by) => !element.contains(by)));
  };
  // emptyHidden takes away what is in elements that are not shown, explanations and folded lists: no rule finds faults
  // in it, but axe reads all of a page, several times. What it returns puts all back.
  const emptyHidden = () => {
    const namers = new Map();
    for (const name of references)
      for (const by of document.querySelectorAll(`[${name}]`))
        for (const id of by.getAttribute(name).split(/\s+/)) namers.set(id, [...(namers.get(id) ?? []), by]);
    const hidden = [];
    for (const element of document.querySelectorAll("body *")) {
      if (!element.firstElementChild || element.ownerSVGElement || hidden.at(-1)?.contains(element)) continue;
      if (!element.checkVisibility() && getComputedStyle(element).display !== "contents") hidden.push(element);
    }
    const emptied = hidden.filter((element) => !isNamed(element, namers));
    const contents = emptied.map((element) => [...element.childNodes]);
    for (const element of emptied) element.replaceChildren();
    return () => emptied.forEach((element, i) => element.replaceChildren(...contents[i]));
  };
  const fresh = new Map();
  for (const element of document.querySelectorAll("body, body *")) {
    const says = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!says || !element.checkVisibility()) continue;
    const link = element.closest("a");
    const style = chainOf(element) + (link && isInText(link) ? " in a text" : "");
    if (!known.has(style) && !fresh.has(style)) fresh.set(style, [element, link ?? element]);
  }
  const byStyle = ["color-contrast", "link-in-text-block"];
  let violations = [];
  if (tags.length || fresh.size) {
    const marked = [...fresh.values()].flat();
    for (const element of marked) element.dataset.fresh = "";
    const putBack = emptyHidden();
    const rules = Object.fromEntries(byStyle.map((rule) => [rule, { enabled: fresh.size > 0 }]));
    const asked = tags.length ? { runOnly: tags, rules } : { runOnly: byStyle };
    // what is well is not told in full
    ({ violations } = await axe.run(document, { ...asked, resultTypes: ["violations"] }));
    putBack();
    for (const element of marked) delete element.dataset.fresh;
  }
  const faults = violations.map(({ id, nodes }) => {
    const told = nodes.slice(0, 3).map(({ target, any }) => `${target} ${any?.[0]?.message ?? ""}`);
    return `${id}: ${told.join(" | ")}`;
  });
  return { faults, styles: [...fresh.keys()] };
}
