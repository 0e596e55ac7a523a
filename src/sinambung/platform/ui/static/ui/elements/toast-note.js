// A short word that something was done: leaves after six seconds, stays while pointed at.
customElements.define("toast-note", class extends HTMLElement {
  connectedCallback() {
    // A live region speaks only about what changes after it is there.
    const text = this.textContent;
    this.textContent = "";
    setTimeout(() => { this.textContent = text; }, 100);
    this.schedule();
    this.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.addEventListener("pointerleave", () => this.schedule());
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  schedule() {
    clearTimeout(this.timer);
    if (!this.closest(".toasts")) return;
    this.timer = setTimeout(() => {
      this.classList.add("toast--leaving");
      setTimeout(() => this.remove(), 250);
    }, 6000);
  }
});
