/** Contrast of each service's colour with the editor's background, by WCAG; 0 for one that is not there or not opaque. */
export function serviceContrasts(): number[] {
  const probe = document.body.appendChild(document.createElement('div'));
  const ground = luminance(pixel(getComputedStyle(document.body).backgroundColor));
  const contrasts = Array.from({ length: 8 }, (_, index) => {
    probe.className = `box work service-${index}`;
    const colour = pixel(getComputedStyle(probe).backgroundColor);
    if (colour[3] !== 255) return 0;
    return contrast(luminance(colour), ground);
  });
  probe.remove();
  return contrasts;
}

/** Contrast of a colour with what is below it, the lowest first, each of which may be transparent. */
export function colourContrast(colour: string, ...below: string[]): number {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  const [ground, text] = [below, [colour]].map(layers => {
    for (const layer of layers) {
      canvas.fillStyle = layer;
      canvas.fillRect(0, 0, 1, 1);
    }
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
    return luminance([red, green, blue, alpha]);
  });
  return contrast(ground!, text!);
}

/** Contrast of two pixels of a picture, as they are on the screen. @param png in base64 */
export async function pixelContrast(png: string, ...places: [[number, number], [number, number]]): Promise<number> {
  const bytes = Uint8Array.from(atob(png), letter => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
  canvas.drawImage(picture, 0, 0);
  const [one, other] = places.map(([x, y]) => {
    const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(x, y, 1, 1).data;
    return luminance([red, green, blue, alpha]);
  });
  return contrast(one!, other!);
}

const contrast = (one: number, other: number) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);

type Pixel = readonly [red: number, green: number, blue: number, alpha: number];

/** Any CSS colour, mixed ones too, as the screen shows it. */
function pixel(colour: string): Pixel {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d')!;
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = canvas.getImageData(0, 0, 1, 1).data;
  return [red, green, blue, alpha];
}

function luminance([red, green, blue]: Pixel): number {
  const linear = (value: number) => (value <= 10 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}
