// The entry of the section that is read is marked in the list of the sections of a page.
export function contents(): void {
  let due = false;
  const mark = () => {
    due = false;
    const links = [...document.querySelectorAll<HTMLAnchorElement>(".contents a")];
    const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const above = (link: HTMLAnchorElement) => {
      const head = document.getElementById(link.hash.slice(1));
      return head !== null && head.getBoundingClientRect().top < innerHeight / 3;
    };
    const read = end ? links.at(-1) : links.filter(above).at(-1);
    for (const link of links) {
      if (link === read) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const soon = () => {
    if (!due) requestAnimationFrame(mark);
    due = true;
  };
  for (const event of ["scroll", "resize"]) addEventListener(event, soon, { passive: true });
  document.addEventListener("shown", soon);
  soon();
}
