import { Transform, type TransformCallback } from 'node:stream';

/** AWS's own limit of a message, headers included. */
const MAX_FRAME_BYTES = 16 * 1024 * 1024 + 128 * 1024;
const LENGTH_BYTES = 4;

/** Lets an event stream through as long as no frame announces more than a frame may have: the SDK would make room for all of it. */
export class FrameGuard extends Transform {
  readonly #length = Buffer.alloc(LENGTH_BYTES);
  #known = 0;
  /** Of the frame that is under way. */
  #left = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    for (let at = 0; at < chunk.length;) {
      if (this.#left > 0) {
        const step = Math.min(this.#left, chunk.length - at);
        this.#left -= step;
        at += step;
        continue;
      }
      this.#length[this.#known++] = chunk[at++]!;
      if (this.#known < LENGTH_BYTES) continue;
      this.#known = 0;
      const frame = this.#length.readUInt32BE();
      if (frame <= LENGTH_BYTES || frame > MAX_FRAME_BYTES) return done(new Error('a frame of an impossible length'));
      this.#left = frame - LENGTH_BYTES;
    }
    done(null, chunk);
  }
}
