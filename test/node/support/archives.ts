import { crc32, deflateRawSync } from 'node:zlib';
import { Header } from 'tar/header';
import { Pax } from 'tar/pax';

export interface MemberToPack {
  name: string;
  bytes: string | Uint8Array;
  /** In a zip: `stored`, or `encrypted` as far as its directory says so, or a method that nobody knows. */
  how?: 'stored' | 'encrypted' | 'unknown';
  /** In a tar. */
  type?: 'File' | 'SymbolicLink' | 'FIFO' | 'Directory';
  modified?: Date;
}

const round = (length: number): number => Math.ceil(length / 512) * 512;

/** A tar with pax headers where a name is too long for ustar. */
export function tarOf(members: readonly MemberToPack[]): Buffer {
  const parts = members.flatMap(({ name, bytes, type = 'File', modified = new Date(0) }) => {
    const body = Buffer.from(bytes);
    const block = Buffer.alloc(512);
    const header = new Header({ path: name, size: body.length, mtime: modified, type, mode: 0o644 });
    const pax = header.encode(block, 0) ? [new Pax({ path: name, size: body.length, mtime: modified }).encode()] : [];
    return [...pax, block, body, Buffer.alloc(round(body.length) - body.length)];
  });
  return Buffer.concat([...parts, Buffer.alloc(1024)]);
}

/** A zip file (APPNOTE 6.3) with the time of day it was made at. */
export function zipOf(members: readonly MemberToPack[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, bytes, how, modified = new Date(2026, 2, 2, 10) } of members) {
    const plain = Buffer.from(bytes);
    const body = how === 'stored' ? plain : deflateRawSync(plain);
    const day = ((modified.getFullYear() - 1980) << 9) | ((modified.getMonth() + 1) << 5) | modified.getDate();
    const time = (modified.getHours() << 11) | (modified.getMinutes() << 5) | (modified.getSeconds() >> 1);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(0x800 | (how === 'encrypted' ? 1 : 0), 2);
    common.writeUInt16LE(how === 'stored' ? 0 : how === 'unknown' ? 99 : 8, 4);
    common.writeUInt16LE(time, 6);
    common.writeUInt16LE(day, 8);
    common.writeUInt32LE(crc32(plain), 10);
    common.writeUInt32LE(body.length, 14);
    common.writeUInt32LE(plain.length, 18);
    common.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), body]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, Buffer.from(name));
    files.push(local);
    offset += local.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, list, end]);
}
