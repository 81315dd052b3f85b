// On every page of the producer's room: says when there is no signal, carries on with photos that were left unsent
// (on the photo step upload.js does), and keeps the room at hand for when the signal is gone.
import { Queue } from "./queue.js";
import { left } from "./shelf.js";

const note = document.getElementById("sinyal");
const signal = () => {
  note.querySelector("[data-offline]").hidden = navigator.onLine !== false;
};
addEventListener("online", signal);
addEventListener("offline", signal);
signal();

if (!document.getElementById("foto-menunggu")) {
  const words = note.querySelector("[data-unsent]");
  const records = (await left(note.dataset.owner)).map((record) => ({ ...record, kept: true }));
  const open = new Set(records);
  const tell = (record, { state }) => {
    if (record && ["saved", "refused"].includes(state)) open.delete(record);
    words.hidden = !open.size;
    words.textContent = note.dataset.left.replace("{n}", open.size);
  };
  if (records.length) {
    tell(null, {});
    new Queue({ token: note.dataset.token, tell }).add(...records);
  }
}

navigator.serviceWorker?.register("/sw.js", { scope: "/", updateViaCache: "none" }).catch(() => {});
