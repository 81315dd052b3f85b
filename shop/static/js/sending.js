// Carries one photo to the shop: whole when it is light, in pieces that can be taken up again when it is not.
// Whatever is repeated under the same key is the same photo.
const PIECES_FROM = 1_000_000;
const PIECE = 262_144;
const SENDING_S = 180;

export const PAUSES_S = [2, 5, 15, 60];

/** How long to wait before the next try, counted from the first failure; the server's own wish, if it is longer. */
export const pause = (failures, wished) => Math.max(PAUSES_S[Math.min(failures, PAUSES_S.length) - 1], Math.min(wished || 0, 300));

// Sentences come back in the language of the page.
const prefix = location.pathname.startsWith("/en/") ? "/en" : "";

/** The same door in both languages. */
export const pathOf = (address) => new URL(address, location.href).pathname.replace(/^\/en\//, "/");

function ask(method, address, { body, headers, progress }) {
  return new Promise((done, fail) => {
    const request = new XMLHttpRequest();
    request.open(method, address);
    request.setRequestHeader("Accept", "application/json");
    for (const [name, value] of Object.entries(headers ?? {})) request.setRequestHeader(name, value);
    if (progress) request.upload.onprogress = (event) => progress(event.loaded);
    request.onload = () => {
      let answer = null;
      try {
        answer = JSON.parse(request.responseText);
      } catch {
        // a page, or garbage: the status says what can be said
      }
      const elsewhere = pathOf(request.responseURL || address) !== pathOf(address);
      const after = Number(request.getResponseHeader("Retry-After")) || 0;
      done({ status: request.status, answer: answer && typeof answer === "object" ? answer : null, elsewhere, after });
    };
    request.onerror = request.ontimeout = request.onabort = fail;
    request.timeout = SENDING_S * 1000;
    request.send(body);
  });
}

/**
 * One try. `progress(bytes)` is told what has travelled. Comes back with one of
 *   saved                        the shop has it
 *   refused { detail, final }    and why, if it said so; not final: the work is with the curators at the moment
 *   door                         nobody is signed in any more
 *   again { why, after }         `line`, `busy`, `trouble` or `garbage`
 */
export async function send(record, { token, progress }) {
  const door = { token, progress, base: `${prefix}/studio` };
  try {
    const pieces = record.pieces || record.file.size > PIECES_FROM;
    if (pieces) {
      const stopped = await sendPieces(record, door);
      if (stopped) return stopped;
    }
    const answered = await ask("POST", prefix + record.path, { body: fields(record, token, !pieces), progress: pieces ? null : progress });
    if (answered.status === 413 && !answered.answer?.detail && !pieces) {
      record.pieces = true; // something on the way takes no whole photo: it may take pieces
      return send(record, { token, progress });
    }
    if (answered.status === 409 && Number.isInteger(answered.answer?.offset)) return { state: "again", why: "line" };
    return read(answered, (answer) => Number.isInteger(answer.count));
  } catch {
    return { state: "again", why: "line" };
  }
}

/** What was chosen for a photo that is there already. */
export async function sendWish(record, { token }) {
  try {
    return read(await ask("POST", prefix + record.path, { body: fields(record, token, false) }), (answer) => Number.isInteger(answer.count));
  } catch {
    return { state: "again", why: "line" };
  }
}

async function sendPieces(record, { token, progress, base }) {
  const address = `${base}/unggahan/${record.key}`;
  const knows = (answer) => Number.isInteger(answer.offset);
  let answered = await ask("GET", address, {});
  let stopped = unless(answered, knows);
  if (stopped) return stopped;
  let offset = answered.answer.offset;
  for (let stuck = 0; offset < record.file.size; ) {
    const start = offset;
    progress(start);
    answered = await ask("PATCH", address, {
      body: record.file.slice(start, start + PIECE),
      headers: { "X-CSRFToken": token, "Upload-Offset": start, "Content-Type": "application/offset+octet-stream" },
      progress: (bytes) => progress(start + bytes),
    });
    if (answered.status !== 409) {
      stopped = unless(answered, knows);
      if (stopped) return stopped;
    } else if (!answered.answer || !knows(answered.answer)) return read(answered, knows);
    offset = answered.answer.offset;
    stuck = offset > start ? 0 : stuck + 1;
    if (stuck > 3) return { state: "again", why: "garbage" };
  }
  progress(record.file.size);
  return null;
}

function fields(record, token, whole) {
  const fields = new FormData();
  fields.append("csrf_token", token);
  fields.append("client_id", record.key);
  const { slot, wished, alt, main } = record.wish;
  if (slot) fields.append("slot", slot);
  if (wished) fields.append("wished", wished);
  if (alt) fields.append("alt_id", alt);
  if (main) fields.append("main", "1");
  if (whole) fields.append("photo", record.file, record.name);
  else fields.append("length", record.file.size);
  return fields;
}

const unless = (answered, good) => {
  const outcome = read(answered, good);
  return outcome.state === "saved" ? null : outcome;
};

function read({ status, answer, elsewhere, after }, good) {
  if (elsewhere || status === 400 || status === 401 || status === 403) return { state: "door" };
  if (status === 429) return { state: "again", why: "busy", after };
  if (status === 0 || status >= 500 || status === 408) return { state: "again", why: status ? "trouble" : "line", after };
  if (status >= 400) return { state: "refused", detail: answer?.detail, final: status !== 409 };
  return answer && good(answer) ? { state: "saved" } : { state: "again", why: "garbage" };
}
