// What is looked for in every page, whatever it shows. Each function runs in the page and returns what is wrong with
// it.

// The widths of the drawings that the Go test assumes, by the ids of their titles.
export const widths = {
  390: {
    "t-cycle": 298,
    "t-cfd": 298,
    "t-ageing": 298,
    "t-through": 298,
    "t-burn": 298,
    "t-imp": 298,
    "t-vel": 298,
    "t-burnup": 298,
    "t-weekly": 298,
  },
  768: {
    "t-cycle": 620,
    "t-cfd": 620,
    "t-ageing": 620,
    "t-through": 620,
    "t-burn": 620,
    "t-imp": 620,
    "t-vel": 620,
    "t-burnup": 620,
    "t-weekly": 620,
  },
  1024: {
    "t-cycle": 554.7,
    "t-cfd": 554.7,
    "t-ageing": 233.3,
    "t-through": 233.3,
    "t-burn": 876,
    "t-imp": 554.7,
    "t-vel": 876,
    "t-burnup": 876,
    "t-weekly": 876,
  },
  1280: {
    "t-cycle": 725.3,
    "t-cfd": 725.3,
    "t-ageing": 318.7,
    "t-through": 318.7,
    "t-burn": 623.7,
    "t-imp": 725.3,
    "t-vel": 318.7,
    "t-burnup": 1132,
    "t-weekly": 623.7,
  },
  1920: {
    "t-cycle": 725.3,
    "t-cfd": 725.3,
    "t-ageing": 318.7,
    "t-through": 318.7,
    "t-burn": 623.7,
    "t-imp": 725.3,
    "t-vel": 318.7,
    "t-burnup": 1132,
    "t-weekly": 623.7,
  },
};

// labelFaults runs in the page: it reads every chart as it is drawn and tells what hides something.
export function labelFaults(assumed) {
  const out = [];
  const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  // linesOf are the straight lines that a path or a line is drawn of, curves in short ones, as pairs of points.
  const linesOf = (line) => {
    if (!line.getAttribute("d"))
      return [
        [
          [line.x1.baseVal.value, line.y1.baseVal.value],
          [line.x2.baseVal.value, line.y2.baseVal.value],
        ],
      ];
    const out = [];
    const steps = line.getAttribute("d").match(/[a-z]|-?(\d*\.)?\d+/gi);
    let [x, y, start, command] = [0, 0, [0, 0], ""];
    for (let i = 0; i < steps.length; ) {
      if (/[a-z]/i.test(steps[i])) command = steps[i++];
      const from = [x, y];
      if (command === "M" || command === "L") [x, y] = [Number(steps[i++]), Number(steps[i++])];
      else if (command === "H") x = Number(steps[i++]);
      else if (command === "V") y = Number(steps[i++]);
      else if (command === "h") x += Number(steps[i++]);
      else if (command === "v") y += Number(steps[i++]);
      else if (/z/i.test(command)) [x, y] = start;
      else return sampled(line);
      if (command === "M") [start, command] = [[x, y], "L"];
      else out.push([from, [x, y]]);
    }
    return out;
  };
  // The points of a curve take long, and are the same at every width: they are kept.
  const curves = (window.curves ??= new WeakMap());
  const sampled = (path) => {
    if (!curves.has(path)) curves.set(path, pointsOf(path));
    return curves.get(path);
  };
  const pointsOf = (path) => {
    const [out, long] = [[], path.getTotalLength()];
    const at = (length) => {
      const { x, y } = path.getPointAtLength(length);
      return [x, y];
    };
    for (let length = 0, from = at(0); length < long; length += 0.75) out.push([from, (from = at(length + 0.75))]);
    return out;
  };
  // crosses tells whether a straight line lies in a box or touches it.
  const crosses = (box, a, b) => {
    if (Math.max(a.x, b.x) < box.left - 0.01 || Math.min(a.x, b.x) > box.right + 0.01) return false;
    if (Math.max(a.y, b.y) < box.top - 0.01 || Math.min(a.y, b.y) > box.bottom + 0.01) return false;
    let [from, to] = [0, 1];
    for (const [start, step, low, high] of [
      [a.x, b.x - a.x, box.left - 0.01, box.right + 0.01],
      [a.y, b.y - a.y, box.top - 0.01, box.bottom + 0.01],
    ]) {
      if (step === 0 && (start < low || start > high)) return false;
      if (step === 0) continue;
      const ends = [(low - start) / step, (high - start) / step];
      from = Math.max(from, Math.min(...ends));
      to = Math.min(to, Math.max(...ends));
    }
    return from <= to;
  };
  for (const chart of document.querySelectorAll("svg.chart")) {
    if (chart.currentCSSZoom > 1) continue; // on a wall all is larger: letters and lines are told in other units
    const id = chart.querySelector("title").id;
    const style = getComputedStyle(chart);
    const width = chart.getBoundingClientRect().width - parseFloat(style.paddingLeft);
    if (Math.abs(width - assumed[id]) > 1.5) out.push(`${id} is ${width} wide, not ${assumed[id]}`);
    const texts = [...chart.querySelectorAll("text")]
      .filter((e) => e.checkVisibility())
      .map((e) => {
        const box = e.getBoundingClientRect();
        const base = e.getStartPositionOfChar(0).y + chart.getBoundingClientRect().top;
        return { said: e.textContent, left: box.left, right: box.right, top: base - 8, bottom: base + 2.4 };
      });
    // the reach of a link is unseen until the pointer is there
    const bars = [...chart.querySelectorAll("rect:not(.off):not(.f-soft):not(.reach), circle")].map((e) =>
      e.getBoundingClientRect(),
    );
    const segments = [...chart.querySelectorAll("path, line:not(.gridl):not(.zero)")].flatMap((line) => {
      const matrix = line.checkVisibility() && line.getScreenCTM();
      if (!matrix) return [];
      const { a, b, c, d, e, f } = matrix;
      const onScreen = ([x, y]) => ({ x: a * x + c * y + e, y: b * x + d * y + f });
      return linesOf(line).map((ends) => ends.map(onScreen));
    });
    texts.forEach((text, i) => {
      for (const other of texts.slice(i + 1))
        if (over(text, other)) out.push(`${id}: "${text.said}" lies on "${other.said}"`);
      for (const bar of bars) if (bar.height > 0.5 && over(text, bar)) out.push(`${id}: "${text.said}" lies on a bar`);
      if (segments.some(([a, b]) => crosses(text, a, b))) out.push(`${id}: "${text.said}" lies on a line`);
    });
  }
  return out;
}

