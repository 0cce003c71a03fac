import { type PictureBar, pictureColumns, type TracePicture } from '../../src/common/timeline/tracePicture';

const pitch = 6;
const gutter = 10;

/** Where in its trace a line stands: the steps as bars in time, its own marked. */
export function TracePictureView({ picture: { slots, bars, marked } }: { picture: TracePicture }) {
  const [width, height] = [gutter + pictureColumns + 2, slots * pitch];
  return (
    <svg class="trace-picture" width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {marked && <rect class="band" x={gutter} y={marked.slot * pitch} width={pictureColumns} height={pitch} />}
      {marked && <path class="bar marked" d={`M1 ${marked.slot * pitch}l6 3l-6 3z`} />}
      {bars.map(bar => (
        <Bar key={`${bar.slot} ${bar.from}`} bar={bar} />
      ))}
      {marked && <Bar bar={marked} marked />}
    </svg>
  );
}

function Bar({ bar: { slot, from, to, failed }, marked = false }: { bar: PictureBar; marked?: boolean }) {
  const name = failed ? 'bar failed' : marked ? 'bar marked' : 'bar';
  return <rect class={name} x={gutter + from} y={slot * pitch + 1} width={Math.max(2, to - from)} height={pitch - 2} />;
}
