// The reader's choice of light or dark, kept in the browser. Without it the system decides.
const root = document.documentElement;

function dark(): boolean {
  return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

export function theme(): void {
  const kept = localStorage.getItem("theme");
  if (kept) root.dataset.theme = kept;
  const offer = () => document.getElementById("theme")?.removeAttribute("hidden");
  offer();
  document.addEventListener("shown", offer);
  document.addEventListener("click", (event) => {
    if (!(event.target as Element).closest("#theme")) return;
    root.dataset.theme = dark() ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
  });
}
