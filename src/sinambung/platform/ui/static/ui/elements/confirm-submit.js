// Asks before a form inside it is sent. Without script the form is sent at once.
customElements.define("confirm-submit", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => {
      if (this.confirmed) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.ask(event.target, event.submitter);
    }, true);
  }

  ask(form, submitter) {
    const dialog = document.createElement("dialog");
    dialog.className = "dialog";
    const body = document.createElement("form");
    body.method = "dialog";
    body.className = "dialog__body";
    const question = document.createElement("p");
    question.id = `tanya-${Math.random().toString(36).slice(2)}`;
    question.textContent = this.getAttribute("question");
    dialog.setAttribute("aria-labelledby", question.id);
    const actions = document.createElement("div");
    actions.className = "actions";
    actions.append(
      this.button(this.getAttribute("cancel") ?? "Batal", "tertiary", "no"),
      this.button(this.getAttribute("confirm"), this.getAttribute("variant") === "danger" ? "danger" : "primary", "yes"),
    );
    body.append(question, actions);
    dialog.append(body);
    document.body.append(dialog);
    dialog.addEventListener("close", () => {
      const agreed = dialog.returnValue === "yes";
      dialog.remove();
      if (!agreed) return submitter?.focus();
      this.confirmed = true;
      form.requestSubmit(submitter ?? undefined);
      this.confirmed = false;
    });
    dialog.showModal();
  }

  button(text, variant, value) {
    const button = document.createElement("button");
    button.className = `button button--${variant}`;
    button.value = value;
    button.textContent = text;
    return button;
  }
});
