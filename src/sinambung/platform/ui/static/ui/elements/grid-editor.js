// The keyboard grid: arrows, typing, paste from a spreadsheet, undo, changed cells, save, conflicts.
import { Changes } from "./grid/changes.js";
import { Keys } from "./grid/keys.js";
import { send } from "./grid/send.js";
import { block } from "./grid/values.js";

customElements.define("grid-editor", class extends HTMLElement {
  connectedCallback() {
    this.status = this.querySelector("[data-status]");
    this.undoButton = this.querySelector("[data-undo]");
    this.saveButtons = [...document.querySelectorAll("[data-save]")];
    for (const cell of this.querySelectorAll("td[data-key]:not([data-version])")) cell.dataset.version = cell.textContent.trim() ? 1 : 0;
    this.changes = new Changes(this);
    this.keys = new Keys(this);
    this.undoButton.addEventListener("click", () => this.undo());
    this.clicked = (event) => { if (event.target.closest("[data-save]")) this.save(); };
    document.addEventListener("click", this.clicked);
    this.addEventListener("paste", (event) => this.paste(event));
    this.addEventListener("copy", (event) => this.copy(event));
    this.leaving = (event) => { if (this.changes.changed.size) event.preventDefault(); };
    window.addEventListener("beforeunload", this.leaving);
    const restored = this.changes.restore((key) => this.cell(key));
    if (!restored) this.show();
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.clicked);
    window.removeEventListener("beforeunload", this.leaving);
  }

  cell(key) {
    return this.querySelector(`td[data-key="${CSS.escape(key)}"]`);
  }

  text(name, facts = {}) {
    const pattern = this.getAttribute(`text-${name}`) ?? "";
    return pattern.replace(/\{(\w+)\}/g, (_, fact) => facts[fact] ?? "");
  }

  nameOf(cell) {
    const row = cell.closest("tr").querySelector("th a, th")?.firstChild?.textContent.trim() ?? "";
    const heads = this.querySelector("thead").rows;
    const place = [...cell.parentElement.querySelectorAll("td[data-key]")].indexOf(cell);
    const names = [...heads[heads.length - 1].cells].filter((head) => !head.matches(".who, .final, .grade, .quiet"));
    return [row, names[place]?.innerText.replace(/\s+/g, " ").trim()].filter(Boolean).join(", ");
  }

  change(pairs) {
    return this.changes.apply(pairs.filter(([cell]) => cell.dataset.readonly === undefined));
  }

  undo() {
    const cell = this.changes.undo();
    if (cell) this.keys.go(cell);
  }

  paste(event) {
    const cell = event.target.closest?.("td[data-key]");
    if (!cell || event.target.matches("input")) return;
    event.preventDefault();
    const lines = this.keys.lines();
    const row = lines.findIndex((cells) => cells.includes(cell));
    const column = lines[row].indexOf(cell);
    const pairs = block(event.clipboardData.getData("text/plain")).flatMap((texts, down) =>
      texts.map((text, right) => [lines[row + down]?.[column + right], text]));
    const count = this.change(pairs.filter(([target]) => target));
    this.status.prepend(this.text("pasted", { n: count }), " ");
  }

  copy(event) {
    const cell = event.target.closest?.("td[data-key]");
    if (!cell || event.target.matches("input")) return;
    event.clipboardData.setData("text/plain", cell.textContent.trim());
    event.preventDefault();
  }

  show(sentence) {
    const count = this.changes.changed.size;
    const wrong = [...this.changes.changed.values()].filter((change) => change.wrong).length;
    const strong = document.createElement("strong");
    strong.textContent = sentence ?? this.text(count ? "changed" : "saved", { n: count });
    const note = wrong ? this.text("wrongs", { n: wrong }) : count && !sentence ? this.text("kept") : "";
    this.status.replaceChildren(strong, " ", note);
    this.undoButton.hidden = !this.changes.history.length;
    for (const button of this.saveButtons) button.disabled = count === 0;
  }

  async save() {
    if (this.isSaving) return;
    this.isSaving = true;
    this.show(await send(this));
    this.isSaving = false;
  }
});
