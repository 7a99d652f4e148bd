import { toHex, utf8 } from '../../../kernel/bytes.ts';

/** Parts of one size, as storage wants them; the last may be smaller. Also what is held in memory at a time. */
const PART_BYTES = 5 * 1024 * 1024;

export interface FileWriter {
  write(text: string): Promise<void>;
  /** Finishes the file. */
  close(): Promise<{ bytes: number; sha256: string }>;
  /** Takes back what was written so far. */
  abandon(): Promise<void>;
}

/** A file of any size in storage, written piece by piece. */
export async function openFile(bucket: R2Bucket, key: string, contentType: string): Promise<FileWriter> {
  const upload = await bucket.createMultipartUpload(key, { httpMetadata: { contentType } });
  const digest = new crypto.DigestStream('SHA-256');
  const hash = digest.getWriter();
  const parts: R2UploadedPart[] = [];
  const buffer = new Uint8Array(PART_BYTES);
  let filled = 0;
  let bytes = 0;
  const flush = async () => {
    parts.push(await upload.uploadPart(parts.length + 1, buffer.slice(0, filled)));
    filled = 0;
  };
  return {
    async write(text) {
      const data = utf8(text);
      await hash.write(data);
      bytes += data.byteLength;
      for (let at = 0; at < data.byteLength;) {
        const take = Math.min(PART_BYTES - filled, data.byteLength - at);
        buffer.set(data.subarray(at, at + take), filled);
        filled += take;
        at += take;
        if (filled === PART_BYTES) await flush();
      }
    },
    async close() {
      if (filled > 0) await flush();
      await upload.complete(parts);
      await hash.close();
      return { bytes, sha256: toHex(await digest.digest) };
    },
    abandon: () => upload.abort(),
  };
}
