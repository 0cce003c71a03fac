import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Action } from '../../page/action';
import { Icon } from '../../page/icon';
import { focusActiveRow } from '../../page/rowFocus';
import { useLetterKeys } from '../fold/letterKeys';
import { SignList } from './legend';

interface HelpKeys {
  /** Each of them does the same. A key that is held with another one is written as `Shift+E`. */
  keys: readonly string[];
  does: string;
}

/** Every key of the timeline, by where one needs it. */
const help: readonly { title: string; keys: readonly HelpKeys[] }[] = [
  {
    title: 'Steps and records',
    keys: [
      { keys: ['↑', '↓'], does: 'Previous or next row' },
      { keys: ['Page Up', 'Page Down'], does: 'A page up or down' },
      { keys: ['Home', 'End'], does: 'First or last row' },
      { keys: ['→'], does: 'Open what is folded, or the first step below' },
      { keys: ['←'], does: 'Fold what is below, or the step that it hangs on' },
      { keys: ['Enter'], does: 'Open the log line' },
      { keys: ['Space'], does: 'Show or hide the details' },
    ],
  },
  {
    title: 'Fold',
    keys: [
      { keys: ['C', 'Shift+C'], does: 'Collapse one level, or all' },
      { keys: ['X', 'Shift+X'], does: 'Expand one level, or all' },
      { keys: ['L'], does: 'Agent lens: fold what is not the agent’s work' },
    ],
  },
  {
    title: 'Everywhere',
    keys: [
      { keys: ['Tab', 'Shift+Tab'], does: 'Header, overview, rows, details' },
      { keys: ['←', '→'], does: 'Move the edge, window or tab that has the focus' },
      { keys: ['?'], does: 'This list' },
    ],
  },
  {
    title: 'Find',
    keys: [
      { keys: ['Ctrl+F', '/'], does: 'Find steps by text or a query' },
      { keys: ['Enter', 'F3'], does: 'Next match' },
      { keys: ['Shift+Enter', 'Shift+F3'], does: 'Previous match' },
      { keys: ['E', 'Shift+E'], does: 'Next or previous error' },
      { keys: ['P', 'Shift+P'], does: 'Next or previous step on the critical path' },
      { keys: ['Escape'], does: 'Close find' },
    ],
  },
  {
    title: 'Time',
    keys: [
      { keys: ['+', 'W'], does: 'Zoom in' },
      { keys: ['−', 'S'], does: 'Zoom out' },
      { keys: ['A', 'D'], does: 'Earlier or later; farther with Shift' },
      { keys: ['F'], does: 'Zoom to the selected step' },
      { keys: ['0'], does: 'Show all of the time' },
      { keys: ['I'], does: 'Compress idle time, or not' },
      { keys: ['T'], does: 'From the start, UTC, local or logged time' },
    ],
  },
];

/** A button and a key that show all keys. Escape closes them, and the focus goes back to where it was. */
export function KeyHelp() {
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  useLetterKeys(({ key }) => {
    if (key === '?') setOpen(true);
    return key === '?';
  });
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  const onClose = () => {
    setOpen(false);
    // The row that had the focus may be gone.
    if (document.activeElement === document.body) focusActiveRow();
  };
  return (
    <>
      <Action icon="question" label="Keyboard Shortcuts and Legend (?)" onClick={() => setOpen(true)} />
      {open && (
        <dialog class="key-help" ref={dialog} aria-labelledby="key-help-title" onClose={onClose}>
          <div class="key-help-title">
            <h2 id="key-help-title">Keyboard Shortcuts and Legend</h2>
            <Action icon="close" label="Close (Escape)" onClick={() => dialog.current?.close()} />
          </div>
          <div class="key-help-groups">
            {help.map(({ title, keys }) => (
              <section key={title}>
                <h3>{title}</h3>
                <dl>
                  {keys.map(({ keys, does }) => (
                    <div key={does}>
                      <dt>
                        {keys.map((key, index) => (
                          <span key={key}>
                            {index > 0 && ' '}
                            <kbd>{key}</kbd>
                          </span>
                        ))}
                      </dt>
                      <dd>{does}</dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
          <h3 class="sign-title">What Bars and Lines Mean</h3>
          <SignList />
          <MoreBelow scroller={dialog} />
        </dialog>
      )}
    </>
  );
}

/** Says that a list goes on where its end is not in view, and leads on. */
function MoreBelow({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const [more, setMore] = useState(false);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const read = () => setMore(element.scrollHeight - element.scrollTop - element.clientHeight > 4);
    const observer = new ResizeObserver(read);
    observer.observe(element);
    element.addEventListener('scroll', read, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', read);
    };
  }, [scroller]);
  if (!more) return null;
  return (
    <div class="more-below">
      <button type="button" onClick={() => scroller.current?.scrollBy({ top: scroller.current.clientHeight * 0.8 })}>
        <Icon name="chevron" /> More below
      </button>
    </div>
  );
}
