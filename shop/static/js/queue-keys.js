// N takes the next work. Never inside a text field; the page loads this only where shortcuts are switched on.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.target.matches("input, textarea, select") || event.key.toLowerCase() !== "n") return;
  event.preventDefault();
  document.querySelector("[data-key=n]")?.click();
});
