// Where chosen photos lie on this phone until the shop has them. One record a photo:
// { key, owner, path, name, file, prepared, hints, wish }. A browser that keeps nothing just goes without.
const NAME = "unsent-photos";

function open() {
  return new Promise((done, fail) => {
    const request = indexedDB.open(NAME, 2);
    request.onupgradeneeded = () => {
      const base = request.result;
      if (base.objectStoreNames.contains("photos")) base.deleteObjectStore("photos");
      base.createObjectStore("photos", { keyPath: "key" });
    };
    request.onsuccess = () => done(request.result);
    request.onerror = request.onblocked = () => fail(request.error);
  });
}

async function use(mode, step) {
  const base = await open();
  try {
    const steps = base.transaction("photos", mode, { durability: "strict" });
    const request = step(steps.objectStore("photos"));
    return await new Promise((done, fail) => {
      steps.oncomplete = () => done(request.result);
      steps.onerror = steps.onabort = () => fail(steps.error);
    });
  } finally {
    base.close();
  }
}

const quietly = (promise, otherwise) => promise.catch(() => otherwise);

/** Whether it lies there now, on the disk. */
export const keep = (record) => quietly(use("readwrite", (store) => store.put(record)).then(() => true), false);
export const drop = (key) => quietly(use("readwrite", (store) => store.delete(key)));
export const look = (key) => quietly(use("readonly", (store) => store.get(key)));

/** What this person left, oldest first; of one door (`path`) or of all. */
export async function left(owner, path) {
  const all = await quietly(use("readonly", (store) => store.getAll()), []);
  return all.filter((one) => one.owner === owner && (!path || one.path === path)).sort((a, b) => a.at - b.at || a.turn - b.turn);
}
