// Makes a chosen photo small and upright before it travels, without the place it was taken, and sees what is worth
// a hint. What this browser cannot decode (HEIC) goes up as it is.
const LONGEST_SIDE = 2048;
const LIGHT_BYTES = 1_000_000;
const QUALITY = 0.82;
const LOOK_AT = 480;
const METADATA_WITHIN = 262_144;
const GROUND = "#FBF7F0";

// The same figures as shop/domain/photo.py, which looks again at what arrives.
const SMALL_SIDE = 1200;
const DARK = 60;
const BLURRED = 50;
const WIDE = 1.6;
const TALL = 0.4;

/** What to send, and what to say about it (`small dark blurred wide tall`). Never fails. */
export async function prepare(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return { blob: file, hints: [] };
  }
  try {
    const hints = look(picture);
    const longest = Math.max(picture.width, picture.height);
    if (longest <= LONGEST_SIDE && file.size < LIGHT_BYTES && !(await tells(file))) return { blob: file, hints };
    const canvas = drawn(picture, LONGEST_SIDE / longest);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return { blob: blob ?? file, hints };
  } catch {
    return { blob: file, hints: [] };
  } finally {
    picture.close();
  }
}

function drawn(picture, scale) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * Math.min(1, scale)));
  canvas.height = Math.max(1, Math.round(picture.height * Math.min(1, scale)));
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.imageSmoothingQuality = "high";
  pen.fillStyle = GROUND;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Whether the file carries metadata, which may hold the place. */
async function tells(file) {
  const words = new TextDecoder("latin1").decode(await file.slice(0, METADATA_WITHIN).arrayBuffer());
  return /Exif\0\0|eXIf|EXIF|xmpmeta/.test(words);
}

function look(picture) {
  const hints = [];
  if (Math.max(picture.width, picture.height) < SMALL_SIDE) hints.push("small");
  const shape = picture.width / picture.height;
  if (shape > WIDE) hints.push("wide");
  if (shape < TALL) hints.push("tall");
  const canvas = drawn(picture, LOOK_AT / Math.max(picture.width, picture.height));
  const grey = greyOf(canvas);
  if (grey.reduce((sum, one) => sum + one, 0) / grey.length < DARK) hints.push("dark");
  else if (sharpest(grey, canvas.width, canvas.height) < BLURRED) hints.push("blurred");
  return hints;
}

function greyOf(canvas) {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  return Float32Array.from({ length: data.length / 4 }, (_, i) => 0.299 * data[4 * i] + 0.587 * data[4 * i + 1] + 0.114 * data[4 * i + 2]);
}

/** The variance of the Laplacian in the sharpest ninth of the picture: a plain wall behind a pot is no blur. */
function sharpest(grey, width, height) {
  let best = 0;
  for (let row = 0; row < 3; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      let sum = 0;
      let squares = 0;
      let count = 0;
      for (let y = Math.max(1, Math.floor((row * height) / 3)); y < Math.min(height - 1, ((row + 1) * height) / 3); y += 1) {
        for (let x = Math.max(1, Math.floor((column * width) / 3)); x < Math.min(width - 1, ((column + 1) * width) / 3); x += 1) {
          const i = y * width + x;
          const edge = grey[i - width] + grey[i + width] + grey[i - 1] + grey[i + 1] - 4 * grey[i];
          sum += edge;
          squares += edge * edge;
          count += 1;
        }
      }
      if (count) best = Math.max(best, squares / count - (sum / count) ** 2);
    }
  }
  return best;
}
