/** Text that is cut off, covered by other text, or outside of the view. */
export function findDefects(): string[] {
  const defects: string[] = [];
  const name = (element: Element) => `${element.className || element.tagName} "${element.textContent?.slice(0, 40)}"`;
  for (const element of document.querySelectorAll(
    '.bar > *:not(.spoken), .status-bar > *, .details h2, .problem > *, .progress > *',
  )) {
    const { left, right } = element.getBoundingClientRect();
    if (left < -1 || right > innerWidth + 1) defects.push(`outside ${name(element)}`);
    if (element.tagName !== 'INPUT' && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0) {
      defects.push(`cut ${name(element)}`);
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) defects.push('the page scrolls sideways');
  if (document.documentElement.scrollHeight > innerHeight) defects.push('the page scrolls');
  for (const line of document.querySelectorAll('.line')) {
    const number = line.querySelector('.number');
    if (number && number.scrollWidth > number.clientWidth + 1) defects.push(`cut ${name(number)}`);
  }
  const card = document.querySelector('.hover-card')?.getBoundingClientRect();
  if (card && (card.left < -1 || card.right > innerWidth + 1 || card.top < -1 || card.bottom > innerHeight + 1)) {
    defects.push('the card is outside');
  }
  return defects;
}
