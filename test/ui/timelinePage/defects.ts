/** Text that is cut off or covered by other text, outside of what may scroll or says so by "…". */
export function findDefects(): string[] {
  const defects: string[] = [];
  const name = (element: Element) => `${element.className || element.tagName} "${element.textContent?.slice(0, 40)}"`;
  const header = [
    ...document.querySelectorAll(
      '.header h1, .header .fact, .header button, .header p, .message *, .tick, .legend, .absence, .find button, .find p, .fold-actions, .fold-actions button, .fold-errors, .overview-caption *, .edge, .tab, .records-grid .cell:is(.line-time, .line-since, .line-severity, .line-service, .line-place) .log, .records-grid .head .cell',
    ),
  ];
  for (const element of header) {
    if (element.closest('.spoken')) continue;
    const { clientWidth, scrollWidth, clientHeight, scrollHeight } = element;
    if (clientWidth > 0 && (scrollWidth > clientWidth + 1 || scrollHeight > clientHeight + 3))
      defects.push(`cut ${name(element)}`);
    const { left, right } = element.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1) defects.push(`outside ${name(element)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) defects.push('the page scrolls sideways');
  // Boxes of text that lie over each other, in the header and in each row.
  const groups = [
    document.querySelectorAll('.header h1, .header .fact, .header .action, .notes-button, .bottleneck'),
    document.querySelectorAll('.tick'),
    document.querySelectorAll('.head-name, .fold-actions .action'),
    document.querySelectorAll('.overview-caption > *, .overview-track'),
    document.querySelectorAll('.find input, .find-count, .find .action, .find p'),
  ];
  for (const row of document.querySelectorAll('.canvas .row')) {
    groups.push(
      row.querySelectorAll(
        '.number, .label, .badge, .fold-summary.run, .fold-rest, .fold-errors, .usage-chip, .row-actions, .records-grid .log, .cell.service span, .duration-value, .duration-kind, .edge',
      ),
    );
  }
  for (const group of groups) {
    const boxes = [...group]
      .filter(element => !element.closest('dialog'))
      .map(element => ({ element, box: element.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0);
    for (const [index, a] of boxes.entries()) {
      for (const b of boxes.slice(index + 1)) {
        const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (across > 1 && down > 1 && !a.element.contains(b.element))
          defects.push(`${name(a.element)} over ${name(b.element)}`);
      }
    }
  }
  return defects;
}
