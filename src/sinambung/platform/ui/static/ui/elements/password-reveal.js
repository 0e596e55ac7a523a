// Puts a button into the password field that shows what was typed.
customElements.define("password-reveal", class extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    if (!input || this.querySelector(".password")) return;
    const isIndonesian = document.documentElement.lang === "id";
    const label = isIndonesian ? "Tampilkan sandi" : "Show password";
    const sprite = document.querySelector("svg use")?.getAttribute("href")?.split("#")[0]
      ?? "/static/vendor/tabler/icons.svg";
    const frame = document.createElement("span");
    frame.className = "password";
    input.replaceWith(frame);
    frame.innerHTML = `<button class="icon-button" type="button" aria-pressed="false" aria-label="${label}">
      <svg class="icon" aria-hidden="true"><use href="${sprite}#eye"/></svg></button>`;
    frame.prepend(input);
    const button = frame.querySelector("button");
    button.addEventListener("click", () => {
      const wasShown = input.type === "text";
      input.type = wasShown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!wasShown));
      button.querySelector("use").setAttribute("href", `${sprite}#${wasShown ? "eye" : "eye-off"}`);
      input.focus();
    });
  }
});
