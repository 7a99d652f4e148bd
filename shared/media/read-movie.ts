import type { ReadPart } from './inspect-file.ts';

const MOST_MOOV_BYTES = 16 * 1024 * 1024;

/** Pixels and length of an MP4 or MOV from its movie box (ISO/IEC 14496-12: moov, mvhd, trak/tkhd); null = there is none to read. */
export async function readMovie(read: ReadPart, size: number): Promise<{ width: number; height: number; durationMs: number } | null> {
  const moov = await findMoov(read, size);
  if (!moov) return null;
  const mvhd = boxes(moov, 0, moov.byteLength).find((box) => box.type === 'mvhd');
  if (!mvhd) return null;
  const isLong = moov.getUint8(mvhd.start) === 1;
  const timescale = moov.getUint32(mvhd.start + (isLong ? 20 : 12));
  const duration = isLong ? Number(moov.getBigUint64(mvhd.start + 24)) : moov.getUint32(mvhd.start + 16);
  if (timescale === 0) return null;
  for (const track of boxes(moov, 0, moov.byteLength).filter((box) => box.type === 'trak')) {
    const tkhd = boxes(moov, track.start, track.end).find((box) => box.type === 'tkhd');
    if (!tkhd) continue;
    // Width and height close the box, as 16.16 fixed point; the matrix before them says whether the picture is turned.
    const [width, height] = [moov.getUint32(tkhd.end - 8) / 65_536, moov.getUint32(tkhd.end - 4) / 65_536];
    if (width < 1 || height < 1) continue; // sound has no size
    const isTurned = moov.getInt32(tkhd.end - 44) === 0 && moov.getInt32(tkhd.end - 40) !== 0;
    return {
      width: Math.round(isTurned ? height : width),
      height: Math.round(isTurned ? width : height),
      durationMs: Math.round((duration / timescale) * 1000),
    };
  }
  return null;
}

async function findMoov(read: ReadPart, size: number): Promise<DataView | null> {
  for (let offset = 0; offset + 8 <= size;) {
    const header = await read(offset, 16);
    if (header.byteLength < 8) return null;
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const short = view.getUint32(0);
    if (short === 1 && header.byteLength < 16) return null;
    const length = short === 1 ? Number(view.getBigUint64(8)) : short === 0 ? size - offset : short;
    const skip = short === 1 ? 16 : 8;
    if (length < skip || offset + length > size) return null;
    if (typeAt(view, 4) === 'moov') {
      if (length > MOST_MOOV_BYTES) return null;
      const body = await read(offset + skip, length - skip);
      return new DataView(body.buffer, body.byteOffset, body.byteLength);
    }
    offset += length;
  }
  return null;
}

function boxes(view: DataView, from: number, to: number): { type: string; start: number; end: number }[] {
  const found = [];
  for (let at = from; at + 8 <= to;) {
    const length = view.getUint32(at);
    if (length < 8 || at + length > to) break;
    found.push({ type: typeAt(view, at + 4), start: at + 8, end: at + length });
    at += length;
  }
  return found;
}

const typeAt = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
