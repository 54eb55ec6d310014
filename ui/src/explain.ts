// A figure that opens is an address (#explain…), so it works without this. Here only the focus is
// led into the drawer and back, and Escape closes it.
let from: HTMLElement | null = null;

function shut(): void {
  if (!location.hash.startsWith("#explain")) return;
  location.replace("#_"); // no such id: nothing is the target any more, and the page does not scroll
  from?.focus({ preventScroll: true });
}

export function explain(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    const figure = target.closest<HTMLElement>('a[href^="#explain"]');
    if (figure) {
      from = figure;
      setTimeout(() => document.querySelector<HTMLElement>(".drawer:target .close")?.focus());
    }
    if (target.closest(".drawer .close")) {
      event.preventDefault();
      shut();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
  });
}
