import { isRemote } from '../../common/protocol/remotePlaces';

/** Between an archive and its member, as in `jar:` URLs: no path on disk looks like it by chance. */
export const memberMark = '!/';

/** Whether a place or a source is on another machine: nobody asks for it but who searches. */
export const isUrl = (name: string): boolean => /^https?:\/\//i.test(name) || isRemote(name);
