// A figure that opens is an address (#explain…), so it works without this. Here only the focus is led into the drawer,
// kept in it and led back, and Escape closes it.
let from: HTMLElement | null = null;

const opened = () => document.querySelector<HTMLElement>(".drawer:target");

function shut(): void {
  if (!location.hash.startsWith("#explain")) return;
  const asked = from?.getAttribute("href") === location.hash && from.isConnected; // else it was opened by its address
  const back = asked ? from : document.querySelector<HTMLElement>(`main a[href="${location.hash}"]`);
  location.replace("#_"); // no such id: nothing is the target any more, and the page does not scroll
  back?.focus({ preventScroll: true });
}

// enter makes a dialog of the drawer that is open: nothing else is read out or reached.
function enter(): void {
  const drawer = opened();
  if (!drawer) return;
  drawer.setAttribute("role", "dialog");
  drawer.setAttribute("aria-modal", "true");
  drawer.querySelector<HTMLElement>(".close")?.focus();
}

// keep keeps the focus in the drawer that is open.
function keep(event: KeyboardEvent): void {
  const drawer = opened();
  if (!drawer || event.key !== "Tab") return;
  const all = [...drawer.querySelectorAll<HTMLElement>("a[href], button, [tabindex]")];
  const [first, last] = [all[0], all[all.length - 1]];
  const at = document.activeElement;
  if (!drawer.contains(at) || at === (event.shiftKey ? first : last)) {
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  }
}

export function explain(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const figure = target.closest<HTMLElement>('a[href^="#explain"]');
    if (figure) {
      from = figure;
      setTimeout(enter);
    }
    if (target.closest(".drawer .close")) {
      event.preventDefault();
      shut();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
    keep(event);
  });
  addEventListener("hashchange", enter);
  addEventListener("load", enter); // what the address names is open by then
}
