import type { SourceHost } from '../common/protocol/sourceHost';
import { visibleText } from '../common/timeline/visibleText';
import type { Terminal } from './terminal';

/** Asks whoever sits at the terminal; without one there is no secret, and no unknown host is trusted. */
export function terminalHost(terminal: Terminal): SourceHost {
  const { ask } = terminal;
  /** Questions come one after the other. */
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Answer>(question: () => Promise<Answer>): Promise<Answer> => {
    const answer = last.then(question);
    last = answer.catch(() => {});
    return answer;
  };
  return {
    secret: ({ kind, of, refused }) =>
      inTurn(async () => {
        if (!ask) return null;
        if (refused) terminal.err(`throughline: the ${kind} is wrong`);
        return (await ask(visibleText(`throughline: ${kind} of ${of}: `), { isHidden: true })) || null;
      }),
    trustsHost: ({ host, keyType, fingerprint }) =>
      inTurn(async () => {
        if (!ask) return 'refused';
        terminal.err(
          visibleText(`throughline: ${host} is unknown. The fingerprint of its ${keyType} key is ${fingerprint}.`),
        );
        const answer = await ask('throughline: is it the host that you mean? (yes, else no) ', { isHidden: false });
        return answer?.trim().toLowerCase() === 'yes' ? 'trusted' : 'refused';
      }),
    told: () => {},
  };
}