// layoutFaults runs in the page and tells what does not fit.
export function layoutFaults() {
  const out = [];
  for (const folded of document.querySelectorAll("details.more")) folded.open = true;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) out.push(`the page is ${scrollWidth} wide on ${clientWidth}`);
  for (const s of document.querySelectorAll(".scroll")) {
    if (s.scrollWidth > s.clientWidth + 1)
      out.push(`table ${s.querySelector("table").id} is ${s.scrollWidth} wide on ${s.clientWidth}`);
  }
  const inBar = [...document.querySelectorAll("header.bar > div > :not(nav), header.bar nav > *")].filter(
    (e) => e.getBoundingClientRect().width > 0,
  );
  inBar.forEach((one, i) => {
    const a = one.getBoundingClientRect();
    for (const other of inBar.slice(i + 1)) {
      const b = other.getBoundingClientRect();
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
        out.push(
          `in the bar, "${one.textContent.trim().slice(0, 20)}" lies on "${other.textContent.trim().slice(0, 20)}"`,
        );
    }
  });
  for (const card of document.querySelectorAll(".card, .tile, .head, footer")) {
    const edge = card.getBoundingClientRect().right;
    const out1 = [...card.querySelectorAll("*")].find(
      (e) =>
        e.getBoundingClientRect().right > edge + 1 &&
        e.getBoundingClientRect().width > 0 &&
        !e.closest("svg, .vh, .pick > div, thead"),
    );
    if (out1) out.push(`"${out1.textContent.trim().slice(0, 30)}" stands out of its card`);
  }
  // a bar that is alone in its cell stands at the middle of the text of its row; on a phone it has a row of its own
  for (const bar of document.querySelectorAll("td.barcol > .meter")) {
    const { top, height } = bar.getBoundingClientRect();
    const row = bar.closest("tr");
    if (!height || getComputedStyle(row).display !== "table-row") continue;
    const text = document.createRange();
    text.selectNodeContents(row.cells[0]);
    const beside = text.getBoundingClientRect();
    const off = top + height / 2 - (beside.top + beside.height / 2);
    if (Math.abs(off) > 1.5) out.push(`the bar of "${row.cells[0].textContent.trim().slice(0, 20)}" is ${off} off`);
  }
  // a small drawing keeps to its place: what is drawn beyond it lies on the text below
  for (const spark of document.querySelectorAll("svg.spark")) {
    const edge = spark.getBoundingClientRect();
    for (const part of edge.height ? spark.querySelectorAll("path, circle, line") : []) {
      const { top, bottom } = part.getBoundingClientRect();
      if (bottom > edge.bottom + 1 || top < edge.top - 1)
        out.push(`"${spark.getAttribute("aria-label").slice(0, 30)}" is drawn beyond its place`);
    }
  }
  return out;
}

