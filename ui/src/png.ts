// A chart as a picture: drawn in the browser from the chart's own file, with a caption that says what it is, of which
// team and moment, in which unit. The entry stands in the menu of a card beside that of the drawing.
const scale = 2;
const margin = 20;

const picture = (text: string): Promise<HTMLImageElement> =>
  new Promise((drawn, failed) => {
    const image = new Image();
    image.onload = () => drawn(image);
    image.onerror = failed;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  });

// caption is what stands under the picture: the headline of the chart, and where and when it is from.
function caption(card: Element): string[] {
  const words = (selector: string) => card.querySelector(selector)?.textContent?.replace(/\s+/g, " ").trim() ?? "";
  const moment = document.querySelector("header.bar .pick.end > summary strong")?.textContent ?? "";
  return [words(".reading"), `${words("h3")} · ${document.title.replace(/: Jerem$/, "")} · as of ${moment}`];
}

async function save(card: Element, address: string): Promise<void> {
  const image = await picture(await (await fetch(address)).text());
  const lines = caption(card);
  const canvas = document.createElement("canvas");
  canvas.width = image.width * scale;
  canvas.height = (image.height + lines.length * 20 + margin) * scale;
  const context = canvas.getContext("2d");
  if (!context) return;
  const style = getComputedStyle(document.body);
  const ground = getComputedStyle(card).backgroundColor;
  context.scale(scale, scale);
  context.fillStyle = ground;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(image, 0, 0);
  context.fillStyle = style.color;
  lines.forEach((line, n) => {
    context.font = `${n ? 12 : "bold 14"}px ${style.fontFamily}`;
    context.fillText(line, margin, image.height + 14 + n * 20, image.width - 2 * margin);
  });
  const link = document.createElement("a");
  link.download = `${new URL(address, location.href).pathname.split("/").slice(2).join("-").replace(/\.svg$/, "")}.png`;
  link.href = canvas.toDataURL("image/png");
  link.click();
}

export function png(): void {
  document.addEventListener(
    "toggle",
    (event) => {
      const menu = event.target as HTMLDetailsElement;
      if (!menu.matches?.(".menu[open]") || menu.querySelector("button")) return;
      const card = menu.closest(".card");
      for (const file of menu.querySelectorAll<HTMLAnchorElement>('a[href*=".svg"]')) {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = file.textContent?.replace("SVG", "PNG") ?? "PNG";
        button.addEventListener("click", () => card && save(card, file.href));
        file.after(button);
      }
    },
    true,
  );
}
