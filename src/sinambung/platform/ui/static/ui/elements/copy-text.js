// Copies a text: <copy-text text="..." done="Tersalin"><button>Salin tautan</button></copy-text>.
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button?.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.getAttribute("text"));
      const before = button.textContent;
      button.textContent = this.getAttribute("done");
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  }
});
