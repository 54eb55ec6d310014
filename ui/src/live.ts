// A page that shows the present follows it. The server tells by a stream that something new is known, and the page
// is asked for again and shown in place; while there is no stream, as behind a proxy that lets none pass, it is asked
// for now and then, which costs the server nothing while there is nothing new. A moment that was asked for stands
// still, and so does everything while the reader is at an explanation, a menu, a selection or a form. The dot beside
// the moment says that the page follows: there is none without script and none of another moment, and it is hollow
// while the server does not answer; then the figures fade, and a line says since when. Where a login has ended, or the
// page is gone, asking again is of no use: the line says so, and leads to where one logs in.
import { read, sameMoment, show } from "./show";

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

// lost says in a line above the figures why they are old; words come once, until the server answers.
function lost(main: HTMLElement, words: string, link = ""): void {
  document.documentElement.dataset.follows = "no";
  const old = document.getElementById("lost");
  if (old && !link) return;
  old?.remove();
  const line = document.createElement("p");
  line.id = "lost";
  line.className = "notice wrap";
  line.setAttribute("role", "status");
  const text = document.createElement("span");
  text.append(`${words} What stands here is as of the moment above.`);
  if (link) {
    const again = document.createElement("a");
    again.href = location.pathname + location.search;
    again.textContent = link;
    text.append(" ", again);
  }
  line.append(text);
  main.prepend(line);
}

const since = () =>
  `The server has not answered since ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}.`;

function answers(): void {
  document.documentElement.dataset.follows = "yes";
  document.getElementById("lost")?.remove();
}

// over says why a page is not answered any more, and what leads on; null where it may be the next time. A proxy that
// wants a login answers by a redirect, or by a page of its own.
function over(res: Response, page: Document | null): [words: string, link: string] | null {
  if (res.status === 401 || res.type === "opaqueredirect" || (page && !page.getElementById("main")?.dataset.live))
    return ["Your login has ended.", "Log in again"];
  if ([403, 404, 410].includes(res.status)) return ["This page is not shown to you any more.", "Load it again"];
  return null;
}

export function live(): void {
  const main = document.getElementById("main");
  if (main?.dataset.live !== "true") return;
  answers();
  let tag = "";
  let due = false; // something new is known that is not shown yet
  let told = false; // a stream tells what is new
  const stream = new EventSource(main.dataset.liveAddress ?? "/live");
  const follow = async () => {
    if (main.dataset.live !== "true" || busy(main)) return;
    try {
      const headers = tag ? { "If-None-Match": tag } : undefined;
      const res = await fetch(location.href, { cache: "no-store", redirect: "manual", headers });
      const newer = res.ok ? read(await res.text()) : null;
      const ended = over(res, newer);
      if (ended) {
        main.dataset.live = "false";
        stream.close();
        return lost(main, ...ended);
      }
      if (res.ok || res.status === 304) answers();
      else lost(main, since());
      due = !res.ok && res.status !== 304; // trouble that may be over the next time
      if (!newer) return;
      tag = res.headers.get("ETag") ?? "";
      if (busy(main)) tag = "";
      else if (!sameMoment(newer)) show(newer);
      due = tag === "";
    } catch {
      due = true;
      lost(main, since()); // away for a moment: what is shown stays, with its own moment beside it
    }
  };
  stream.addEventListener("known", () => {
    told = due = true;
    follow();
  });
  // A stream that ends tells nothing more: it is asked at once why. Where a login has ended the page says so.
  stream.onerror = () => {
    if (!told) return;
    told = false;
    due = true;
    follow();
  };
  // Who comes back to a page that was out of sight sees at once whether it is still shown to them.
  document.addEventListener("visibilitychange", () => {
    due = true;
    follow();
  });
  setInterval(() => (!told || due) && follow(), every);
}
