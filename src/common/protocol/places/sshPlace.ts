const example = 'ssh://user@host/var/log/app/*.log';

/** The row of `remotePlaces`. What a glob may hold is not what a URL may. */
export const sshScheme = {
  label: 'SSH',
  prefix: 'ssh://',
  example,
  check(place: string): string | null {
    const [, authority = '', path = ''] = /^ssh:\/\/([^/]*)(\/.*)?$/is.exec(place) ?? [];
    const [, user = '', host = ''] =
      /^(?:([^@]*)@)?((?:\[[0-9a-f:.%]+\]|[^:@[\]\s]+)(?::\d{1,5})?)$/i.exec(authority) ?? [];
    if (user.includes(':'))
      return 'A password in a place is refused, since settings are no safe: leave it out, it is asked for.';
    if (host === '' || host.startsWith('-')) return `Name the host: ${example}`;
    return path.length > 1 ? null : `Name the path on the host: ${example}`;
  },
};
