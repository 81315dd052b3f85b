// On the page for "no signal": names the pages that lie on this phone, and goes on when the signal is back.
const list = document.getElementById("tersimpan");
const pages = await caches.open("pages");
for (const request of await pages.keys()) {
  const { pathname } = new URL(request.url);
  if (!/^\/(en\/)?studio/.test(pathname) || pathname.startsWith("/en/") !== location.pathname.startsWith("/en/")) continue;
  const html = await (await pages.match(request)).text();
  const link = document.createElement("a");
  link.href = request.url;
  link.textContent = new DOMParser().parseFromString(html, "text/html").title.split(" – ")[0];
  const line = document.createElement("li");
  line.append(link);
  list.append(line);
}
list.parentElement.hidden = !list.children.length;
if (!location.pathname.endsWith("/tanpa-sinyal")) addEventListener("online", () => location.reload());
