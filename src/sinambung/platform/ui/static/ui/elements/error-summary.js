// Brings the reader to the summary after a form came back, and from a line to its field.
customElements.define("error-summary", class extends HTMLElement {
  connectedCallback() {
    this.firstElementChild?.focus();
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a[href^='#']");
      const field = link && document.getElementById(link.hash.slice(1));
      if (!field) return;
      event.preventDefault();
      const target = field.matches("input, select, textarea") ? field : field.querySelector("input");
      (target ?? field).focus();
      field.scrollIntoView({ block: "center" });
    });
  }
});
