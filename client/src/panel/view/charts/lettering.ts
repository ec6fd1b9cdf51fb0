// Writes on a canvas by copying: each text is set once as a small picture, for all charts. To set it anew each second costs
// ten times as much, and choosing a font for a canvas has the browser look at the whole page's styles. Knows no chart.

/** Device pixels around a text into which its letters may reach. */
const margin = 3;
/** Times of the day come and go, and themes: so many are kept before all are forgotten. */
const most = { texts: 400, looks: 32 };

export type Look = {
  /** Device pixels. */
  readonly size: number;
  readonly font: string;
  readonly colour: string;
  readonly align: "left" | "center" | "right";
  readonly baseline: "top" | "middle" | "bottom";
};

/** A text as it is copied, and where in it the point lies at which it is written. */
type Picture = { readonly image: CanvasImageSource; readonly left: number; readonly top: number };

const known = new Map<string, Lettering>();

/** The one that writes so, for all charts. */
export function lettering(look: Look): Lettering {
  const key = `${look.size} ${look.align} ${look.baseline} ${look.colour} ${look.font}`;
  let found = known.get(key);
  if (!found) {
    if (known.size >= most.looks) known.clear();
    found = new Lettering(look);
    known.set(key, found);
  }
  return found;
}

export class Lettering {
  readonly #look: Look;
  readonly #pictures = new Map<string, Picture>();

  constructor(look: Look) {
    this.#look = look;
  }

  /** `x` and `y` in whole device pixels: the point that the text is aligned to. */
  write(context: CanvasRenderingContext2D, text: string, x: number, y: number): void {
    if (text === "") return;
    let picture = this.#pictures.get(text);
    if (!picture) {
      if (this.#pictures.size >= most.texts) this.#pictures.clear();
      picture = setText(text, this.#look);
      this.#pictures.set(text, picture);
    }
    context.drawImage(picture.image, x - picture.left, y - picture.top);
  }
}

function setText(text: string, { size, font: family, colour, align, baseline }: Look): Picture {
  const font = `${size}px ${family}`;
  const canvas = new OffscreenCanvas(1, 1);
  // Without the graphics card, to which a picture of a word is not worth the way.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return { image: canvas, left: 0, top: 0 };
  context.font = font;
  const width = Math.ceil(context.measureText(text).width) + 2 * margin;
  const height = Math.ceil(size * 1.5) + 2 * margin;
  [canvas.width, canvas.height] = [width, height];
  const left = { left: margin, center: Math.round(width / 2), right: width - margin }[align];
  const top = { top: margin, middle: Math.round(height / 2), bottom: height - margin }[baseline];
  Object.assign(context, { font, fillStyle: colour, textAlign: align, textBaseline: baseline });
  context.fillText(text, left, top);
  return { image: canvas.transferToImageBitmap(), left, top };
}
