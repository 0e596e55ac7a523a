// Keeps what is typed in a form on this device until the form is sent or a day has passed.
const DAY = 24 * 3600 * 1000;

customElements.define("draft-keeper", class extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.place = `draft:${location.pathname}:${this.getAttribute("key") ?? ""}`;
    if (!this.form) return;
    this.restore();
    this.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.keep(), 400);
    });
    this.form.addEventListener("submit", () => {
      clearTimeout(this.timer);
      this.keep();
      sessionStorage.setItem(`${this.place}:sent`, "1");
    });
  }

  fields() {
    const kinds = ["hidden", "password", "file", "submit", "button"];
    return [...this.form.elements].filter((field) => field.name && !kinds.includes(field.type));
  }

  keep() {
    const values = this.fields().map((field) => [
      field.name,
      ["checkbox", "radio"].includes(field.type) ? (field.checked ? field.value : null) : field.value,
      field.value,
    ]);
    try {
      localStorage.setItem(this.place, JSON.stringify({ at: Date.now(), values }));
    } catch { /* The device has no room: the form still works. */ }
  }

  restore() {
    const kept = JSON.parse(localStorage.getItem(this.place) ?? "null");
    const wasSent = sessionStorage.getItem(`${this.place}:sent`);
    sessionStorage.removeItem(`${this.place}:sent`);
    const failed = this.querySelector("error-summary");
    if (!kept || Date.now() - kept.at > DAY || (wasSent && !failed)) {
      localStorage.removeItem(this.place);
      return;
    }
    if (failed) return;
    let changed = false;
    this.fields().forEach((field, place) => {
      const [name, value, own] = kept.values[place] ?? [];
      if (name !== field.name) return;
      const isTick = ["checkbox", "radio"].includes(field.type);
      if (isTick && own === field.value && field.checked !== (value !== null)) {
        field.checked = value !== null;
        changed = true;
      } else if (!isTick && field.value !== value) {
        field.value = value;
        changed = true;
      }
    });
    if (changed && this.dataset.said) this.say();
  }

  say() {
    const note = document.createElement("p");
    note.className = "small muted";
    note.setAttribute("role", "status");
    note.textContent = this.dataset.said;
    this.form.prepend(note);
  }
});
