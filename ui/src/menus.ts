// One open menu at a time; a click elsewhere and Escape close it.
export function menus(): void {
  const open = () => document.querySelectorAll<HTMLDetailsElement>("details.pick[open]");
  document.addEventListener("click", (event) => {
    for (const menu of open()) {
      if (!menu.contains(event.target as Node)) menu.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
