const bars = [
  { mark: 'wait', text: 'queue wait' },
  { mark: 'idle', text: 'idle' },
  { mark: 'earlier', text: 'earlier attempt' },
  { mark: 'work', text: 'work' },
  { mark: 'inferred', text: 'inferred' },
  { mark: 'folded', text: 'folded' },
  { mark: 'lines', text: 'log lines' },
  { mark: 'path', text: 'critical path' },
];
const links = [
  { evidence: 'stated', text: 'stated' },
  { evidence: 'joined', text: 'joined by ID' },
  { evidence: 'inferred', text: 'inferred from order' },
];

/** What the bars and the lines between them mean, in one quiet line. */
export function Legend() {
  return (
    <p class="legend" aria-hidden="true">
      {bars.map(({ mark, text }) => (
        <span key={text}>
          <span class={`legend-mark ${mark}`} /> {text}
        </span>
      ))}
      {links.map(({ evidence, text }) => (
        <span key={text}>
          <svg aria-hidden="true" class={`legend-links ${evidence}`} viewBox="0 0 24 10" width="24" height="10">
            <path class="link-line" d="M1 5H23" />
          </svg>
          {text}
        </span>
      ))}
    </p>
  );
}
