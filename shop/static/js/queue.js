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
    this.nudges = new Set();
    addEventListener("online", () => this.nudge());
  }

  add(...records) {
    this.waiting.push(...records);
    while (this.running.size < AT_ONCE && this.waiting.length) this.work();
  }

  /** Tries again now, whoever waits. */
  nudge() {
    for (const go of [...this.nudges]) go();
  }

  get unsent() {
    return [...this.waiting, ...this.running];
  }

  async work() {
    const record = this.waiting.shift();
    this.running.add(record);
    try {
      await alone(record.key, () => this.carry(record));
    } finally {
      this.running.delete(record);
    }
    if (this.waiting.length) this.work();
    else if (!this.running.size) this.tell(null, { state: "idle" });
  }

  async carry(record) {
    // Another tab may have carried it while this one waited.
    if (record.kept && !(await look(record.key))) return this.tell(record, { state: "saved" });
    if (!record.prepared) await this.prepare(record);
    for (let failures = 0; !record.dropped; ) {
      if (navigator.onLine === false) {
        this.tell(record, { state: "offline" });
        await this.wait(PAUSES_S.at(-1));
        continue;
      }
      const told = JSON.stringify(record.wish);
      const progress = (bytes) => this.tell(record, { state: "sending", bytes: Math.min(bytes, record.file.size), all: record.file.size });
      const outcome = record.there ? await sendWish(record, this) : await send(record, { token: this.token, progress });
      if (outcome.state === "saved") {
        record.there = true;
        failures = 0;
        if (JSON.stringify(record.wish) !== told) continue;
        await drop(record.key);
        return this.tell(record, outcome);
      }
      if (outcome.state !== "again") {
        if (outcome.final) await drop(record.key);
        return this.tell(record, outcome);
      }
      failures += 1;
      const seconds = pause(failures, outcome.after);
      this.tell(record, { ...outcome, seconds });
      await this.wait(seconds);
    }
  }

  async prepare(record) {
    const { blob, hints } = await prepare(record.file);
    Object.assign(record, { file: blob, hints, prepared: true });
    if (record.kept) await keep(stored(record));
    this.tell(record, { state: "prepared" });
  }

  wait(seconds) {
    return new Promise((go) => {
      const done = () => {
        clearTimeout(timer);
        this.nudges.delete(done);
        go();
      };
      const timer = setTimeout(done, seconds * 1000);
      this.nudges.add(done);
    });
  }
}

/** What of a record lies on the shelf. */
export const stored = ({ key, owner, path, name, file, prepared, hints, wish, at, turn }) => ({ key, owner, path, name, file, prepared, hints, wish, at, turn });

/** One tab at a time carries a photo. */
const alone = (key, step) => (navigator.locks ? navigator.locks.request(`photo-${key}`, step) : step());
