// Closes an open menu when the attention goes elsewhere. Without script the list stays open.
customElements.define("drop-menu", class extends HTMLElement {
  connectedCallback() {
    this.outside = (event) => {
      if (!this.contains(event.target)) this.close();
    };
    document.addEventListener("click", this.outside);
    this.firstElementChild.addEventListener("toggle", () => {
      const panel = this.querySelector(".menu__panel");
      panel.classList.remove("menu__panel--start");
      if (panel.getBoundingClientRect().left < 8) panel.classList.add("menu__panel--start");
    });
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.close();
    });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      this.close();
      this.querySelector("summary").focus();
    });
  }

  disconnectedCallback() {
    document.removeEventListener("click", this.outside);
  }

  close() {
    this.querySelector("details").open = false;
  }
});
