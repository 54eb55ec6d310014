// A page that shows the present follows it: it asks now and then whether something new is known, which costs the server
// nothing while there is not, and shows it in place. A past day stands still, and nothing moves under the reader's hand.
const every = 5_000;

// busy says that the reader is at something that must not move: an explanation, a menu, a selection, the keyboard.
function busy(main: HTMLElement): boolean {
  return (
    document.hidden ||
    location.hash.startsWith("#explain") ||
    main.contains(document.activeElement) ||
    document.querySelector("details.pick[open]") !== null ||
    getSelection()?.isCollapsed === false
  );
}

const moment = (page: Document) => page.querySelector("header.bar .pick.end > summary");

// show puts a newer page's figures and its moment in the place of the old ones. What was unfolded stays so.
function show(main: HTMLElement, newer: Document): void {
  const figures = newer.getElementById("main");
  if (!figures || moment(newer)?.textContent === moment(document)?.textContent) return;
  const unfolded = [...main.querySelectorAll("details")].map((d) => d.open);
  figures.querySelectorAll("details").forEach((d, i) => (d.open = unfolded[i] ?? d.open));
  main.replaceChildren(...figures.childNodes);
  moment(document)?.replaceChildren(...(moment(newer)?.childNodes ?? []));
}

export function live(): void {
  const main = document.getElementById("main");
  if (!main || new URLSearchParams(location.search).has("at")) return;
  let tag = "";
  setInterval(async () => {
    if (busy(main)) return;
    try {
      const res = await fetch(location.href, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      if (!res.ok) return; // nothing new, or trouble that may be over the next time
      tag = res.headers.get("ETag") ?? "";
      const newer = new DOMParser().parseFromString(await res.text(), "text/html");
      if (busy(main)) tag = "";
      else show(main, newer);
    } catch {
      // away for a moment: what is shown stays, with its own moment beside it
    }
  }, every);
}
