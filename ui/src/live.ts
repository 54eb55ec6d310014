// A page that shows the present follows it: it asks now and then whether something new is known, which costs the server
// nothing while there is not, and shows it in place. A moment that was asked for stands still, and so does everything
// while the reader is at an explanation, a menu, a selection or a form. The dot beside the moment says that the page
// follows: there is none without script and none of another moment, and it is hollow while the server does not answer.
const every = 5_000;

// busy says that the reader is at something that must not move. The focus alone holds nothing: it is kept.
function busy(main: HTMLElement): boolean {
  return (
    document.hidden ||
    location.hash.startsWith("#explain") ||
    main.querySelector("input:focus, select:focus, textarea:focus") !== null ||
    document.querySelector("details.pick[open]") !== null ||
    getSelection()?.isCollapsed === false
  );
}

const moment = (page: Document) => page.querySelector("header.bar .pick.end > summary");

// reachable are the elements of the figures that can have the focus, in order, by what leads to the same one later.
const reachable = (root: ParentNode) => [...root.querySelectorAll<HTMLElement>("a[href], summary, button, [tabindex]")];
const nameOf = (element: HTMLElement) => element.getAttribute("href") ?? element.closest("[id]")?.id + element.tagName;

// refocus gives the focus back to the element that it was on, or to the one that has taken its place.
function refocus(main: HTMLElement, name: string, nth: number): void {
  const same = reachable(main).filter((element) => nameOf(element) === name);
  (same[nth] ?? same[0])?.focus({ preventScroll: true });
}

// show puts a newer page's figures and its moment in the place of the old ones. What was unfolded stays so, and so do
// the focus and how far a table was moved sideways.
function show(main: HTMLElement, newer: Document): void {
  const figures = newer.getElementById("main");
  if (!figures || moment(newer)?.textContent === moment(document)?.textContent) return;
  const unfolded = [...main.querySelectorAll("details")].map((d) => d.open);
  figures.querySelectorAll("details").forEach((d, i) => (d.open = unfolded[i] ?? d.open));
  const moved = [...main.querySelectorAll(".scroll")].map((s) => s.scrollLeft);
  const focused =
    document.activeElement instanceof HTMLElement && main.contains(document.activeElement)
      ? document.activeElement
      : null;
  const name = focused ? nameOf(focused) : "";
  const nth = focused
    ? reachable(main)
        .filter((element) => nameOf(element) === name)
        .indexOf(focused)
    : 0;
  main.replaceChildren(...figures.childNodes);
  main.querySelectorAll(".scroll").forEach((s, i) => (s.scrollLeft = moved[i] ?? 0));
  moment(document)?.replaceChildren(...(moment(newer)?.childNodes ?? []));
  if (focused) refocus(main, name, nth);
}

export function live(): void {
  const main = document.getElementById("main");
  if (main?.dataset.live !== "true") return;
  const follows = (word: string) => (document.documentElement.dataset.follows = word);
  follows("yes");
  let tag = "";
  setInterval(async () => {
    if (busy(main)) return;
    try {
      const res = await fetch(location.href, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      follows(res.ok || res.status === 304 ? "yes" : "no");
      if (!res.ok) return; // nothing new, or trouble that may be over the next time
      tag = res.headers.get("ETag") ?? "";
      const newer = new DOMParser().parseFromString(await res.text(), "text/html");
      if (busy(main)) tag = "";
      else show(main, newer);
    } catch {
      follows("no"); // away for a moment: what is shown stays, with its own moment beside it
    }
  }, every);
}
