const noPassword = 'A password in a URL is refused, since settings are no safe: leave it out, it is asked for.';

/** The row of `remotePlaces`. Globs and characters that a URL has to escape may stand behind the host. */
export const httpScheme = (protocol: 'http' | 'https') => {
  const example = protocol === 'http' ? 'http://host/logs/app*.log' : 'https://host/logs/app.log';
  return {
    label: protocol.toUpperCase(),
    prefix: `${protocol}://`,
    example,
    check(place: string): string | null {
      const [, user = '', host = ''] = /^https?:\/\/(?:([^/?#]*)@)?([^/?#]*)/i.exec(place) ?? [];
      if (host === '' || /[\s<>^|%\\]/.test(host)) return `No valid URL: write it like ${example}`;
      return user.includes(':') ? noPassword : null;
    },
  };
};
