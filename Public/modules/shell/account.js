// Who is signed in: the menu in the top bar, and the dialog that asks for a token.

import { button, iconButton } from "../base/button.js";
import { askInDialog, field } from "../base/dialog.js";
import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { language, languages, text } from "../language/language.js";
import { ask, send } from "../server/request.js";
import { enter, signOut } from "../server/session.js";

/** The language, the connection and the identity in the top bar. */
export class Account {
  #dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "dialog" }));
  #menu = element("div", { class: "menu", popover: "auto", id: "account-menu" });

  /**
   * @param {HTMLElement} place
   * @param {HTMLElement} connection
   * @param {() => void} help Shows the keyboard's help.
   */
  constructor(place, connection, help) {
    this.help = help;
    this.place = place;
    /** Where a learner's hand is raised. */
    this.slot = element("span", { class: "account-slot" });
    this.connection = connection;
    /** @type {import("../server/session.js").Session | null} */
    this.session = null;
    document.body.append(this.#dialog);
    this.#draw();
    language.follow(() => this.#draw());
  }

  /** @param {import("../server/session.js").Session | null} session */
  show(session) {
    this.session = session;
    this.#draw();
  }

  /**
   * Asks for a token until one is taken. A dialog that is open stays.
   * @param {string} [message]
   */
  askForToken(message = "") {
    if (this.#dialog.open) return;
    /** @type {any} */ (this.#menu).hidePopover();
    this.#fillDialog(message);
    this.#dialog.showModal();
  }

  #draw() {
    const choice = languageChoice("language");
    const membership = this.session?.classroom;
    const user = membership ? membership.nickname || text(`role.${membership.role}`)
      : this.session?.user ?? text("account.nobody");
    fill(this.#menu, element("p", { class: "menu-user" }, element("strong", {}, user),
      element("span", {}, membership ? text(`role.${membership.role}`)
        : (this.session?.groups ?? []).filter((group) => group !== "system:authenticated").join(", "))),
      // A phone's top bar has no room for it.
      element("div", { class: "menu-language" }, languageChoice("")),
      membership?.role === "learner" ? button("", () => this.#kubeconfig(), icon("download"),
        text("account.kubeconfig")) : null,
      membership?.role === "instructor" ? button("", askForPassword, icon("cordoned"), text("account.password")) : null,
      membership ? null : button("", () => this.askForToken(), text("account.token")),
      button("", () => this.#leave(), text("account.signOut")),
      element("p", { class: "menu-version" }, this.session ? `Podium ${this.session.version}` : ""));
    fill(this.place, this.connection, this.slot,
      iconButton(text("keys.button"), this.help, icon("help")), choice,
      element(
        "button",
        {
          class: "identity",
          type: "button",
          popovertarget: "account-menu",
          "aria-label": text("account.menu", { user }),
        },
        icon("person"),
        element("span", {}, user),
      ), this.#menu);
  }

  /** Has the browser keep a kubeconfig for this learner's cluster. */
  async #kubeconfig() {
    const answer = await send("POST", "/session/kubeconfig", { body: {}, accept: "application/yaml" });
    const address = URL.createObjectURL(await answer.blob());
    const link = /** @type {HTMLAnchorElement} */ (element("a", { href: address, download: "podium.kubeconfig" }));
    link.click();
    URL.revokeObjectURL(address);
  }

  async #leave() {
    await signOut().catch(() => {});
    location.reload();
  }

  /** @param {string} message */
  #fillDialog(message) {
    const token = /** @type {HTMLInputElement} */ (element(
      "input",
      { type: "password", id: "token", autocomplete: "off", required: true, "aria-describedby": "token-error" },
    ));
    const error = element("p", { class: "error", id: "token-error", role: "alert" }, message);
    const form = element("form", { method: "dialog" },
      element("h2", {}, text("account.token")), element("p", {}, text("account.tokenAbout")),
      element("label", { for: "token" }, text("account.tokenLabel")), token, error,
      element("div", { class: "dialog-actions" },
        button("quiet", () => this.#dialog.close(), text("action.cancel")),
        element("button", { class: "primary", type: "submit" }, text("account.signIn"))));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        await enter({ token: token.value.trim() });
        location.reload();
      } catch (refusal) {
        const { status, message: said } = /** @type {import("../server/request.js").RequestError} */ (refusal);
        fill(error, status === 401 ? text("account.wrongToken") : said);
        token.focus();
      }
    });
    this.#dialog.setAttribute("aria-label", text("account.token"));
    fill(this.#dialog, form);
  }
}

/** The instructor's new password; other sessions of the instructor end. */
function askForPassword() {
  const input = (/** @type {string} */ name, /** @type {string} */ autocomplete) =>
    element("input", { type: "password", name, autocomplete, required: true });
  askInDialog({
    title: text("account.password"),
    body: [
      field(text("account.currentPassword"), input("current", "current-password")),
      field(text("entrance.newPassword"), input("password", "new-password"), text("entrance.newPasswordAbout")),
    ],
    submit: text("action.save"),
    act: ({ current, password }) => ask("POST", "/classroom/password", { body: { current, password } }),
  });
}

/** @param {string} style */
function languageChoice(style) {
  const names = languages.map(([code, name]) => element("option", { value: code, lang: code }, name));
  const choice = /** @type {HTMLSelectElement} */ (
    element("select", { class: style, "aria-label": text("account.language") }, names));
  choice.value = language.value;
  choice.addEventListener("change", () => { language.value = /** @type {any} */ (choice.value); });
  return choice;
}
