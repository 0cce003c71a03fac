import { useLayoutEffect, useRef } from 'preact/hooks';

interface FindInputProps {
  text: string;
  /** Nothing is found. */
  none: boolean;
  /** The text cannot be searched for at all. */
  invalid?: boolean;
  label: string;
  title?: string;
  /** IDs of the elements that say what was found. */
  describedBy: string;
  setText: (text: string) => void;
  next: (backwards: boolean) => void;
  /** To what is searched. */
  leave: () => void;
}

/** Where one types what is to be found, with the keys of VS Code's own find. */
export function FindInput({
  text,
  none,
  invalid = false,
  label,
  title,
  describedBy,
  setText,
  next,
  leave,
}: FindInputProps) {
  const input = useRef<HTMLInputElement>(null);
  // At once: the next key is the first letter.
  useLayoutEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') next(event.shiftKey);
    else if (event.key === 'ArrowDown') leave();
    else return;
    event.preventDefault();
  };
  return (
    <input
      type="text"
      class={none || invalid ? 'text-input invalid' : 'text-input'}
      ref={input}
      value={text}
      maxLength={2000}
      spellcheck={false}
      autocomplete="off"
      placeholder="Find"
      title={title}
      aria-label={label}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      onInput={event => setText(event.currentTarget.value)}
      onKeyDown={onKeyDown}
    />
  );
}
