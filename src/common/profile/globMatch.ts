import { RE2JS } from 're2js';

/** Compiled globs; the settings have few. */
const compiled = new Map<string, RE2JS | null>();
const cacheCap = 1024;
const absolute = /^(?:\/|\\|[A-Za-z]:|[a-z][a-z0-9+.-]+:\/\/|\*\*)/;

/**
 * Whether a source is what a glob names, or lies in a folder or an archive (`logs.zip!/api.log`) that it names: `*` and `?` within one folder, `**` over
 * any number, `{a,b}`, `[a-z]`, `\` before a character that is meant literally. A relative glob may begin at any folder:
 * `logs/*.log` fits `/srv/app/logs/api.log`. Takes linear time; a glob that cannot be read fits nothing.
 */
export function matchesGlob(glob: string, source: string): boolean {
  let matcher = compiled.get(glob);
  if (matcher === undefined) {
    if (compiled.size >= cacheCap) compiled.clear();
    matcher = compile(glob);
    compiled.set(glob, matcher);
  }
  return matcher?.matches(source.replaceAll('\\', '/')) ?? false;
}

function compile(glob: string): RE2JS | null {
  const anywhere = absolute.test(glob) ? '' : '(?:.*/)?';
  try {
    return RE2JS.compile(`${anywhere}${patternOf(glob).replace(/\/$/, '')}(?:!?/.*)?`, RE2JS.DOTALL);
  } catch {
    return null;
  }
}

const tokens = /\*\*\/|\*\*|\*|\?|\\.|\[[!^]?[^\][\\/]+\]|[{},]|[^*?\\[{},]+|[\s\S]/g;

function patternOf(glob: string): string {
  let depth = 0;
  let pattern = '';
  for (const [token] of glob.matchAll(tokens)) {
    if (token === '**/') pattern += '(?:.*/)?';
    else if (token === '**') pattern += '.*';
    else if (token === '*') pattern += '[^/]*';
    else if (token === '?') pattern += '[^/]';
    else if (token === '{') {
      depth++;
      pattern += '(?:';
    } else if (token === '}' && depth > 0) {
      depth--;
      pattern += ')';
    } else if (token === ',' && depth > 0) pattern += '|';
    else if (token.length > 2 && token.startsWith('[')) pattern += token.replace(/^\[!/, '[^');
    else pattern += RE2JS.quote(token.length === 2 && token.startsWith('\\') ? token.slice(1) : token);
  }
  return pattern;
}
