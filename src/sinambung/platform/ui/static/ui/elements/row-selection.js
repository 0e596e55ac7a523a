// Counts the ticked rows of a table and shows what may be done with them.
customElements.define("row-selection", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", (event) => {
      if (event.target.matches("[data-all]")) this.tickAll(event.target.checked);
      if (event.target.matches("[data-all], [name=row]")) this.show();
    });
    this.addEventListener("click", (event) => this.extend(event));
    this.show();
  }

  boxes() {
    return [...this.querySelectorAll("tbody [name=row]")];
  }

  tickAll(checked) {
    for (const box of this.boxes()) box.checked = checked;
  }

  extend(event) {
    if (!event.target.matches("tbody [name=row]")) return;
    const boxes = this.boxes();
    const here = boxes.indexOf(event.target);
    if (event.shiftKey && this.last !== undefined) {
      const [from, to] = [Math.min(here, this.last), Math.max(here, this.last)];
      for (const box of boxes.slice(from, to + 1)) box.checked = event.target.checked;
      this.show();
    }
    this.last = here;
  }

  show() {
    const boxes = this.boxes();
    const ticked = boxes.filter((box) => box.checked).length;
    const bar = this.querySelector("[data-bar]");
    if (bar) bar.hidden = ticked === 0;
    for (const count of this.querySelectorAll("[data-count]")) count.textContent = ticked;
    const all = this.querySelector("[data-all]");
    if (!all) return;
    all.checked = ticked > 0 && ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
});
