// What a drawing and a table tell of the same thing is lit together, by the pointer or by the focus: a mark of a chart
// and the rows that lead where it leads, the row of an epic and its small burnup.
let lit: Element[] = [];

// tells whether a mark of a chart and a row tell the same: the mark leads to the row, or where the row leads.
function tells(mark: Element, row: Element): boolean {
  const leads = mark.getAttribute("href");
  const events = (mark.getAttribute("data-events") ?? "").split(" ");
  if (row.id && (leads === `#${row.id}` || events.includes(row.id))) return true;
  return [...row.querySelectorAll("a[href]")].some((link) => link.getAttribute("href") === leads);
}

// partnersOf are a thing and what tells the same; at most the thing itself where nothing else does.
function partnersOf(target: Element): Element[] {
  const mark = target.closest("#main .chart a[href]");
  const all = [...document.querySelectorAll("#main section tbody tr")];
  if (mark) return [mark, ...all.filter((row) => tells(mark, row))];
  const key = target.closest("[data-pair]")?.getAttribute("data-pair");
  const same = key ? [...document.querySelectorAll(`#main [data-pair="${CSS.escape(key)}"]`)] : [];
  const row = target.closest("#main section tbody tr");
  const list = row ? [row, ...same] : same;
  const rows = list.filter((one) => one.matches("tr"));
  const marks = [...document.querySelectorAll("#main .chart a[href]")].filter((one) => rows.some((r) => tells(one, r)));
  return [...new Set([...list, ...marks])];
}

function light(target: EventTarget | null): void {
  for (const one of lit) one.classList.remove("lit");
  const list = target instanceof Element ? partnersOf(target) : [];
  lit = list.length > 1 ? list : [];
  for (const one of lit) one.classList.add("lit");
}

export function pairs(): void {
  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => light(event.target));
  document.addEventListener("focusout", () => light(null));
  document.addEventListener("shown", () => light(null));
}
