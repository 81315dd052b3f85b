// The photos of this browser on their way, two at a time, tried again until the shop has them. Who shows them
// (upload.js) or only counts them (studio.js) listens with `tell(record, happening)`.
import { PAUSES_S, pause, send, sendWish } from "./sending.js";
import { prepare } from "./prepare.js";
import { drop, keep, look } from "./shelf.js";

const AT_ONCE = 2;

export class Queue {
  constructor({ token, tell }) {
    this.token = token;
    this.tell = tell;
    this.waiting = [];
    this.running = new Set();
    this.resting = new Map();
    this.preparing = Promise.resolve();
    addEventListener("online", () => this.nudge());
  }

  add(...records) {
    for (const record of records) {
      // One after the other: a phone has not the memory for six large pictures at once.
      if (!record.ready) record.ready = this.preparing = this.preparing.then(() => this.prepare(record));
      this.waiting.push(record);
    }
    this.fill();
  }

  /** Whoever waits for the line tries again now. */
  nudge() {
    for (const [record, timer] of this.resting) {
      clearTimeout(timer);
      this.waiting.push(record);
    }
    this.resting.clear();
    this.fill();
  }

  forget(record) {
    record.dropped = true;
    clearTimeout(this.resting.get(record));
    this.resting.delete(record);
    this.waiting = this.waiting.filter((one) => one !== record);
    return drop(record.key);
  }

  get unsent() {
    return [...this.waiting, ...this.running, ...this.resting.keys()];
  }

  fill() {
    while (this.running.size < AT_ONCE && this.waiting.length) this.work(this.waiting.shift());
  }

  async work(record) {
    this.running.add(record);
    await record.ready;
    const seconds = await alone(record.key, () => this.attempt(record));
    this.running.delete(record);
    // Whoever waits for the line makes room: one photo in trouble holds up no other.
    if (seconds && !record.dropped) this.resting.set(record, setTimeout(() => this.wake(record), seconds * 1000));
    this.fill();
    if (!this.unsent.length) this.tell(null, { state: "idle" });
  }

  wake(record) {
    this.resting.delete(record);
    this.waiting.push(record);
    this.fill();
  }

  /** One try; how many seconds to wait for the next, or nothing when there is none. */
  async attempt(record) {
    if (record.dropped) return 0;
    // Another tab may have carried it while this one waited.
    if (record.kept && !record.there && !(await look(record.key))) return this.end(record, { state: "saved" });
    if (navigator.onLine === false) {
      this.tell(record, { state: "offline" });
      return PAUSES_S.at(-1);
    }
    const told = JSON.stringify(record.wish);
    const progress = (bytes) => this.tell(record, { state: "sending", bytes: Math.min(bytes, record.file.size), all: record.file.size });
    const outcome = record.there ? await sendWish(record, this) : await send(record, { token: this.token, progress });
    if (outcome.state === "again") {
      record.failures = (record.failures ?? 0) + 1;
      const seconds = pause(record.failures, outcome.after);
      this.tell(record, { ...outcome, seconds });
      return seconds;
    }
    record.failures = 0;
    if (outcome.state === "saved") {
      record.there = true;
      if (JSON.stringify(record.wish) !== told) return this.attempt(record); // chosen otherwise while it travelled
    }
    return this.end(record, outcome);
  }

  async end(record, outcome) {
    if (outcome.state === "saved" || outcome.final) await drop(record.key);
    this.tell(record, outcome);
    return 0;
  }

  async prepare(record) {
    if (record.prepared) return;
    const { blob, hints } = await prepare(record.file);
    Object.assign(record, { file: blob, hints, prepared: true });
    if (record.kept && !record.dropped) await keep(stored(record));
    this.tell(record, { state: "prepared" });
  }
}

/** What of a record lies on the shelf. */
export const stored = ({ key, owner, path, name, file, prepared, hints, wish, at, turn }) => ({ key, owner, path, name, file, prepared, hints, wish, at, turn });

/** One tab at a time carries a photo. */
const alone = (key, step) => (navigator.locks ? navigator.locks.request(`photo-${key}`, step) : step());
