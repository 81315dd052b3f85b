// Keeps the studio at hand where there is no signal. /sw.js puts two lines before this: VERSION and SHELL.
//
// Kept: styles and scripts, two plain pages for "no signal", and of pages only those the shop marks `Shop-Kept`
// (steps of a work, without prices), the last seen of each, of one person. Everything else always comes fresh.
const SHELL_NAME = `shell-${VERSION}`;
const PAGES = "pages";
const WHOSE = "/whose-pages";

self.addEventListener("install", (event) => {
  event.waitUntil(fillShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOldShells().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method !== "GET") {
    if (/^(\/en)?\/keluar$/.test(url.pathname)) event.waitUntil(caches.delete(PAGES));
  } else if (request.mode === "navigate") event.respondWith(page(event));
  else if (url.pathname.startsWith("/static/")) event.respondWith(part(request));
});

async function fillShell() {
  const shell = await caches.open(SHELL_NAME);
  await shell.addAll(SHELL.map((address) => new Request(address, { cache: "no-cache" })));
}

async function dropOldShells() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL_NAME).map((name) => caches.delete(name)));
}

/** A page from the shop; without a line the one last seen, or the one that says so. */
async function page(event) {
  const { request } = event;
  try {
    const answer = await fetch(request);
    event.waitUntil(remember(request, answer.clone()));
    return answer;
  } catch {
    const seen = await (await caches.open(PAGES)).match(request.url, { ignoreVary: true });
    return seen ?? (await offline(request)) ?? Response.error();
  }
}

const offline = (request) =>
  caches.match(new URL(request.url).pathname.startsWith("/en/") ? "/en/tanpa-sinyal" : "/tanpa-sinyal", { cacheName: SHELL_NAME, ignoreVary: true });

/** Pages are one person's: whoever comes next finds none of them. */
async function remember(request, answer) {
  const whose = answer.headers.get("Shop-Person");
  if (!whose) return;
  let pages = await caches.open(PAGES);
  const before = await (await pages.match(WHOSE))?.text();
  if (before !== whose) {
    await caches.delete(PAGES);
    pages = await caches.open(PAGES);
    await pages.put(WHOSE, new Response(whose));
  }
  if (answer.ok && answer.headers.get("Shop-Kept")) await pages.put(request.url, answer);
}

/** Styles and scripts: under hashed names once and for ever, else fresh while there is a line. */
async function part(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept && request.url.includes("/build/")) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) (await caches.open(SHELL_NAME)).put(request, answer.clone());
    return answer;
  } catch {
    return kept ?? Response.error();
  }
}
