// Shows the typed password while the button is pressed in.
customElements.define("password-reveal", class extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.querySelector("button")) return;
    const isIndonesian = document.documentElement.lang === "id";
    const button = document.createElement("button");
    button.type = "button";
    button.className = "icon-button";
    button.setAttribute("aria-pressed", "false");
    button.setAttribute("aria-label", isIndonesian ? "Tampilkan kata sandi" : "Show password");
    const sprite = document.querySelector("svg use")?.getAttribute("href")?.split("#")[0]
      ?? "/static/vendor/tabler/icons.svg";
    button.innerHTML = `<svg class="icon" aria-hidden="true"><use href="${sprite}#eye"/></svg>`;
    button.addEventListener("click", () => {
      const shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      button.querySelector("use").setAttribute("href", `${sprite}#${shown ? "eye" : "eye-off"}`);
      input.focus();
    });
    this.append(button);
  }
});
