// The marks of a burndown are links to the rows of their events. Here a panel beside a mark says the same at once: by a
// pointer over it, by the focus, by a tap.
let panel: HTMLElement | null = null;
let told: Element | null = null;

function hide(): void {
  panel?.remove();
  panel = told = null;
}

// describe makes a paragraph of the row of an event: its cells in the order of the table.
function describe(id: string): HTMLElement | null {
  const row = document.getElementById(id);
  if (!(row instanceof HTMLTableRowElement)) return null;
  const [time, issue, what, change, remaining] = [...row.cells].map((cell) => cell.textContent?.trim() ?? "");
  const text = document.createElement("p");
  const [key, title] = [row.querySelector(".key")?.textContent ?? issue, row.querySelector("small")?.textContent ?? ""];
  const part = (name: string, words: string) => {
    const element = document.createElement(name);
    element.textContent = words;
    text.append(element, " ");
  };
  part("b", `${change} ${key}`);
  part("span", title);
  part("small", `${what} · ${time} · ${remaining} remaining after it`);
  return text;
}

function tell(mark: Element): void {
  if (told === mark) return;
  hide();
  told = mark;
  const title = mark.querySelector("title"); // the panel says it; its words stay the name of the mark
  if (title) mark.setAttribute("aria-label", title.textContent ?? "");
  title?.remove();
  panel = document.createElement("div");
  panel.className = "tip";
  panel.setAttribute("role", "status");
  for (const id of (mark.getAttribute("data-events") ?? "").split(" ").slice(0, 8)) {
    const text = describe(id);
    if (text) panel.append(text);
  }
  document.body.append(panel);
  const box = mark.getBoundingClientRect();
  const left = Math.min(Math.max(box.left - 12, 16), document.documentElement.clientWidth - panel.offsetWidth - 16);
  panel.style.left = `${left + scrollX}px`;
  panel.style.top = `${box.bottom + 8 + scrollY}px`;
}

export function events(): void {
  const markOf = (event: Event) => (event.target as Element).closest?.("a[data-events]") ?? null;
  let touched = false;
  document.addEventListener("pointerover", (event) => {
    touched = event.pointerType === "touch";
    const mark = markOf(event);
    if (mark && !touched) tell(mark);
  });
  document.addEventListener("pointerout", (event) => {
    if (markOf(event) && event.pointerType !== "touch" && told !== document.activeElement) hide();
  });
  document.addEventListener("focusin", (event) => {
    const mark = markOf(event);
    if (mark) tell(mark);
    else hide();
  });
  document.addEventListener("click", (event) => {
    const mark = markOf(event);
    if (!mark) return hide();
    if (touched) {
      event.preventDefault();
      tell(mark);
      return;
    }
    const list = document.getElementById((mark.getAttribute("href") ?? "").slice(1))?.closest("details");
    if (list) list.open = true;
    hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
  document.addEventListener("shown", hide);
}
