// Sends each photo alone as soon as it is chosen, two at a time, smaller where it is large, again when the signal drops.
// Without this script the form sends them all with its button.
const PAUSES_S = [2, 5, 15, 60];
const AT_ONCE = 2;
const LARGE_BYTES = 1_000_000;
const LONGEST_SIDE = 2048;
const SMALL_SIDE = 1200;
const DARK = 60;

const uuid = () =>
  crypto.randomUUID?.() ?? [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

/** The photo upright and at most 2048 px long as a JPEG, with what is worth a warning; the file itself where that fails. */
async function prepare(file) {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = Math.max(picture.width, picture.height) < SMALL_SIDE;
    const warn = small ? "small" : brightness(pen, canvas) < DARK ? "dark" : "";
    if (file.size < LARGE_BYTES) return { blob: file, warn };
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return { blob: blob && blob.size < file.size ? blob : file, warn };
  } catch {
    return { blob: file, warn: "" };
  }
}

function brightness(pen, canvas) {
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  let seen = 0;
  for (let i = 0; i < data.length; i += 4 * 97) {
    sum += 0.299 * data[i] + 0.587 * data[i + 1] + 0.114 * data[i + 2];
    seen += 1;
  }
  return sum / seen;
}

/** One try. Resolves with the status and the answer; rejects when the line dropped. */
function post(form, fields, progress) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.upload.onprogress = (event) => event.lengthComputable && progress(Math.round((event.loaded / event.total) * 100));
    request.onload = () => {
      let body = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // an error page: its status says enough
      }
      done({ status: request.status, body });
    };
    request.onerror = request.ontimeout = fail;
    request.timeout = 180_000;
    request.send(fields);
  });
}

/** Where photos lie on this phone until they are sent; a browser that keeps nothing just goes without. */
const shelf = {
  open: () =>
    new Promise((done, fail) => {
      const request = indexedDB.open("unsent-photos", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("photos", { keyPath: "key" });
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    }),

  async use(mode, step) {
    try {
      const base = await this.open();
      const request = step(base.transaction("photos", mode).objectStore("photos"));
      return await new Promise((done, fail) => {
        request.onsuccess = () => done(request.result);
        request.onerror = () => fail(request.error);
      });
    } catch {
      return undefined;
    }
  },

  put: (photo) => shelf.use("readwrite", (store) => store.put(photo)),
  drop: (key) => shelf.use("readwrite", (store) => store.delete(key)),
  all: async (action) => ((await shelf.use("readonly", (store) => store.getAll())) ?? []).filter((one) => one.action === action),
};

class Sending {
  constructor(form, file, kept = null) {
    this.form = form;
    this.file = file;
    this.key = kept?.key ?? uuid();
    this.slot = kept ? kept.slot : (form.querySelector("input[name=slot]")?.value ?? "");
    this.state = "waiting";
    if (!kept) shelf.put({ key: this.key, action: form.action, slot: this.slot, name: file.name, file });
    this.row = this.draw();
  }

  draw() {
    const row = document.createElement("li");
    row.className = "slot";
    const picture = document.createElement("img");
    picture.className = "slot__pic slot__pic--dim";
    picture.alt = "";
    picture.src = URL.createObjectURL(this.file);
    const body = document.createElement("div");
    body.className = "slot__body";
    const name = document.createElement("b");
    name.textContent = this.file.name;
    this.words = document.createElement("span");
    this.words.className = "state state--wait";
    this.words.setAttribute("role", "status");
    this.bar = document.createElement("progress");
    this.bar.max = 100;
    this.bar.setAttribute("aria-label", this.file.name);
    this.hint = document.createElement("p");
    this.hint.className = "small";
    body.append(name, this.words, this.bar, this.hint);
    row.append(picture, body);
    this.picture = picture;
    return row;
  }

  say(words, kind = "wait") {
    this.words.textContent = words;
    this.words.className = `state${kind ? ` state--${kind}` : ""}`;
  }

  async run() {
    const { blob, warn } = await prepare(this.file);
    if (warn) this.hint.textContent = this.form.dataset[warn];
    for (let tries = 0; ; tries += 1) {
      try {
        const { status, body } = await post(this.form, this.fields(blob), (percent) => this.sent(percent));
        if (status < 300) return this.end("saved");
        if (status < 500 && status !== 429) return this.end("refused", body.detail);
      } catch {
        // the line dropped: wait and try again
      }
      await this.wait(PAUSES_S[Math.min(tries, PAUSES_S.length - 1)]);
    }
  }

  fields(blob) {
    const fields = new FormData();
    fields.append("csrf_token", this.form.querySelector("input[name=csrf_token]").value);
    if (this.slot) fields.append("slot", this.slot);
    fields.append("client_id", this.key);
    fields.append("photo", blob, this.file.name);
    return fields;
  }

  sent(percent) {
    this.bar.value = percent;
    this.say(this.form.dataset.sending.replace("{n}", `${percent}%`));
  }

  end(state, detail) {
    this.state = state;
    shelf.drop(this.key);
    this.bar.remove();
    if (state === "saved") {
      this.say(this.form.dataset.saved, "good");
      this.picture.classList.remove("slot__pic--dim");
    } else {
      this.say(this.form.dataset.failed, "bad");
      this.hint.textContent = detail ?? "";
      this.picture.classList.add("slot__pic--fail");
    }
  }

  wait(seconds) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "textbutton";
    button.textContent = this.form.dataset.now;
    this.hint.after(button);
    this.say(this.form.dataset.waiting.replace("{n}", seconds), "");
    weak(true);
    return new Promise((go) => {
      const timer = setTimeout(go, seconds * 1000);
      const now = () => {
        clearTimeout(timer);
        go();
      };
      button.addEventListener("click", now, { once: true });
      addEventListener("online", now, { once: true });
    }).finally(() => {
      button.remove();
      weak(false);
    });
  }
}

/** The sentence that chosen photos are safe on this phone, while one of them waits for the line. */
function weak(yes) {
  for (const note of document.querySelectorAll("[data-weak]")) note.hidden = !yes;
}

const unsent = new Set();
addEventListener("beforeunload", (event) => {
  if (unsent.size) event.preventDefault();
});

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".upload__list");
  form.classList.add("is-live");

  const send = async (queue) => {
    if (!queue.length) return;
    list.hidden = false;
    list.append(...queue.map((sending) => sending.row));
    for (const sending of queue) unsent.add(sending);
    const waiting = [...queue];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        await next.run();
        unsent.delete(next);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    if (!unsent.size && queue.every((sending) => sending.state === "saved")) location.reload();
  };

  const take = () => {
    const files = [...input.files];
    input.value = "";
    send(files.map((file) => new Sending(form, file)));
  };
  input.addEventListener("change", take);
  // On a slow line photos may be chosen before this script is there.
  take();

  // What was not sent when the page was closed goes on now, through the form that takes photos for any slot.
  if (input.multiple) {
    shelf.all(form.action).then((left) => send(left.map((kept) => new Sending(form, new File([kept.file], kept.name, { type: kept.file.type }), kept))));
  }
}
