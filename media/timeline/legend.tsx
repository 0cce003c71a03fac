/** What the bars mean, in one quiet line. */
export function Legend() {
  return (
    <p class="legend" aria-hidden="true">
      <span class="legend-mark wait" /> queue wait
      <span class="legend-mark earlier" /> earlier attempt
      <span class="legend-mark work" /> work
      <span class="legend-mark inferred" /> inferred
      <span class="legend-mark path" /> critical path
      <svg aria-hidden="true" class="legend-links" viewBox="0 0 24 10" width="24" height="10">
        <path class="link-line" d="M1 5H23" />
      </svg>
      stated
      <svg aria-hidden="true" class="legend-links joined" viewBox="0 0 24 10" width="24" height="10">
        <path class="link-line" d="M1 5H23" />
      </svg>
      joined by ID
      <svg aria-hidden="true" class="legend-links inferred" viewBox="0 0 24 10" width="24" height="10">
        <path class="link-line" d="M1 5H23" />
      </svg>
      inferred from order
    </p>
  );
}