// textFaults runs in the page and tells which texts lie on each other, which are cut at the edge, and which dates break
// across lines. Drawings have labelFaults.
export function textFaults() {
  const out = [];
  const edge = document.documentElement.clientWidth;
  const dates = /\b(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/g;
  // what is there for those who hear the page, and what ends with an ellipsis
  const isHidden = (e) => {
    const head = e.closest("thead, caption");
    return (head && getComputedStyle(head).position === "absolute") || getComputedStyle(e).textOverflow === "ellipsis";
  };
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const of = node.parentElement;
    if (!node.data.trim() || of.closest(".vh, script, style, svg, select, .skip")) continue;
    if (!of.checkVisibility({ visibilityProperty: true }) || isHidden(of)) continue;
    const range = document.createRange();
    for (const date of node.data.matchAll(dates)) {
      range.setStart(node, date.index);
      range.setEnd(node, date.index + date[0].length);
      const [first, last] = [range.getClientRects()[0], [...range.getClientRects()].at(-1)];
      if (first && last.top >= first.bottom) out.push(`"${date[0]}" breaks`);
    }
    range.selectNodeContents(node);
    for (const rect of range.getClientRects())
      if (rect.width > 1) texts.push({ rect, node, said: node.data.trim().slice(0, 25) });
  }
  texts.sort((a, b) => a.rect.top - b.rect.top);
  for (const [i, one] of texts.entries()) {
    if (one.rect.right > edge + 1) out.push(`"${one.said}" is cut`);
    for (let n = i + 1; n < texts.length && texts[n].rect.top < one.rect.bottom - 3; n++) {
      const [a, b] = [one.rect, texts[n].rect];
      if (one.node !== texts[n].node && a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 3)
        out.push(`"${one.said}" lies on "${texts[n].said}"`);
    }
  }
  return [...new Set(out)];
}

// keepPlaces runs in the page: placeFaults compares with where everything stands now.
export function keepPlaces() {
  window.placesOf = () =>
    [...document.body.querySelectorAll("*")]
      .map((element) => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width || box.height);
  window.placesKept = window.placesOf();
}

// placeFaults runs in the page and tells the first that stands elsewhere than when places were kept.
export function placeFaults() {
  const [kept, now] = [window.placesKept, window.placesOf()];
  const sides = ["x", "y", "width", "height"];
  const moved = now.find(({ element, box }, n) => {
    if (element !== kept[n]?.element) return true;
    return sides.some((side) => Math.abs(box[side] - kept[n].box[side]) >= 0.1);
  });
  if (!moved) return now.length === kept.length ? [] : [`${kept.length} elements, now ${now.length}`];
  const { element, box } = moved;
  return [`${element.localName} ${sides.map((side) => box[side].toFixed(1))}`];
}

// figureFaults runs in the page: a figure that opens nothing, an explanation without its numbers, and one whose rows do
// not add up to it.
export function figureFaults() {
  const out = [];
  // An amount as it is read, time in seconds: "12 h 5 min", "+3", "−2.5"; NaN for what is none.
  const number = (text) => {
    const digits = (text ?? "").replace("−", "-").replace(/\u202f/g, "").trim();
    if (/^[+-]?[0-9.]+$/.test(digits)) return Number(digits);
    const [whole, sign, h, min, s] = digits.match(/^([+-]?)(?:(\d+) h)? ?(?:(\d+) min)? ?(?:(\d+) s)?$/) ?? [];
    if (!whole) return NaN;
    return (sign === "-" ? -1 : 1) * (Number(h ?? 0) * 3600 + Number(min ?? 0) * 60 + Number(s ?? 0));
  };
  for (const link of document.querySelectorAll('main a.fig[href^="#"]')) {
    const drawer = document.getElementById(link.getAttribute("href").slice(1));
    if (!drawer) out.push(`"${link.textContent}" opens nothing`);
    else if (!drawer.querySelector(".formula b")?.textContent) out.push(`"${link.textContent}" opens no formula`);
  }
  for (const drawer of document.querySelectorAll(".drawer:has(.behind th:nth-child(3))")) {
    let sum = 0;
    let isTime = false;
    for (const row of drawer.querySelectorAll(".behind tbody tr")) {
      const [value, running] = [...row.querySelectorAll("td.r")].map((cell) => number(cell.textContent));
      if (Number.isNaN(value) || Number.isNaN(running)) continue; // it does not count
      if (Math.abs(sum + value - running) > 1e-6) out.push(`${drawer.id}: ${sum} and ${value} are not ${running}`);
      sum = running;
      isTime = /[a-z]/.test(row.querySelector("td.r:last-child").textContent);
    }
    const told = number(drawer.querySelector(".big").firstChild.textContent) * (isTime ? 3600 : 1);
    const rounding = isTime ? 180 : 1e-6; // a headline is hours with one decimal: within three minutes
    if (!drawer.querySelector(".note a[href*=explain]:only-child") && Math.abs(sum - told) > rounding + 1e-6)
      out.push(`${drawer.id}: the rows make ${sum}, told is ${told}`);
  }
  return out;
}
