/**
 * A text in so many characters at most: of a longer one its beginning and its end, since IDs of one kind begin alike.
 * No character is cut in two.
 */
export function cutMiddle(text: string, length: number): string {
  const letters = [...text];
  if (letters.length <= length) return text;
  const tail = Math.floor((length - 1) * 0.4);
  return `${letters.slice(0, length - 1 - tail).join('')}…${letters.slice(-tail).join('')}`;
}
