// What the instructor does, as the learner sees it; and the learner's raised hand.

import { announce } from "../base/announce.js";
import { button } from "../base/button.js";
import { element, fill, setAttribute } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { remember, remembered } from "../base/storage.js";
import { language, text } from "../language/language.js";
import { note } from "../lesson/progress.js";
import { LiveStream } from "../server/livestream.js";
import { addressOf, merge } from "../server/objects.js";

const room = "/clusters/classroom";

/** Follows the Learner object of the one who is signed in. */
export class Attendee {
  /** @type {any} */
  #learner = null;
  #hand = button("hand", () => this.#toggleHand(), icon("hand"), element("span"));

  /**
   * @param {string} name Of the Learner object.
   * @param {HTMLElement} place In the top bar.
   * @param {import("../shell/banners.js").Banners} banners
   * @param {() => void} onRemoved Told when the learner is no longer in the room.
   * @param {() => void} onReset Told when the cluster has been made anew.
   */
  constructor(name, place, banners, onRemoved, onReset) {
    this.onReset = onReset;
    this.name = name;
    this.banners = banners;
    this.onRemoved = onRemoved;
    fill(place, this.#hand);
    const query = new URLSearchParams({ watch: "1", fieldSelector: `metadata.name=${name}` });
    this.stream = new LiveStream(() => `${addressOf(room, "learners")}?${query}`, (event) => this.#take(event));
    this.#draw();
    language.follow(() => this.#draw());
  }

  /** @param {import("../server/eventstream.js").ServerEvent} event */
  #take(event) {
    const { type, object } = JSON.parse(event.data);
    if (type === "DELETED") return this.onRemoved();
    if (type === "BOOKMARK") return;
    if (type === "ERROR") return this.stream.forget();
    const resets = this.#learner?.status?.resets ?? 0;
    const isReset = this.#learner !== null && (object.status?.resets ?? 0) > resets;
    this.#learner = object;
    this.#draw();
    if (isReset) this.#tellReset();
    this.#follow(object.status?.push);
  }

  #draw() {
    const { spec = {}, status = {} } = this.#learner ?? {};
    const raised = spec.hand === true;
    fill(/** @type {Element} */ (this.#hand.lastElementChild), text(raised ? "attendee.handDown" : "attendee.handUp"));
    setAttribute(this.#hand, "aria-pressed", String(raised));
    this.#hand.title = text(raised ? "attendee.handDown" : "attendee.handUp");
    setAttribute(this.#hand, "aria-label", this.#hand.title);
    this.#showMessage(status.message);
    this.#show("room-paused", status.paused ? "attendee.paused" : null);
    this.#show("room-problem", status.problem ? "attendee.problem" : null, { problem: status.problem ?? "" });
  }

  /** @param {{ text?: string, number?: number } | undefined} message */
  #showMessage(message) {
    const key = `${this.name} ${message?.number} ${message?.text}`;
    if (!message?.text || remembered("message", "") === key) return this.banners.hide("room-message");
    this.banners.show("room-message", {
      kind: "message",
      text: `${text("attendee.says")} ${message.text}`,
      close: true,
      onClose: () => remember("message", key),
    });
  }

  #tellReset() {
    this.banners.show("room-reset", { kind: "notice", text: text("attendee.reset"), close: true });
    this.onReset();
  }

  /**
   * @param {string} name
   * @param {import("../language/language.js").MessageKey | null} key
   * @param {Record<string, string>} [values]
   */
  #show(name, key, values) {
    if (key) this.banners.show(name, { kind: "notice", text: text(key, values) });
    else this.banners.hide(name);
  }

  /**
   * Goes to the step that the instructor has moved this learner to, once.
   * @param {{ lesson: string, step: string, number: number, revision?: string | number, problem?: string } |
   *   undefined} push
   */
  #follow(push) {
    if (!push?.lesson || push.problem) return;
    const key = `${this.name} ${push.number}`;
    if (remembered("pushed", "") === key) return;
    remember("pushed", key);
    note(push.lesson, { step: push.step, since: String(push.revision ?? ""), passed: [] });
    location.hash = `#/lessons/${push.lesson}/${push.step}`;
    announce(text("attendee.moved"));
    this.banners.show("room-push", { kind: "notice", text: text("attendee.moved"), close: true });
  }

  async #toggleHand() {
    const hand = this.#learner?.spec?.hand !== true;
    this.#hand.disabled = true;
    try {
      this.#learner = await merge(addressOf(room, "learners", this.name), { spec: { hand } });
      announce(text(hand ? "attendee.handIsUp" : "attendee.handIsDown"));
      this.banners.hide("room-hand");
    } catch (error) {
      this.banners.show("room-hand", { kind: "error", text: /** @type {Error} */ (error).message, close: true });
    }
    this.#hand.disabled = false;
    this.#draw();
  }
}
