// Sends each photo alone as soon as it is chosen. Where it goes and what is said of it can be chosen before it has
// arrived. Without this script the form sends them all with its button.
import { Queue, stored } from "./queue.js";
import { pathOf } from "./sending.js";
import { keep, left } from "./shelf.js";

const forms = [...document.querySelectorAll("form[data-upload]")];
const row = document.getElementById("foto-menunggu");
const said = { ...row.dataset, ...document.getElementById("sinyal").dataset };
const rows = new Map();
let chosen = 0;
let arrived = 0;

const uuid = () =>
  crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
const megabytes = (bytes) => (bytes / 1_000_000).toLocaleString(document.documentElement.lang, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

class Row {
  constructor(record, form) {
    this.record = record;
    this.form = form;
    this.element = row.content.firstElementChild.cloneNode(true);
    const part = (name) => this.element.querySelector(`[data-part=${name}]`);
    for (const name of ["picture", "name", "words", "bar", "hints", "choices", "slot", "alt", "main", "up", "drop", "now"]) this[name] = part(name);
    this.picture.src = URL.createObjectURL(record.file);
    this.picture.onload = () => URL.revokeObjectURL(this.picture.src);
    this.name.textContent = record.name;
    this.bar.setAttribute("aria-label", record.name);
    for (const place of this.element.querySelectorAll("[data-name]")) place.textContent = ` ${record.name}`;
    this.fill();
    this.slot.addEventListener("change", () => this.wish({ wished: this.slot.value }));
    this.alt.addEventListener("input", () => this.wish({ alt: this.alt.value }));
    this.main.addEventListener("change", () => this.chooseMain());
    this.up.addEventListener("click", () => this.swapUp());
    this.drop.addEventListener("click", () => this.takeAway());
    this.now.addEventListener("click", () => queue.nudge());
    this.say(said.prepare);
    this.advise();
  }

  fill() {
    const { wish } = this.record;
    if (!this.form.dataset.slots) this.choices.remove();
    for (const { key, label } of JSON.parse(this.form.dataset.slots || "[]")) this.slot.add(new Option(label, key));
    this.slot.value = wish.wished;
    this.alt.value = wish.alt;
    this.main.checked = wish.main;
    this.up.hidden = !this.form.dataset.slots;
  }

  wish(changes) {
    Object.assign(this.record.wish, changes);
    if (this.record.kept) keep(stored(this.record));
    if (this.state === "saved") queue.add(this.record);
  }

  chooseMain() {
    for (const other of rows.values()) {
      if (other !== this && other.record.wish.main) {
        other.main.checked = false;
        other.wish({ main: false });
      }
    }
    this.wish({ main: this.main.checked });
  }

  swapUp() {
    const above = [...rows.values()].find((other) => other.element === this.element.previousElementSibling);
    if (!above) return;
    const [mine, theirs] = [this.slot.value, above.slot.value];
    this.slot.value = theirs;
    above.slot.value = mine;
    this.wish({ wished: theirs });
    above.wish({ wished: mine });
    above.element.before(this.element);
    this.up.focus();
  }

  takeAway() {
    queue.forget(this.record);
    this.element.remove();
    rows.delete(this.record.key);
    chosen -= 1;
    count();
  }

  advise() {
    this.hints.replaceChildren(
      ...(this.record.hints ?? []).map((hint) => {
        const line = document.createElement("li");
        line.textContent = said[hint];
        return line;
      }),
    );
  }

  say(words, kind = "wait") {
    if (this.words.textContent !== words) this.words.textContent = words;
    this.words.className = `state${kind ? ` state--${kind}` : ""}`;
  }

  tell(happening) {
    this.state = happening.state;
    this.now.hidden = !["again", "offline"].includes(happening.state);
    if (happening.state === "prepared") {
      this.advise();
      this.say(said.queued);
    } else if (happening.state === "sending") {
      const part = happening.all ? happening.bytes / happening.all : 1;
      this.bar.value = part * 100;
      this.say(filled(said.sending, { n: `${Math.round(part * 100)}%`, sent: megabytes(happening.bytes), all: megabytes(happening.all) }));
    } else if (happening.state === "again") this.say(filled(said[happening.why], { n: happening.seconds }), "");
    else if (happening.state === "offline") this.say(said.offline, "");
    else this.end(happening);
  }

  end({ state, detail, final }) {
    this.bar.hidden = true;
    this.drop.hidden = state === "saved";
    if (state === "saved") {
      arrived += 1;
      this.say(said.saved, "good");
      this.picture.classList.remove("slot__pic--dim");
      return;
    }
    this.say(state === "door" ? said.door : said.failed, "bad");
    const line = document.createElement("li");
    line.textContent = state === "door" ? "" : (detail ?? said.refused);
    if (line.textContent) this.hints.append(line);
    if (final) this.choices.remove();
    this.picture.classList.add("slot__pic--fail");
  }
}

const queue = new Queue({
  token: said.token,
  tell(record, happening) {
    if (record) rows.get(record.key)?.tell(happening);
    count();
    const weak = [...rows.values()].some(({ state }) => ["again", "offline", "door"].includes(state));
    for (const note of document.querySelectorAll("[data-weak]")) note.hidden = !weak;
    if (happening.state === "idle") settle();
  },
});

function count() {
  for (const place of document.querySelectorAll("[data-arrived]")) {
    place.hidden = !chosen;
    const words = filled(said.count, { n: arrived, all: chosen });
    if (place.textContent !== words) place.textContent = words;
  }
}

/** When all have arrived the page is asked for anew; not under the hands of somebody who is typing. */
function settle() {
  if (!rows.size || [...rows.values()].some(({ state }) => state !== "saved")) return;
  const typing = document.activeElement?.matches("input:not([type=file], [type=checkbox]), textarea");
  if (!typing) return location.reload();
  document.activeElement.addEventListener("blur", () => setTimeout(settle, 300), { once: true });
}

addEventListener("beforeunload", (event) => {
  // What lies on the phone goes on next time; only what could not be put there would be lost.
  if (queue.unsent.some((record) => !record.kept)) event.preventDefault();
});

async function show(form, records) {
  if (!records.length) return;
  const list = form.querySelector(".upload__list");
  list.hidden = false;
  for (const record of records) {
    const line = new Row(record, form);
    rows.set(record.key, line);
    list.append(line.element);
  }
  chosen += records.length;
  count();
  queue.add(...records);
}

function wishedSlots(form, many) {
  const free = JSON.parse(form.dataset.slots || "[]").filter(({ free }) => free).map(({ key }) => key);
  const taken = new Set([...rows.values()].map(({ record }) => record.wish.wished));
  const open = free.filter((key) => !taken.has(key));
  return Array.from({ length: many }, (_, i) => open[i] ?? "");
}

for (const form of forms) {
  const input = form.querySelector("input[type=file]");
  const slot = form.querySelector("input[name=slot]")?.value ?? "";
  const path = pathOf(form.action);
  form.classList.add("is-live");

  const take = async () => {
    const files = [...input.files];
    input.value = "";
    const wished = wishedSlots(form, files.length);
    const at = Date.now();
    const records = files.map((file, turn) => ({
      key: uuid(), owner: said.owner, path, name: file.name, file, at, turn,
      wish: { slot, wished: slot ? "" : wished[turn], alt: "", main: false },
    }));
    await Promise.all(records.map(async (record) => { record.kept = await keep(stored(record)); }));
    show(form, records);
  };
  input.addEventListener("change", take);
  // On a slow line photos may be chosen before this script is there.
  take();

  // What was not sent when the page was closed goes on now, through the form that takes photos for any slot.
  if (input.multiple) left(said.owner, path).then((records) => show(form, records.filter(({ key }) => !rows.has(key)).map((record) => ({ ...record, kept: true }))));
}
