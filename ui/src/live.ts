// A page that shows the present follows it: it asks now and then whether something new is known, which costs the server
// nothing while there is not, and shows it in place. A moment that was asked for stands still, and so does everything
// while the reader is at an explanation, a menu, a selection or a form. The dot beside the moment says that the page
// follows: there is none without script and none of another moment, and it is hollow while the server does not answer.
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

export function live(): void {
  const main = document.getElementById("main");
  if (main?.dataset.live !== "true") return;
  const follows = (word: string) => (document.documentElement.dataset.follows = word);
  follows("yes");
  let tag = "";
  setInterval(async () => {
    if (main.dataset.live !== "true" || busy(main)) return;
    try {
      const res = await fetch(location.href, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
      follows(res.ok || res.status === 304 ? "yes" : "no");
      if (!res.ok) return; // nothing new, or trouble that may be over the next time
      tag = res.headers.get("ETag") ?? "";
      const newer = read(await res.text());
      if (busy(main)) tag = "";
      else if (!sameMoment(newer)) show(newer);
    } catch {
      follows("no"); // away for a moment: what is shown stays, with its own moment beside it
    }
  }, every);
}
