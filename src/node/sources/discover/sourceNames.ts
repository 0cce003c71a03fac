/** Between an archive and its member, as in `jar:` URLs: no path on disk looks like it by chance. */
export const memberMark = '!/';
