// One key each: J K A P T 1–8 Z B D ?. Never inside a text field, never with a modifier, never in a dialog.
// The page loads this file only for people who have shortcuts switched on.
const form = document.getElementById("tinjau");
const press = (value) => form.querySelector(`button[name=putusan][value=${value}]`);
const help = document.getElementById("pintasan");
const CONFIRM_WITHIN_MS = 6000;
let rejectAsked = 0;

function tell(sentence) {
  const place = form.querySelector("[data-sum]");
  place.setAttribute("role", "status");
  place.textContent = sentence;
}

function reject() {
  const button = press("tolak");
  if (!button) return;
  const said = form.querySelector("input[name=alasan]:checked") || form.elements.pesan.value.trim();
  if (!said) {
    tell(button.dataset.reason);
    form.querySelector("input[name=alasan]").focus();
    return;
  }
  if (Date.now() - rejectAsked < CONFIRM_WITHIN_MS) {
    form.requestSubmit(button);
    return;
  }
  rejectAsked = Date.now();
  tell(button.dataset.again);
  button.focus();
}

function score(number) {
  const group = form.querySelectorAll(".scores li")[number - 1];
  const radio = group?.querySelector("input:checked") ?? group?.querySelector("input");
  radio?.focus();
  group?.scrollIntoView({ block: "nearest" });
}

function submit(value) {
  const button = press(value);
  if (button) form.requestSubmit(button);
}

const keys = {
  j: () => submit("lewati"),
  k: () => document.querySelector("[data-before]")?.click(),
  a: () => submit("setuju"),
  p: () => submit("perbaikan"),
  t: reject,
  z: () => document.querySelector(".pair [data-zoom]")?.click(),
  b: () => (document.querySelector("#balik [data-zoom]") ?? document.querySelector("[data-reverse]"))?.click(),
  d: () => {
    const table = document.getElementById("banding");
    table.tabIndex = -1;
    table.focus();
    table.scrollIntoView({ block: "start" });
  },
  "?": () => help.showModal(),
};

function writesText(element) {
  return element.isContentEditable || element.matches("textarea, select, input:not([type=radio], [type=checkbox])");
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.defaultPrevented) return;
  if (writesText(event.target)) return;
  const open = document.querySelector("dialog[open]");
  if (open) {
    if (event.key.toLowerCase() === "z" && open.id === "perbesar") open.close();
    return;
  }
  if (/^[1-8]$/.test(event.key)) score(Number(event.key));
  else if (keys[event.key.toLowerCase()]) keys[event.key.toLowerCase()]();
  else return;
  event.preventDefault();
});

for (const hint of document.querySelectorAll("[data-keys-hint]")) hint.hidden = false;
for (const link of document.querySelectorAll("[data-help]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    help.showModal();
  });
}
