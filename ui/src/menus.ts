// One open menu at a time; a click elsewhere, Escape and the focus that leaves it close it: it would hide what has the
// focus then.
export function menus(): void {
  const open = () => document.querySelectorAll<HTMLDetailsElement>("details.pick[open]");
  for (const event of ["click", "focusin"]) {
    document.addEventListener(event, ({ target }) => {
      for (const menu of open()) {
        if (!menu.contains(target as Node)) menu.open = false;
      }
    });
  }
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
