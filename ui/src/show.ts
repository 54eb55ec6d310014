// Puts the figures of another page in the place of those shown: what was unfolded stays so, and so do the focus and how
// far a table was moved sideways.
const moment = (page: Document) => page.querySelector("header.bar .pick.end > summary");
const stops = "a[href], summary, button, input, [tabindex]";
const reachable = (root: ParentNode) => [...root.querySelectorAll<HTMLElement>(stops)];

// orders are the links that sort a table or choose rows of it.
export const orders = "thead th > a:not(.fig), .sorts a, .chips a.chip";

// nameOf tells an element by what it is for: the focus on a day of a walk goes on to the day that is shown, that on the
// head of a column stays there, though it leads to the other order now.
function nameOf(element: HTMLElement): string {
  if (element.closest(".walk li")) return element.hasAttribute("aria-current") ? "day" : "";
  if (element.closest(".walk")) return `walk ${element.getAttribute("rel")}`;
  if (element.matches(orders)) return `order ${element.textContent?.replace(/ [↑↓]$/, "")}`;
  return element.getAttribute("href") ?? element.closest("[id]")?.id + element.tagName;
}

// read parses a page.
export const read = (text: string): Document => new DOMParser().parseFromString(text, "text/html");

// sameMoment tells whether a page shows the moment that is shown.
export const sameMoment = (page: Document): boolean => moment(page)?.textContent === moment(document)?.textContent;

// show shows the figures and the moment of a page. What is no page of ours, as the login of a proxy, is refused.
export function show(page: Document): void {
  const main = document.getElementById("main");
  const figures = page.getElementById("main");
  if (!main || !figures) throw new Error("no page of figures");
  const unfolded = [...main.querySelectorAll("details")].map((d) => d.open);
  figures.querySelectorAll("details").forEach((d, i) => (d.open = unfolded[i] ?? d.open));
  const moved = [...main.querySelectorAll(".scroll")].map((s) => s.scrollLeft);
  const focused = document.activeElement;
  let name = "";
  let nth = 0;
  if (focused instanceof HTMLElement && main.contains(focused)) {
    name = focused.closest(".walk li") ? "day" : nameOf(focused);
    nth = reachable(main)
      .filter((element) => nameOf(element) === name)
      .indexOf(focused);
  }
  main.replaceChildren(...figures.childNodes);
  main.dataset.live = figures.dataset.live;
  main.querySelectorAll(".scroll").forEach((s, i) => (s.scrollLeft = moved[i] ?? 0));
  const bar = page.querySelector("header.bar > div");
  if (bar) document.querySelector("header.bar > div")?.replaceWith(bar);
  document.title = page.title;
  document.dispatchEvent(new Event("shown"));
  if (!name) return;
  const same = reachable(main).filter((element) => nameOf(element) === name);
  (same[nth] ?? same[0])?.focus({ preventScroll: true });
}
