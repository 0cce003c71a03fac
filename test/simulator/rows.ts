import type { Stage, Step } from './model.ts';

export interface Row {
  readonly step: Step;
  readonly depth: number;
}

/**
 * Row order and depth of design §3, read off the plan: a stage of one chain is a series (depth 0), a stage of several
 * is a fork. Its chains are +1 and stand before the join; without a join the chain that leads to T is the trunk.
 */
export function rowsOf(stages: readonly Stage[], last: Step): Row[] {
  return stages.flatMap((stage, index) => {
    const joined = index < stages.length - 1;
    if (stage.chains.length === 1) return (stage.chains[0] ?? []).flatMap(step => withSides(step, joined));
    const isTrunk = (chain: readonly Step[]) => !joined && chain.includes(last);
    const branches = stage.chains.filter(chain => !isTrunk(chain)).flat();
    const trunk = stage.chains.filter(isTrunk).flat();
    return [...branches.map(step => ({ step, depth: 1 })), ...trunk.map(step => ({ step, depth: 0 }))];
  });
}

/** A side branch beside the flow is +1; where nothing else follows it is the sole follower and stays flat. */
function withSides(step: Step, hasFollower: boolean): Row[] {
  return [{ step, depth: 0 }, ...step.sides.map(side => ({ step: side, depth: hasFollower ? 1 : 0 }))];
}
