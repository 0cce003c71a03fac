import { useMemo } from 'preact/hooks';
import { type StackFrame, stackFrames } from '../../../src/common/code/stackFrames';
import { oneLine } from '../../page/format';
import { Limited } from './controls';

interface FrameLinksProps {
  /** All that a record says. */
  text: string;
  openFrame: (frame: number) => void;
}

const firstFrames = 5;

/** The places in code that a stack trace names, each a way to it. */
export function FrameLinks({ text, openFrame }: FrameLinksProps) {
  const frames = useMemo(() => stackFrames(text), [text]);
  if (frames.length === 0) return null;
  return (
    <p class="frame-links">
      <span class="muted">Code: </span>
      <Limited
        items={frames}
        first={firstFrames}
        show={(frame, index) => (
          <button
            key={index}
            type="button"
            class="link log"
            title={`Open ${oneLine(frame.file, 2000)} in the workspace`}
            onClick={() => openFrame(index)}
          >
            {placeName(frame)}
          </button>
        )}
      />
    </p>
  );
}

function placeName({ file, line }: StackFrame): string {
  const name = file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  return `${oneLine(name)}:${line}`;
}
