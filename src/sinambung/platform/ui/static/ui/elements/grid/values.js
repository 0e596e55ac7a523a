// How the text of a cell is read and written: numbers with the page's decimal sign, or one of given codes.
const language = document.documentElement.lang || "id";
const sign = (1.5).toLocaleString(language).charAt(1);

export function choicesOf(cell) {
  const given = cell.dataset.choices ?? cell.closest("grid-editor").dataset.choices;
  return given ? given.split(",") : null;
}

// Returns what the cell would hold: { text, value, wrong }. `value` is what is sent: "87.50" or "".
export function read(cell, typed) {
  const text = typed.trim();
  if (text === "" || text === "–" || text === "-") return { text: "", value: "", wrong: false };
  const choices = choicesOf(cell);
  if (choices) {
    const choice = choices.find((code) => code.toLowerCase() === text.toLowerCase());
    return { text: choice ?? text, value: choice ?? text, wrong: !choice };
  }
  return readNumber(cell, text);
}

function readNumber(cell, text) {
  const plain = text.replace(/\s/g, "");
  const isNumber = /^\d{1,5}([.,]\d{1,6})?$/.test(plain);
  const number = Number(plain.replace(",", "."));
  const low = Number(cell.dataset.min ?? 0);
  const high = Number(cell.dataset.max ?? 100);
  if (!isNumber || number < low || number > high) return { text, value: text, wrong: true };
  const places = Number(cell.dataset.places ?? 2);
  const value = number.toFixed(places);
  return { text: value.replace(".", sign), value, wrong: false };
}

// Splits what a spreadsheet puts on the clipboard into rows of cells.
export function block(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n");
  return lines.map((line) => line.split("\t"));
}
