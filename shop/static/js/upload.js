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

class Sending {
  constructor(form, file) {
    this.form = form;
    this.file = file;
    this.key = uuid();
    this.state = "waiting";
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
    for (const input of this.form.querySelectorAll("input[type=hidden]")) fields.append(input.name, input.value);
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
    return new Promise((go) => {
      const timer = setTimeout(go, seconds * 1000);
      const now = () => {
        clearTimeout(timer);
        go();
      };
      button.addEventListener("click", now, { once: true });
      addEventListener("online", now, { once: true });
    }).finally(() => button.remove());
  }
}

const unsent = new Set();
addEventListener("beforeunload", (event) => {
  if (unsent.size) event.preventDefault();
});

for (const form of document.querySelectorAll("form[data-upload]")) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".upload__list");
  form.classList.add("is-live");

  input.addEventListener("change", async () => {
    const queue = [...input.files].map((file) => new Sending(form, file));
    if (!queue.length) return;
    input.value = "";
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
  });
}
