import { l10n, window } from 'vscode';
import type { LogEngine } from '../../common/protocol/logEngine';
import type { RemoteHost } from './remoteHost';

/** *Clear Remote Logs…*: the copies of remote logs, and what was asked for to get them. */
export async function clearRemote(engine: Pick<LogEngine, 'clearRemote'>, host: RemoteHost): Promise<void> {
  const copies = { label: l10n.t('Copies of remote logs'), picked: true };
  const secrets = { label: l10n.t('Passwords and passphrases') };
  const hosts = { label: l10n.t('Trusted hosts'), description: l10n.t('not those in known_hosts') };
  const chosen = await window.showQuickPick([copies, secrets, hosts], {
    title: l10n.t('Clear Remote Logs'),
    placeHolder: l10n.t('Choose what is to be forgotten; the logs themselves stay where they are'),
    canPickMany: true,
  });
  if (!chosen?.length) return;
  if (chosen.includes(secrets)) await host.forgetSecrets();
  if (chosen.includes(hosts)) await host.forgetHosts();
  const bytes = chosen.includes(copies) ? await engine.clearRemote() : 0;
  const freed = bytes > 0 ? l10n.t(' {0} MB are free.', Math.max(0.1, bytes / 1e6).toFixed(1)) : '';
  void window.showInformationMessage(l10n.t('Forgotten.{0}', freed));
}
