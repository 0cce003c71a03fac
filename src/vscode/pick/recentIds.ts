import type { Memento } from 'vscode';
import { stateKeys } from '../contributions';

const kept = 30;

/** IDs that were traced in this workspace, the last one first. */
export class RecentIds {
  private readonly state: Memento;
  constructor(state: Memento) {
    this.state = state;
  }

  get all(): string[] {
    return this.state.get<string[]>(stateKeys.recentIds, []);
  }

  async add(id: string): Promise<void> {
    await this.state.update(stateKeys.recentIds, [id, ...this.all.filter(known => known !== id)].slice(0, kept));
  }
}
