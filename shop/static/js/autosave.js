// Saves the step while it is being written; until the shop has it, it lies on this phone as well, so that a dropped
// line, a reload or an empty battery costs no word. Without this script the button saves the same way.
const QUIET_MS = 2000;
const NOT_TYPED = new Set(["csrf_token", "seen"]);
const owner = document.getElementById("sinyal")?.dataset.owner;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const told = form.querySelector("[data-saved]");
  const seen = form.elements.namedItem("seen");
  const place = `draf:${owner}:${location.pathname.replace(/^\/en\//, "/")}`;
  let timer = 0;
  let changed = false;
  let running = null;
  let stopped = false;

  const say = (words) => {
    if (told) told.textContent = words;
  };
  const typed = () => [...new FormData(form)].filter(([name]) => !NOT_TYPED.has(name));

  const keep = (submitted = false) => {
    try {
      localStorage.setItem(place, JSON.stringify({ seen: seen.value, values: typed(), submitted }));
    } catch {
      // nothing can be kept here: it is saved by the line alone
    }
  };
  const forget = () => localStorage.removeItem(place);

  const fill = (values) => {
    const said = new Map();
    for (const [name, value] of values) said.set(name, [...(said.get(name) ?? []), value]);
    for (const field of form.elements) {
      if (!field.name || NOT_TYPED.has(field.name) || field.type === "file") continue;
      const mine = said.get(field.name) ?? [];
      if (field.type === "checkbox" || field.type === "radio") field.checked = mine.includes(field.value);
      else if (mine.length && "value" in field && field.type !== "submit" && field.type !== "button") field.value = mine[0];
    }
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
        keepalive: document.visibilityState === "hidden",
      });
      const body = await answer.json();
      if (answer.ok && body.seen) {
        seen.value = body.seen;
        if (changed) keep();
        else forget();
        say(body.saved);
      } else if (answer.status === 422) {
        say(form.dataset.unread);
      } else if (answer.status >= 500 || answer.status === 429) {
        throw new Error("later");
      } else {
        stopped = true; // somebody else wrote here, or the work is under review: the button shows it
        say(body.detail || form.dataset.unread);
      }
    } catch {
      changed = true;
      say(form.dataset.waiting);
      clearTimeout(timer);
      timer = setTimeout(() => save(), 15_000);
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
    keep();
    clearTimeout(timer);
    timer = setTimeout(save, QUIET_MS);
  });
  addEventListener("online", save);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });

  // A save under way ends first, so that the button does not overtake it. Without a signal the words stay here.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (navigator.onLine === false) {
      event.preventDefault();
      changed = true;
      keep();
      say(form.dataset.waiting);
      return;
    }
    changed = false;
    if (!running) {
      keep(true);
      return;
    }
    event.preventDefault();
    await running;
    form.requestSubmit(event.submitter);
  });

  // What the shop has not got yet from the last time. Words it took by the button, or that stand there already, go; an
  // answer to what was just sent (a sum, a sentence at a field) shows newer words than those kept before it.
  const left = JSON.parse(localStorage.getItem(place) ?? "null");
  if ("answered" in form.dataset) keep();
  else if (left && (left.submitted ? left.seen !== seen.value : JSON.stringify(left.values) === JSON.stringify(typed()))) forget();
  else if (left) {
    fill(left.values);
    seen.value = left.seen;
    changed = true;
    save();
  }
}
