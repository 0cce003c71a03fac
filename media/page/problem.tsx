import { visibleText } from '../../src/common/timeline/visibleText';
import { Action } from './action';
import { Icon } from './icon';

/** Something that was asked of the extension went wrong; what is on screen stays. */
export function Problem({ text, close }: { text: string; close: () => void }) {
  return (
    <div class="problem" role="alert">
      <Icon name="error" />
      <span>{visibleText(text)}</span>
      <Action icon="close" label="Dismiss" onClick={close} />
    </div>
  );
}
