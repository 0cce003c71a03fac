/** Text that is cut off without saying so by "…", covered by other text, or outside of the view. */
export function findDefects(): string[] {
  const defects: string[] = [];
  const name = (element: Element) => `${element.className || element.tagName} "${element.textContent?.slice(0, 40)}"`;
  const whole = document.querySelectorAll(
    '.query-hint, .summary-text, .notes-button, .message :is(h2, p, button), .progress :is(.progress-text, button), .query-problem p, ' +
      '.outdated :is(span, button), .duration-value, .error-count, .number-cell, .head .value',
  );
  for (const element of whole) {
    const { clientWidth, scrollWidth } = element;
    if (clientWidth > 0 && scrollWidth > clientWidth + 1) defects.push(`cut ${name(element)}`);
    const { left, right } = element.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1) defects.push(`outside ${name(element)}`);
  }
  for (const element of document.querySelectorAll('.cell .value')) {
    const { overflow, textOverflow } = getComputedStyle(element);
    const isCut = element.scrollWidth > element.clientWidth + 1;
    if (isCut && (overflow !== 'hidden' || textOverflow !== 'ellipsis')) defects.push(`cut ${name(element)}`);
    if (element.textContent !== '' && element.clientWidth < 24 && isCut) defects.push(`no room ${name(element)}`);
  }
  if (document.documentElement.scrollWidth > innerWidth) defects.push('the page scrolls sideways');
  for (const row of document.querySelectorAll('.row')) {
    const boxes = [
      ...row.querySelectorAll('.value, .duration-value, .duration-track, .error-count, .icon, .number-cell'),
    ]
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
