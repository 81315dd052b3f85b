// A reply typed without a signal waits on this device and goes by itself when the signal is back, once: its key
// makes a repeat the same message. Replies with photos, and everything without script, go the ordinary way.
const form = document.querySelector("form.reply");
const model = document.getElementById("balasan-menunggu");
const list = document.getElementById("balasan");
const PAUSES_S = [5, 15, 60];

const thread = form.action.replace(/\/balas$/, "");
const place = `balasan:${new URL(thread).pathname.replace(/^\/en\//, "/")}`;
let tries = 0;
let sending = false;

const kept = () => JSON.parse(localStorage.getItem(place) ?? "[]");

function keep(waiting) {
  if (waiting.length) localStorage.setItem(place, JSON.stringify(waiting));
  else localStorage.removeItem(place);
  list.querySelectorAll(".message--wait").forEach((message) => message.remove());
  for (const { text } of waiting) {
    const message = model.content.cloneNode(true);
    message.querySelector(".message__text").textContent = text;
    list.append(message);
  }
}

function post({ text, key }) {
  const body = new FormData();
  body.set("csrf_token", form.csrf_token.value);
  body.set("kunci", key);
  body.set("pesan", text);
  return fetch(form.action, { method: "POST", body });
}

// The shop's own page says why it refused; the words go with it.
function handBack({ text, key }) {
  keep(kept().filter((one) => one.key !== key));
  form.pesan.value = text;
  form.kunci.value = key;
  form.submit();
}

async function send() {
  if (sending || !kept().length) return;
  sending = true;
  try {
    for (const one of kept()) {
      const answer = await post(one);
      if (!answer.ok) return handBack(one);
      keep(kept().filter(({ key }) => key !== one.key));
    }
    if (location.href.split("#")[0] === thread) location.reload();
    else location.assign(thread);
  } catch {
    const pause = PAUSES_S[Math.min(tries++, PAUSES_S.length - 1)];
    setTimeout(send, pause * 1000);
  } finally {
    sending = false;
  }
}

form.addEventListener("submit", (event) => {
  const text = form.pesan.value.trim();
  if (!text || form.foto.files.length) return;
  try {
    keep([...kept(), { text, key: form.kunci.value }]);
  } catch {
    return; // nothing can be kept here: the ordinary way
  }
  event.preventDefault();
  form.pesan.value = "";
  form.kunci.value = crypto.randomUUID().replaceAll("-", "");
  send();
});

addEventListener("online", send);
keep(kept());
send();
