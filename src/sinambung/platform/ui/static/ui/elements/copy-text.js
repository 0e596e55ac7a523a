// Copies a text: <copy-text><code>...</code></copy-text>, or with an own button and `text`.
customElements.define("copy-text", class extends HTMLElement {
  connectedCallback() {
    const isIndonesian = document.documentElement.lang === "id";
    const text = this.getAttribute("text") ?? this.textContent.trim();
    const button = this.querySelector("button") ?? this.addButton(isIndonesian ? "Salin" : "Copy");
    const done = this.getAttribute("done") ?? (isIndonesian ? "Tersalin" : "Copied");
    button.addEventListener("click", async () => {
      const before = button.textContent;
      await navigator.clipboard.writeText(text);
      button.textContent = done;
      setTimeout(() => { button.textContent = before; }, 2000);
    });
  }

  addButton(label) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--secondary button--32";
    button.textContent = label;
    this.append(" ", button);
    return button;
  }
});
