// The days of a sprint and the weeks of a quarter are links. Here a pointer that is drawn over them, and the arrow
// keys, move every figure of the page at once, without leaving it. What was shown once is kept. The heads of columns
// sort their table in the same way: who came to one by the keyboard stays on it.
import { orders, read, show } from "./show";

const pages = new Map<string, Promise<string>>();
let wanted = "";

// What the figures that stand here answer, and whether they were changed in place since the page was opened: the first
// change is an entry of the history, those after it take its place, so that one step back shows the page as it came.
const asked = () => location.pathname + location.search;
let shown = asked();
let changed = false;

async function fetchText(address: string): Promise<string> {
  const res = await fetch(address);
  if (!res.ok) throw new Error(res.statusText);
  return res.text();
}

// past tells whether an address is of a moment that was asked for: the present is always read anew, and follows.
const past = (address: string) => new URL(address, location.href).searchParams.has("at");

function load(address: string): Promise<string> {
  if (!past(address)) return fetchText(address);
  let text = pages.get(address);
  if (!text) {
    text = fetchText(address);
    pages.set(address, text);
    text.catch(() => pages.delete(address));
  }
  return text;
}

// returned shows what the address asks for again when the history has led to another one: a step to a mere place of the
// page, as an explanation, changes no figure.
function returned(): void {
  if (asked() === shown) return;
  changed = false;
  go(location.href);
}

// go shows a page of figures in place; where that fails the browser goes there by itself.
export async function go(address: string): Promise<void> {
  if (wanted === address) return;
  wanted = address;
  document.documentElement.classList.add("reads");
  try {
    const page = read(await load(address));
    if (wanted !== address) return; // another moment was asked for meanwhile
    show(page);
    if (address !== location.href) history[changed ? "replaceState" : "pushState"](null, "", address);
    changed = true;
    shown = asked();
  } catch {
    if (wanted === address) location.href = address;
  } finally {
    if (wanted === address) {
      document.documentElement.classList.remove("reads");
      wanted = "";
    }
  }
}

function stepAt(list: Element, x: number): HTMLAnchorElement | null {
  for (const item of list.children) {
    const box = item.getBoundingClientRect();
    if (x >= box.left && x < box.right) return item.querySelector("a");
  }
  return null;
}

export function walk(): void {
  addEventListener("popstate", returned);
  let drawn: Element | null = null;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest<HTMLAnchorElement>(`.walk ol a, .walk a.go, ${orders}`);
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (!past(link.href) && !link.matches(orders)) return;
    event.preventDefault();
    go(link.href);
  });
  document.addEventListener("pointerdown", (event) => {
    drawn = event.button === 0 ? (event.target as Element).closest(".walk ol") : null;
  });
  document.addEventListener("pointermove", (event) => {
    if (!drawn || event.buttons === 0) return;
    const list = document.querySelector(".walk ol");
    const step = list && stepAt(list, event.clientX);
    if (step && past(step.href) && !step.hasAttribute("aria-current")) go(step.href);
  });
  addEventListener("pointerup", () => (drawn = null));
  document.addEventListener("dragstart", (event) => {
    if ((event.target as Element).closest(".walk")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
    if (!step || !(event.target as Element).closest(".walk")) return;
    event.preventDefault();
    document.querySelector<HTMLAnchorElement>(`.walk a.go[rel=${step}]`)?.click();
  });
}
