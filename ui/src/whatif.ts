// The sliders of "what if": their values are told while they move, and asked in place when they are let go, so that who
// moves one by the arrow keys can go on. The form works without this.
import { go } from "./walk";

function told(slider: HTMLInputElement): void {
  const output = slider.closest("label")?.querySelector("output");
  if (!output) return;
  const value = Number(slider.value);
  const { unit, size } = output.dataset;
  const sign = value > 0 ? "+" : value < 0 ? "−" : "";
  const amount = Math.round((Math.abs(value) / Number(size)) * 10) / 10;
  output.textContent = size
    ? `${sign}${amount} ${amount === 1 ? unit?.replace(/s$/, "") : unit}`
    : `${Math.round(value * 100)}\u202f%`;
  slider.setAttribute("aria-valuetext", output.textContent);
}

export function whatIf(): void {
  const main = document.getElementById("main");
  main?.addEventListener("input", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches(".whatif input")) told(event.target);
  });
  main?.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement && event.target.matches(".whatif input")) {
      const form = event.target.form;
      if (!form) return;
      const address = new URL(form.action);
      for (const [name, value] of new FormData(form)) address.searchParams.set(name, String(value));
      go(address.href);
    }
  });
}
