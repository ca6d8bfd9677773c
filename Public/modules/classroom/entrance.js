// The way into a classroom: joining, coming back, the instructor's password.

import { button } from "../base/button.js";
import { copyButton } from "../base/copy.js";
import { field, valuesOf } from "../base/dialog.js";
import { element, fill } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { language, text } from "../language/language.js";
import { route } from "../shell/route.js";
import { enter, setFirstPassword } from "../server/session.js";

/**
 * @typedef {{ title: string, locked: boolean, setup: "none" | "page" | "code" }} Entry What the classroom tells
 *   anybody.
 * @typedef {"join" | "back" | "lead"} Door
 */

const doors = /** @type {Door[]} */ (["join", "back", "lead"]);

/** The page of those who are not signed in. */
export class Entrance {
  /** @type {Door} */
  #door = "join";

  /**
   * @param {HTMLElement} page
   * @param {Entry} entry
   * @param {() => void} onEnter
   * @param {string} notice Why this page shows again; empty at the first time.
   */
  constructor(page, entry, onEnter, notice) {
    this.notice = notice;
    if (notice) this.#door = "back";
    this.page = page;
    this.entry = entry;
    this.onEnter = onEnter;
    if (entry.setup === "page") this.#door = "lead";
    if (route(location.hash).view === "join") this.#door = "join";
    this.#draw();
    this.unfollow = language.follow(() => this.#draw());
  }

  #draw() {
    const { title } = this.entry;
    document.title = `${title || "Podium"} · Podium`;
    const tabs = element("div", { class: "segments", role: "tablist", "aria-label": text("entrance.ways") },
      doors.map((door) => element("button", {
        class: "segment", type: "button", role: "tab", id: `door-${door}`, "aria-controls": "door",
        "aria-selected": String(door === this.#door), tabindex: door === this.#door ? 0 : -1,
        on: { click: () => this.#choose(door) },
      }, text(`entrance.${door}`))));
    tabs.addEventListener("keydown", (event) => this.#key(/** @type {KeyboardEvent} */ (event)));
    fill(this.page, element("div", { class: "entrance" },
      element("div", { class: "entrance-card" },
        element("p", { class: "eyebrow" }, text("entrance.classroom")),
        element("h2", { class: "page-title", tabindex: -1 }, title || "Podium"),
        this.notice ? element("p", { class: "notice-line", role: "status" }, icon("normal"), this.notice) : null,
        tabs, element("div", { id: "door", role: "tabpanel", "aria-labelledby": `door-${this.#door}` },
          this.#form()))));
    /** @type {HTMLElement | null} */ (this.page.querySelector("input:placeholder-shown, input"))?.focus();
  }

  /** @param {Door} door */
  #choose(door) {
    this.#door = door;
    this.#draw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const move = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (move === undefined) return;
    event.preventDefault();
    this.#choose(doors[(doors.indexOf(this.#door) + move + doors.length) % doors.length]);
    /** @type {HTMLElement | null} */ (this.page.querySelector(`#door-${this.#door}`))?.focus();
  }

  #form() {
    if (this.#door === "join") return this.#joinForm();
    if (this.#door === "back") return this.#backForm();
    return this.entry.setup === "none" ? this.#passwordForm() : this.#setupForm();
  }

  #joinForm() {
    const code = route(location.hash).view === "join" ? route(location.hash).name : "";
    return this.#makeForm([
      this.entry.locked ? element("p", { class: "notice-line" }, icon("cordoned"), text("entrance.locked")) : null,
      field(text("entrance.code"), input("code", { value: code, class: "code-input", autocapitalize: "characters" })),
      field(text("entrance.nickname"), input("nickname", { maxlength: 32, autofocus: code !== "" }),
        text("entrance.nicknameAbout")),
    ], text("entrance.joinNow"), async ({ code: joinCode, nickname }) => {
      const { personalCode } = await enter({ code: joinCode.trim(), nickname: nickname.trim() });
      if (personalCode) this.#showCode(personalCode);
      else this.#leave();
    });
  }

  #backForm() {
    return this.#makeForm([
      field(text("entrance.personalCode"),
        input("personalCode", { class: "code-input", placeholder: "XXXX-XXXX-XXXX" }),
        text("entrance.personalCodeAbout")),
    ], text("entrance.comeBack"), async ({ personalCode }) => {
      await enter({ personalCode });
      this.#leave();
    });
  }

  #passwordForm() {
    return this.#makeForm([
      field(text("entrance.password"), input("password", { type: "password", autocomplete: "current-password" })),
    ], text("account.signIn"), async ({ password }) => {
      await enter({ password });
      this.#leave();
    });
  }

  #setupForm() {
    const needsCode = this.entry.setup === "code";
    return this.#makeForm([
      element("p", {}, text("entrance.setupAbout")),
      needsCode ? field(text("entrance.setupCode"), input("setup", { class: "code-input" }),
        text("entrance.setupCodeAbout")) : null,
      field(text("entrance.newPassword"),
        input("password", { type: "password", autocomplete: "new-password", minlength: 8 }),
        text("entrance.newPasswordAbout")),
      field(text("entrance.repeat"), input("repeat", { type: "password", autocomplete: "new-password" })),
    ], text("entrance.setUp"), async ({ password, repeat, setup }) => {
      if (password !== repeat) throw new Error(text("entrance.different"));
      await setFirstPassword({ password, ...(needsCode && { setup }) });
      this.#leave();
    });
  }

  /**
   * @param {import("../base/dom.js").Child[]} fields
   * @param {string} label
   * @param {(values: Record<string, string>) => Promise<void>} act
   */
  #makeForm(fields, label, act) {
    const error = element("p", { class: "error", role: "alert" });
    const send = /** @type {HTMLButtonElement} */ (element("button", { class: "primary large", type: "submit" },
      label));
    const form = /** @type {HTMLFormElement} */ (element("form", { class: "entrance-form" }, fields, error, send));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      send.disabled = true;
      fill(error);
      try {
        await act(valuesOf(form));
      } catch (refusal) {
        fill(error, /** @type {Error} */ (refusal).message);
      }
      send.disabled = false;
    });
    return form;
  }

  /** @param {string} code Told only now. */
  #showCode(code) {
    this.unfollow();
    const title = element("h2", { class: "page-title", tabindex: -1 }, text("entrance.yourCode"));
    fill(this.page, element("div", { class: "entrance" }, element("div", { class: "entrance-card" }, title,
      element("p", {}, text("entrance.yourCodeAbout")),
      element("p", { class: "personal-code" }, element("code", {}, code), copyButton(() => code)),
      button("primary large", () => this.#leave(), text("entrance.begin")))));
    title.focus();
  }

  #leave() {
    this.unfollow();
    if (route(location.hash).view === "join") history.replaceState(null, "", "#/");
    this.onEnter();
  }
}

/**
 * @param {string} name
 * @param {Record<string, any>} properties
 */
function input(name, properties) {
  return element("input", { type: "text", name, required: true, autocomplete: "off", spellcheck: "false",
    ...properties });
}
