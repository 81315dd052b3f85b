// The only help while typing: how long a text has become, and how an amount reads. The server checks on sending.
for (const help of document.querySelectorAll("[data-live]")) {
  const input = document.getElementById(help.dataset.for);
  if (!input) continue;

  const words = {
    count: () => help.dataset.words.replace("{n}", input.value.length),
    price: () => {
      const rupiah = Number(input.value.replace(/[^\d]/g, ""));
      return rupiah ? `Rp ${rupiah.toLocaleString("id-ID")}` : "";
    },
  }[help.dataset.live];

  const tell = () => {
    help.textContent = words();
    help.hidden = !help.textContent;
  };
  input.addEventListener("input", tell);
  tell();
}
