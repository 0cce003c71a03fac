import { homedir } from 'node:os';
import { hostOfJournal } from '../../../common/protocol/places/journalPlace';
import type { SourceHost } from '../../../common/protocol/sourceHost';
import { SshTransport } from '../ssh/sshTransport';
import type { Connect, LineTransport } from '../transport';
import { CommandTransport } from './commandTransport';
import { FarMachine } from './farMachine';
import { journal } from './journal';

/** The journal of another host, by SSH. @param home the folder that holds `.ssh` */
export function journalOver(host: SourceHost, home: string): LineTransport {
  const ssh = new SshTransport(host, home);
  const connect = (place: string, signal: AbortSignal) => ssh.connection(hostOfJournal(place), signal);
  return new CommandTransport(journal, new FarMachine({ connect, close: () => ssh.close() }));
}

export const connectFarJournal: Connect = host => journalOver(host, homedir());
