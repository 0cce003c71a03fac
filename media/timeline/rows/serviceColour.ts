/** Number of `.service-N` classes in main.css. Red is not among them: it means an error, and only that. */
const colours = 8;

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

/**
 * The class that colours a service. By its name, so that a service keeps its colour from trace to trace; only where two
 * services of one trace would share a colour, the later one takes the next that is free.
 */
export function serviceColours(services: readonly string[]): (service: string | null) => string {
  const taken = new Map<string, number>();
  const used = new Set<number>();
  for (const service of services.slice(0, colours)) {
    let colour = hash(service) % colours;
    while (used.has(colour)) colour = (colour + 1) % colours;
    used.add(colour);
    taken.set(service, colour);
  }
  return service => (service === null ? 'service-none' : `service-${taken.get(service) ?? hash(service) % colours}`);
}
