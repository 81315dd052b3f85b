// The gallery of a work: says which photo is in view. Without this script the row still slides and the thumbs still jump.
const gallery = document.querySelector(".gallery");
const row = gallery?.querySelector(".gallery__row");

if (row) {
  const photos = [...row.querySelectorAll("a[id]")];
  const count = gallery.querySelector(".gallery__count");
  const thumbs = new Map([...gallery.querySelectorAll(".thumbs a")].map((thumb) => [thumb.hash.slice(1), thumb]));

  const show = (photo) => {
    if (count) count.textContent = `${photos.indexOf(photo) + 1}/${photos.length}`;
    for (const [id, thumb] of thumbs) {
      if (id === photo.id) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    }
  };

  const watch = new IntersectionObserver(
    (seen) => seen.filter((entry) => entry.isIntersecting).forEach((entry) => show(entry.target)),
    { root: row, threshold: 0.6 },
  );
  photos.forEach((photo) => watch.observe(photo));

  // A thumb slides the row and leaves the page where it stands.
  for (const [id, thumb] of thumbs) {
    thumb.addEventListener("click", (event) => {
      const photo = document.getElementById(id);
      if (!photo) return;
      event.preventDefault();
      row.scrollTo({ left: photo.offsetLeft - row.offsetLeft, behavior: "smooth" });
      show(photo);
    });
  }
}
