import { type PictureBar, pictureColumns, type TracePicture } from '../../common/timeline/tracePicture';

/** Middle tones, 3 : 1 and more on white as on black: a picture in a hover knows nothing of the theme. */
const colours = { step: '#808080', failed: '#f14c4c', marked: '#1a85ff' };

const pitch = 6;
const thickness = 4;
/** Room for the pointer at the left. */
const gutter = 10;

/** An address that holds the whole picture, of numbers alone: nothing that a log says is in it. Less than 4 KB. */
export function pictureUri({ slots, bars, marked }: TracePicture): string {
  const [width, height] = [gutter + pictureColumns + 2, slots * pitch];
  const parts = [
    ...(marked ? [pointer(marked)] : []),
    stroke(
      bars.filter(({ failed }) => !failed),
      colours.step,
    ),
    stroke(
      bars.filter(({ failed }) => failed),
      colours.failed,
    ),
    ...(marked ? [stroke([marked], marked.failed ? colours.failed : colours.marked)] : []),
  ];
  const size = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${parts.join('')}</svg>`;
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}

const middleOf = ({ slot }: PictureBar): number => slot * pitch + pitch / 2;

function stroke(bars: readonly PictureBar[], colour: string): string {
  if (bars.length === 0) return '';
  const d = bars.map(bar => `M${gutter + bar.from} ${middleOf(bar)}h${Math.max(2, bar.to - bar.from)}`).join('');
  return `<path d="${d}" stroke="${colour}" stroke-width="${thickness}"/>`;
}

/** An arrow at the left and a faint band: the step is found without its colour, too. */
function pointer(bar: PictureBar): string {
  const y = middleOf(bar);
  const band = `<path d="M${gutter} ${y}h${pictureColumns}" stroke-opacity=".2" stroke-width="${pitch}" stroke="${colours.marked}"/>`;
  return `${band}<path d="M1 ${y - 3}l6 3l-6 3z" fill="${colours.marked}"/>`;
}
