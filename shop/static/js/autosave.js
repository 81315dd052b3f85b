// Saves the step while it is being written. Without this script the button saves the same way.
const QUIET_MS = 2000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const told = form.querySelector("[data-saved]");
  const seen = form.elements.namedItem("seen");
  let timer = 0;
  let changed = false;
  let running = null;
  let stopped = false;

  const say = (words) => {
    if (told) told.textContent = words;
  };

  const send = async () => {
    changed = false;
    say(form.dataset.saving);
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      const body = await answer.json();
      if (answer.ok) {
        seen.value = body.seen;
        say(body.saved);
      } else if (answer.status === 422) {
        say(form.dataset.unread);
      } else {
        stopped = true; // somebody else wrote here, or the work is under review: the button shows it
        say(body.detail || form.dataset.unread);
      }
    } catch {
      changed = true;
      say(form.dataset.waiting);
    }
  };

  const save = () => {
    clearTimeout(timer);
    if (changed && !running && !stopped) {
      running = send().finally(() => {
        running = null;
      });
    }
    return running;
  };

  form.addEventListener("input", (event) => {
    if (event.target.name?.startsWith("calc_")) return;
    changed = true;
    clearTimeout(timer);
    timer = setTimeout(save, QUIET_MS);
  });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });

  // A save under way ends first, so that the button does not overtake it.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    changed = false;
    if (!running) return;
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });
}
