import type { LineInsight } from '../../src/common/protocol/logViewProtocol';
import { InsightFacts } from './insightFacts';
import type { Hover } from './useHover';

interface HoverCardProps {
  hover: Hover;
  insight: LineInsight;
  onTrace: (id: string, step: string | null) => void;
}

/** As the hover of an editor. For the mouse: the details of a line say the same to all others. */
export function HoverCard({ hover: { x, y, isLow, stay, leave }, insight, onTrace }: HoverCardProps) {
  const place = isLow ? { bottom: `calc(100% - ${y}px)` } : { top: `${y}px` };
  return (
    <div
      class="hover-card"
      role="tooltip"
      style={{ left: `min(${x}px, 100% - min(420px, 100%))`, ...place }}
      onPointerEnter={stay}
      onPointerLeave={leave}
    >
      <InsightFacts insight={insight} onTrace={onTrace} />
    </div>
  );
}
