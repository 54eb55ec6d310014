// The sliders of "what if": their values are told while they move, and asked when they are let go. The form works
// without this.
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
      event.target.form?.requestSubmit();
    }
  });
}
