// What has been changed and not yet saved, in which order, and a copy of it on this device.
import { read } from "./values.js";

export class Changes {
  constructor(editor) {
    this.editor = editor;
    this.changed = new Map();
    this.history = [];
    this.place = `grid:${location.pathname}`;
  }

  // Puts texts into cells as one step that can be undone.
  apply(pairs) {
    const step = pairs.map(([cell, typed]) => [cell, cell.textContent.trim(), typed])
      .filter(([, before, typed]) => before !== typed);
    if (!step.length) return 0;
    for (const [cell, , typed] of step) this.put(cell, typed);
    this.history.push(step);
    this.finish();
    return step.length;
  }

  undo() {
    const step = this.history.pop();
    if (!step) return null;
    for (const [cell, before] of step) this.put(cell, before);
    this.finish();
    return step[0][0];
  }

  put(cell, typed) {
    cell.dataset.saved ??= cell.textContent.trim();
    const { text, value, wrong } = read(cell, typed);
    cell.textContent = text;
    cell.classList.toggle("is-wrong", wrong);
    cell.classList.toggle("is-changed", text !== cell.dataset.saved && !wrong);
    cell.classList.remove("is-conflict");
    cell.toggleAttribute("aria-invalid", wrong);
    cell.title = wrong ? this.editor.text("wrong", { min: cell.dataset.min ?? 0, max: cell.dataset.max ?? 100 }) : "";
    if (text === cell.dataset.saved) this.changed.delete(cell.dataset.key);
    else this.changed.set(cell.dataset.key, { cell, text, value, wrong });
  }

  finish() {
    const kept = [...this.changed].map(([key, { cell, text }]) => [key, cell.dataset.version, text]);
    try {
      if (kept.length) localStorage.setItem(this.place, JSON.stringify(kept));
      else localStorage.removeItem(this.place);
    } catch { /* No room on the device: the grid still works. */ }
    this.editor.show();
  }

  // Brings back what an earlier visit left unsaved, where nobody has changed the cell since.
  restore(cellOf) {
    const kept = JSON.parse(localStorage.getItem(this.place) ?? "[]");
    const pairs = kept.map(([key, version, text]) => [cellOf(key), version, text])
      .filter(([cell, version]) => cell && cell.dataset.version === version);
    return this.apply(pairs.map(([cell, , text]) => [cell, text]));
  }

  sendable() {
    return [...this.changed].filter(([, change]) => !change.wrong)
      .map(([key, { cell, value }]) => ({ key, version: Number(cell.dataset.version), value }));
  }

  // Takes the server's answer: saved cells become calm, others say what is the matter.
  settle({ saved = {}, refused = {}, conflicts = {} }) {
    for (const [key, version] of Object.entries(saved)) {
      const change = this.changed.get(key);
      if (!change) continue;
      change.cell.dataset.version = version;
      change.cell.dataset.saved = change.text;
      change.cell.classList.remove("is-changed", "is-conflict");
      change.cell.classList.toggle("is-empty", change.text === "");
      this.changed.delete(key);
    }
    for (const [key, sentence] of Object.entries(refused)) this.mark(key, "is-wrong", sentence);
    for (const [key, theirs] of Object.entries(conflicts)) {
      const cell = this.mark(key, "is-conflict", this.editor.text("conflict", { value: theirs.value }));
      if (cell) cell.dataset.version = theirs.version;
    }
    this.history = [];
    this.finish();
  }

  mark(key, name, sentence) {
    const change = this.changed.get(key);
    if (!change) return null;
    change.cell.classList.remove("is-changed");
    change.cell.classList.add(name);
    change.cell.title = sentence;
    return change.cell;
  }
}
