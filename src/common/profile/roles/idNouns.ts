/**
 * What the noun beside an ID says of it: `request` of `request 8f3a…`, `blk` of `blk_160…`, `lease` of `lease_id`. Used
 * only where no known name tells the group, and never without the data's consent.
 */

/** How well a noun tells the ID that holds one unit of work together; smaller is better. */
export type NounRank = 0 | 1 | 2 | 3 | 4 | 5 | 6;

/** The rank of an ID that no noun stands beside. */
export const nounless: NounRank = 4;

/** The rank of a session: it may hold many units of work. */
export const sessionRank: NounRank = 5;

const ranks = new Map<string, NounRank>();
const rank = (value: NounRank, words: string) => {
  for (const word of words.split(' ')) ranks.set(word, value);
};
rank(0, 'request req correlation corr rid reqid requestid');
rank(1, 'trace traceid transaction txn tx operation invocation execution conversation');
rank(
  2,
  'task job attempt run workflow pipeline batch build deployment deploy eval evaluation rpc call query saga flow',
);
rank(
  3,
  'order booking payment invoice shipment ticket reservation checkout cart claim delivery trip ride transfer refund case lease upload download import export',
);
rank(5, 'session sess sessionid conn connection');
rank(6, 'block blk object obj chunk segment blob replica');

/**
 * Nouns of what lives on: who asks, where it runs, what it runs on, which version of it, how it is stored. Their IDs group
 * nothing that happened once.
 */
const lasting = new Set(
  (
    'user users cus uid usr userid account customer tenant org organization organisation project subscription company team group gid owner member person principal role ' +
    'host hostname i node server machine instance pod container containerd cri docker image layer cluster region zone az rack vm vpc subnet eni eip sg ip ami availability broker worker executor agent slave master replicaset statefulset deployment daemonset namespace cgroup slice scope sandbox unit service svc app application app_id ' +
    'device dev disk drive volume vol partition mount fs inode sector bus slot port pci usb gpu cpu core socket nic mac interface eth serial bssid ssid uuid guid luid ' +
    'sha sha1 sha256 sha512 md5 digest hash checksum crc etag fingerprint signature commit revision rev git version ver v tag release package pkg build_number class type schema ' +
    'key token cert certificate secret password passwd nonce salt cookie thread tid pid ppid process proc pool exec-pool fiber goroutine lwp fd handle pointer ptr address addr ' +
    'offset position pos index idx page row line size len length count bytes time timestamp ts date epoch term generation gen seq sequence level code status error errno exit signal file path dir folder module driver kernel db database table topic queue rdd broadcast shuffle stage temp tmp part bucket shard vlan as asn rule policy config feature flag experiment template category pattern ' +
    'utf iso x86 amd arm win kb rfc cve bug issue ms http https tcp udp ipv port en de fr us eu ap'
  ).split(' '),
);

/** The rank of a noun in any spelling; `null` for one that names what lives on, and for none that is known `nounless`. */
export function nounRank(noun: string): NounRank | null {
  const key = noun.toLowerCase();
  const known = ranks.get(key);
  if (known !== undefined) return known;
  return lasting.has(key) ? null : nounless;
}

/** Whether a noun is one of work or of business: `request`, `task`, `order`. */
export function isWorkNoun(noun: string): boolean {
  return (ranks.get(noun.toLowerCase()) ?? nounless) < nounless;
}

const isTold = (noun: string): boolean => ranks.has(noun) || lasting.has(noun);

const before = /([A-Za-z]{2,24})(?:[ _-]?(?:id|ID|Id|uuid|UUID|no|number))?[\s:=#'"(<{\\]{1,6}$/;
const joined = /([A-Za-z]{2,24})$/;

const inPath = /\/[\w.-]*[\s:=#'"(<{\\]{0,6}$/;

/** The noun that stands before an ID at `start`, in lower case, if it is one that tells whose ID it is. */
export function nounBefore(text: string, start: number): string | null {
  const ahead = text.slice(Math.max(0, start - 40), start);
  const found = before.exec(ahead)?.[1] ?? (/[:=]$/.test(ahead) ? joined.exec(ahead.slice(0, -1))?.[1] : undefined);
  // The last word of a path or URL says where something went.
  if (!found || inPath.test(ahead)) return null;
  const whole = found.toLowerCase();
  if (isTold(whole)) return whole;
  // `sessionId: …`, `TraceID=…`: the pair's reader has not taken it, but its noun tells all the same.
  const bare = whole.replace(/(?:uu)?id$/, '');
  return isTold(bare) ? bare : null;
}

/** The noun that a field's name ends with, before its `id`, `ref`, `key` or `no`: `lease` of `auth.lease_id`. */
export function nounOfName(name: string): string {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(word => word !== '');
  while (words.length > 1 && endings.has(words.at(-1) ?? '')) words.pop();
  return words.at(-1) ?? '';
}

const endings = new Set(['id', 'ids', 'ref', 'key', 'uuid', 'guid', 'no', 'nr', 'number', 'identifier', 'uid']);
