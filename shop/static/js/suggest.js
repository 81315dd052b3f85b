// Boxes that offer words as one types: search, kecamatan. Without this script a page offers the same as links or choices.
for (const box of document.querySelectorAll("input[data-suggest]")) {
  const source = box.dataset.suggest;
  const list = document.createElement("datalist");
  list.id = `saran-${box.id}`;
  box.after(list);
  box.setAttribute("list", list.id);
  let waiting = 0;

  const offer = async () => {
    const typed = box.value.trim();
    if (typed.length < 2) return list.replaceChildren();
    try {
      const answer = await fetch(`${source}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || box.value.trim() !== typed) return;
      const words = await answer.json();
      list.replaceChildren(...words.map((one) => Object.assign(document.createElement("option"), { value: one.words })));
    } catch {
      // The line is down: the box works without suggestions.
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 200);
  });
}
