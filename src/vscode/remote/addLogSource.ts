import { commands, l10n, window, workspace } from 'vscode';
import { type SchemeName, schemeOf, schemes } from '../../common/protocol/places/remotePlaces';
import { sourcesViewId } from '../contributions';
import { addLogFiles, updateContext } from '../sources/addLogFiles';
import type { SourcePlaces } from '../sources/sourcePlaces';
import { manageTrust, UserError } from '../userError';

/**
 * *Add Log Source…*: logs of this machine or of another one; remembered with the workspace.
 * @param added is called before the first look at it
 */
export async function addLogSource(places: SourcePlaces, added: () => void): Promise<void> {
  const here = { label: l10n.t('Files or Folders'), description: l10n.t('of this machine'), name: null };
  const remote = (Object.keys(schemes) as SchemeName[]).map(name => {
    const { label, example } = schemes[name];
    return { label, description: example, name };
  });
  const chosen = await window.showQuickPick([here, ...remote], {
    title: l10n.t('Add Log Source'),
    placeHolder: l10n.t('Where are the logs?'),
    matchOnDescription: true,
  });
  if (!chosen) return;
  if (chosen.name === null) {
    await addLogFiles(places);
    return;
  }
  if (!workspace.isTrusted) {
    throw new UserError(l10n.t('In a workspace without trust no other machine is asked for logs.'), manageTrust());
  }
  const place = await askForPlace(chosen.name);
  if (place === undefined) return;
  added();
  await places.setAdded([...places.added, place]);
  await updateContext(places);
  await commands.executeCommand(`${sourcesViewId}.focus`);
}

async function askForPlace(name: SchemeName): Promise<string | undefined> {
  const { label, prefix, example, check } = schemes[name];
  const given = await window.showInputBox({
    title: l10n.t('Add Log Source: {0}', label),
    value: prefix,
    valueSelection: [prefix.length, prefix.length],
    prompt: l10n.t('For example {0}', example),
    ignoreFocusOut: true,
    validateInput: text => {
      const place = text.trim();
      if (place === '' || place === prefix) return null;
      return schemeOf(place) === name ? check(place) : l10n.t('It begins with {0}', prefix);
    },
  });
  const place = given?.trim();
  // The prefix alone is enough where it names all there is.
  return place && (place !== prefix || check(place) === null) ? place : undefined;
}
