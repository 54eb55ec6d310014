// A page that shows the present follows it. The server tells by a stream that something new is known, and the page
// is asked for again and shown in place; while there is no stream, as behind a proxy that lets none pass, it is asked
// for now and then, which costs the server nothing while there is nothing new. A moment that was asked for stands
// still, and so does everything while the reader is at an explanation, a menu, a selection or a form. The dot beside
// the moment says that the page follows: there is none without script and none of another moment, and it is hollow
// while the server does not answer; then the figures fade, and a line says since when.
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

// tell marks whether the server answers, and says since when it does not.
function tell(main: HTMLElement, answers: boolean): void {
  const line = document.getElementById("lost");
  document.documentElement.dataset.follows = answers ? "yes" : "no";
  if (answers) return line?.remove();
  if (line) return;
  const lost = document.createElement("p");
  lost.id = "lost";
  lost.className = "notice wrap";
  lost.setAttribute("role", "status");
  const since = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  lost.textContent = `The server has not answered since ${since}. What stands here is as of the moment above.`;
  main.prepend(lost);
}

export function live(): void {
  const main = document.getElementById("main");
  if (main?.dataset.live !== "true") return;
  tell(main, true);
  let tag = "";
  let due = false; // something new is known that is not shown yet
  let told = false; // a stream tells what is new
  const follow = async () => {
    if (main.dataset.live !== "true" || busy(main)) return;
    try {
      const res = await fetch(location.href, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      tell(main, res.ok || res.status === 304);
      due = !res.ok && res.status !== 304; // trouble that may be over the next time
      if (!res.ok) return;
      tag = res.headers.get("ETag") ?? "";
      const newer = read(await res.text());
      if (busy(main)) tag = "";
      else if (!sameMoment(newer)) show(newer);
      due = tag === "";
    } catch {
      due = true;
      tell(main, false); // away for a moment: what is shown stays, with its own moment beside it
    }
  };
  const stream = new EventSource(main.dataset.liveAddress ?? "/live");
  stream.addEventListener("known", () => {
    told = due = true;
    follow();
  });
  stream.onerror = () => (told = false);
  setInterval(() => (!told || due) && follow(), every);
}
