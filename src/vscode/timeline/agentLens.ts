import type { Memento } from 'vscode';
import { stateKeys } from '../contributions';

/** Whether timelines begin with the agent lens on: as it was switched last, in whichever timeline. */
export class AgentLens {
  private readonly state: Memento;
  constructor(state: Memento) {
    this.state = state;
  }

  /** @param on `null`: only asks. @returns whether it is on */
  switch(on: boolean | null): boolean {
    // A lens that is not kept is switched on again by a click.
    if (on !== null) void this.state.update(stateKeys.agentLens, on).then(undefined, () => undefined);
    return on ?? this.state.get<boolean>(stateKeys.agentLens, false);
  }
}
