// The review page with script: the draft is kept while one writes, the hold stays alive, photos open at 200 %.
// Everything here is a comfort; the buttons do the work without it.
const form = document.getElementById("tinjau");
const SAVE_AFTER_MS = 1200;
const SIGN_OF_LIFE_MS = 60_000;

function send(what) {
  return fetch(form.action.replace(/putusan$/, what), { method: "POST", body: new FormData(form) }).catch(() => null);
}

let saving = 0;
function keep() {
  clearTimeout(saving);
  saving = setTimeout(() => send("draf"), SAVE_AFTER_MS);
}

let lastSign = Date.now();
function alive() {
  if (Date.now() - lastSign < SIGN_OF_LIFE_MS) return;
  lastSign = Date.now();
  send("hadir");
}

function addUp() {
  const picked = form.querySelectorAll("input[name^=score_]:checked");
  const points = [...picked].reduce((sum, input) => sum + Number(input.value), 0);
  for (const place of form.querySelectorAll("[data-points]")) place.textContent = points;
}

if (form) {
  form.addEventListener("input", keep);
  form.addEventListener("change", addUp);
  form.addEventListener("submit", () => clearTimeout(saving));
  if (document.querySelector("[data-lock]")) {
    for (const sign of ["pointerdown", "keydown", "scroll"]) addEventListener(sign, alive, { passive: true });
  }
}

const zoom = document.getElementById("perbesar");
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-zoom]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const shown = link.querySelector("img");
  const widest = (shown.srcset || "").split(",").pop().trim().split(" ")[0] || shown.src;
  const large = new Image();
  large.src = widest;
  large.alt = shown.alt || link.textContent.trim();
  zoom.querySelector(".zoom__in").replaceChildren(large);
  zoom.showModal();
});

for (const bar of document.querySelectorAll("[data-undo]")) {
  let left = 10;
  const tell = () => {
    bar.querySelector("[data-undo-left]").textContent = left;
    if (left-- <= 0) bar.remove();
    else setTimeout(tell, 1000);
  };
  tell();
}
