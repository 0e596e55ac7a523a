// Moving through the cells and typing into them: one cell can be reached by Tab, the arrows do the rest.
export class Keys {
  constructor(editor) {
    this.editor = editor;
    this.table = editor.querySelector("table");
    this.table.setAttribute("role", "grid");
    for (const cell of this.table.querySelectorAll("td[data-key]")) cell.tabIndex = -1;
    this.table.querySelector("td[data-key]")?.setAttribute("tabindex", "0");
    this.table.addEventListener("keydown", (event) => this.press(event));
    this.table.onpointerdown = (event) => { this.wasHere = event.target === document.activeElement; };
    this.table.addEventListener("click", (event) => this.click(event));
    this.table.addEventListener("dblclick", (event) => this.edit(event.target.closest("td[data-key]")));
  }

  lines() {
    const rows = [...this.table.tBodies].flatMap((body) => [...body.rows]);
    return rows.map((row) => [...row.querySelectorAll("td[data-key]")]).filter((cells) => cells.length);
  }

  line(cell) {
    return this.lines().find((cells) => cells.includes(cell));
  }

  go(cell) {
    const old = this.table.querySelector("td[tabindex='0']");
    if (old) old.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus({ preventScroll: true });
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  step(cell, down, right) {
    const lines = this.lines();
    const row = lines.findIndex((cells) => cells.includes(cell));
    const column = lines[row].indexOf(cell) + right;
    if (right && (column < 0 || column >= lines[row].length)) {
      return lines[row + right] && this.go(lines[row + right].at(right > 0 ? 0 : -1));
    }
    const line = lines.at(Math.min(Math.max(row + down, 0), lines.length - 1));
    return this.go(line.at(Math.min(column, line.length - 1)));
  }

  click(event) {
    const cell = event.target.closest("td[data-key]");
    if (cell && !cell.querySelector("input")) this.wasHere ? this.edit(cell) : this.go(cell);
  }

  press(event) {
    const cell = event.target.closest("td[data-key]");
    if (!cell || event.target.matches("input")) return cell && this.pressInside(event, cell);
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
    if (moves[event.key]) this.step(cell, ...moves[event.key]);
    else if (event.key === "Enter" || event.key === "F2") this.edit(cell);
    else if (event.key === "Delete" || event.key === "Backspace") this.commit(cell, "");
    else if (event.key === "Home" || event.key === "End") this.go(this.line(cell).at(event.key === "Home" ? 0 : -1));
    else if (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey)) this.editor.undo();
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) this.edit(cell, event.key);
    else return;
    event.preventDefault();
  }

  pressInside(event, cell) {
    const typed = event.target.value;
    const back = event.shiftKey ? -1 : 1;
    const moves = { Enter: [back, 0], Tab: [0, back], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    if (event.key !== "Escape" && !moves[event.key]) return;
    event.preventDefault();
    if (event.key === "Escape") return void this.close(cell, cell.dataset.before);
    this.commit(cell, typed);
    this.step(cell, ...moves[event.key]);
  }

  edit(cell, typed) {
    if (!cell || cell.dataset.readonly !== undefined || cell.querySelector("input")) return;
    cell.dataset.before = cell.textContent.trim();
    const input = document.createElement("input");
    input.value = typed ?? cell.dataset.before;
    input.inputMode = this.editor.dataset.choices ? "text" : "decimal";
    input.setAttribute("aria-label", this.editor.nameOf(cell));
    cell.replaceChildren(input);
    cell.classList.add("is-editing");
    input.focus();
    if (typed === undefined) input.select();
    input.onblur = () => this.commit(cell, input.value, false);
  }

  commit(cell, typed, stay = true) {
    if (cell.dataset.readonly !== undefined) return;
    if (cell.dataset.before !== undefined) this.close(cell, cell.dataset.before, stay);
    this.editor.change([[cell, typed]]);
  }

  close(cell, text, stay = true) {
    delete cell.dataset.before;
    cell.firstElementChild.onblur = null;
    cell.classList.remove("is-editing");
    cell.textContent = text;
    if (stay) cell.focus();
  }
}
