import { UsageError } from './usage';

const isOperator = (word: string | undefined): boolean =>
  word !== undefined && /^(?:[=!]=|!~|[<>]=|[=<>~])$/.test(word);
const isKeyword = (word: string | undefined): boolean => word !== undefined && /^(?:and|or)$/i.test(word);
const holdsOperator = (word: string): boolean => /^[\w.-]+(?:[=!]=|!~|[<>]=|[=<>~])/.test(word);

/**
 * A shell splits `user = u-42 and service = api` where nobody quotes it: puts together what is one query, as far as the
 * grammar goes, and leaves the rest, which are paths. @throws UsageError where the rest is a part of a query too
 */
export function joinQuery(args: readonly string[]): string[] {
  const words: string[] = [];
  let at = 0;
  const takeTerm = () => {
    while (/^not$/i.test(args[at] ?? '') && at + 1 < args.length) words.push(args[at++] ?? '');
    const compares = isOperator(args[at + 1]);
    for (const [index, word] of args.slice(at, compares ? at + 3 : at + 1).entries()) {
      words.push(index === 2 ? quoted(word) : word);
      at++;
    }
  };
  takeTerm();
  for (;;) {
    if (isKeyword(args[at])) words.push(args[at++] ?? '');
    else if (!isOperator(args[at + 1]) && !holdsOperator(args[at] ?? '')) break;
    takeTerm();
  }
  const rest = args.slice(at);
  const stray = rest.find(word => isOperator(word) || isKeyword(word));
  if (stray !== undefined) {
    throw new UsageError(
      `trace: “${stray}” is not where a query can have it. Quote the query: trace '${args.join(' ')}'.`,
    );
  }
  return words.length > 0 ? [words.join(' '), ...rest] : [];
}

/** A value with blanks in it was quoted for the shell, and is for the grammar too. */
const quoted = (value: string): string => (/[\s()]/.test(value) && !/^["'].*["']$/.test(value) ? `"${value}"` : value);
