// Lets files be dropped on the field and says which were chosen.
customElements.define("file-drop", class extends HTMLElement {
  connectedCallback() {
    this.zone = this.querySelector(".drop");
    this.input = this.querySelector("input[type=file]");
    this.said = document.createElement("p");
    this.said.setAttribute("aria-live", "polite");
    this.zone.append(this.said);
    this.input.addEventListener("change", () => this.say());
    for (const name of ["dragenter", "dragover"]) {
      this.zone.addEventListener(name, (event) => {
        event.preventDefault();
        this.zone.classList.add("drop--over");
      });
    }
    this.zone.addEventListener("dragleave", () => this.zone.classList.remove("drop--over"));
    this.zone.addEventListener("drop", (event) => {
      event.preventDefault();
      this.zone.classList.remove("drop--over");
      const files = event.dataTransfer.files;
      if (!files.length || (files.length > 1 && !this.input.multiple)) return;
      this.input.files = files;
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  say() {
    const sizes = [...this.input.files].map((file) => `${file.name}, ${this.size(file.size)}`);
    this.said.textContent = sizes.join("; ");
  }

  size(bytes) {
    const language = document.documentElement.lang;
    const [number, unit] = bytes < 1e6 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
    return `${number.toLocaleString(language, { maximumFractionDigits: 1 })} ${unit}`;
  }
});
