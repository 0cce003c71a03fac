/** Between an archive and its member, as in `jar:` URLs: no path on disk looks like it by chance. */
export const memberMark = '!/';

/** Whether a place or a source is a file behind a URL. */
export const isUrl = (name: string): boolean => /^https?:\/\//i.test(name);
