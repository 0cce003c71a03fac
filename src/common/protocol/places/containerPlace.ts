/** Which containers a place means. */
export type ContainerPlace =
  /** By name or the beginning of an ID; with `*` and `?` all names that fit. */
  { name: string } | { labels: string[] };

/** What docker and podman allow, and wildcards; never like an option. */
const name = /^[A-Za-z0-9*?][\w.*?-]{0,254}$/;
const label = /^[A-Za-z0-9][\w./-]{0,254}(?:=[^\p{Cc},]{0,1000})?$/u;

/** `docker:web`, `docker:web-*`, `podman:label=app=orders,label=tier=back`; `null` for what is no such place. */
export function containerPlace(place: string): ContainerPlace | null {
  const what = place.slice(place.indexOf(':') + 1);
  if (!/^label=/i.test(what)) return name.test(what) ? { name: what } : null;
  const labels = what.split(',').map(part => part.replace(/^label=/i, ''));
  return labels.every(each => label.test(each)) ? { labels } : null;
}

/** The row of `remotePlaces` for docker or podman. */
export const containerScheme = (program: 'docker' | 'podman') => {
  const example = `${program}:web-* or ${program}:label=app=orders`;
  return {
    label: program === 'docker' ? 'Docker containers' : 'Podman containers',
    prefix: `${program}:`,
    example,
    check: (place: string): string | null => (containerPlace(place) ? null : `Name a container or a label: ${example}`),
  };
};
