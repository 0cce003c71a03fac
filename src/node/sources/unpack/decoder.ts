import type { ByteInput } from './byteInput';

/** Why a decoder stopped: what is there is `damaged`, or cannot be read in the means that are granted (`refused`). */
export interface Stopped {
  kind: 'damaged' | 'refused';
  text: string;
}

/** Decoded bytes in order, each chunk good only until the next is asked for; returns why it ended, `null` if all is well. */
export type Decoded = AsyncGenerator<Uint8Array, Stopped | null, void>;

/** Takes the packed bytes apart. Never throws for what they hold; whatever is good comes out before the end. */
export type Decoder = (input: ByteInput) => Decoded;

export const damaged = (text: string): Stopped => ({ kind: 'damaged', text });
export const refused = (text: string): Stopped => ({ kind: 'refused', text });

/** What stands where another member or frame could begin: nothing, padding, or something else. */
export async function endOf(input: ByteInput, member: number, nothing: string): Promise<Stopped | null> {
  if (member === 0) return damaged((await input.peek(1)).length === 0 ? 'it is empty' : nothing);
  if (await input.onlyZeros()) return null;
  return damaged('something else stands behind the compressed data');
}
