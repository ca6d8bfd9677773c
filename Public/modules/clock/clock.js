// The cluster's clock: its time, pause, step, speed and skipping.

import { button } from "../base/button.js";
import { element, fill, setAttribute, setText } from "../base/dom.js";
import { announce } from "../base/announce.js";
import { changeIcon, icon } from "../base/icons.js";
import { language, text } from "../language/language.js";
import { addressOf, merge } from "../server/objects.js";
import { cluster } from "../server/request.js";
import { clockText } from "./time.js";

const speeds = [0.1, 0.5, 1, 2, 5, 10, 50, 100, 1000];
/** Milliseconds between two drawings of the time. */
const tick = 200;

/** The clock's controls in the top bar. */
export class ClockControls {
  /** @type {any} The Clock object that is shown. */
  #shown = undefined;
  /** Changes on their way. */
  #pending = 0;
  /** Totals that were sent to the server. */
  #asked = { steps: 0, skipSeconds: 0 };
  #time = element("time", { class: "cluster-time" }, "--:--:--");
  #pause = button("icon-button", () => this.togglePause(), icon("pause"));
  #step = button("icon-button", () => this.step(), icon("step"));
  #speed = /** @type {HTMLSelectElement} */ (element("select", { on: { change: () => this.#setSpeed() } }));
  #skips = [60, 300].map((seconds) => button("skip", () => this.#skip(seconds)));

  /**
   * @param {HTMLElement} place
   * @param {import("../cluster/model.js").ClusterModel} model
   * @param {import("./clusterclock.js").ClusterClock} clock
   * @param {import("../shell/banners.js").Banners} banners
   */
  constructor(place, model, clock, banners) {
    this.model = model;
    this.clock = clock;
    this.banners = banners;
    fill(
      place,
      this.#time,
      element("span", { class: "clock-buttons" }, this.#pause, this.#step, this.#speed, this.#skips),
    );
    this.#translate();
    language.follow(() => this.#translate());
    model.onUpdate(() => {
      if (this.clock.object !== this.#shown) this.#update();
    });
    setInterval(() => this.#drawTime(), tick);
  }

  /** Stops the cluster's time, or lets it run on. */
  togglePause() {
    const paused = !this.clock.isPaused;
    announce(text(paused ? "clock.paused" : "clock.runs"));
    return this.#patch({ paused });
  }

  /** Lets the next thing happen while the clock stands still. */
  step() {
    return this.#patch({ steps: this.#total("steps") + 1 });
  }

  /** @param {number} seconds */
  #skip(seconds) {
    announce(text("clock.skip", { seconds }));
    return this.#patch({ skipSeconds: this.#total("skipSeconds") + seconds });
  }

  /**
   * What has been asked for so far, the requests included that are still on their way.
   * @param {"steps" | "skipSeconds"} field
   */
  #total(field) {
    return Math.max(this.clock.object?.spec?.[field] ?? 0, this.#asked[field]);
  }

  #setSpeed() {
    return this.#patch({ speed: Number(this.#speed.value) });
  }

  /** @param {Record<string, unknown>} spec */
  async #patch(spec) {
    Object.assign(this.#asked, spec);
    this.#pending += 1;
    try {
      const clock = await merge(addressOf(cluster, "clocks", "cluster"), { spec });
      this.#pending -= 1;
      if (clock?.spec) this.model.apply({ type: "MODIFIED", resource: "clocks", object: clock });
      this.banners.hide("clock-error");
    } catch (error) {
      this.#pending -= 1;
      this.#asked = { steps: 0, skipSeconds: 0 };
      this.banners.show(
        "clock-error",
        {
          kind: "error",
          text: text("clock.refused", { message: String(/** @type {Error} */ (error).message) }),
          close: true,
        },
      );
    }
  }

  #translate() {
    setAttribute(this.#time, "title", text("clock.time"));
    this.#step.title = text("clock.step");
    this.#step.setAttribute("aria-label", text("clock.step"));
    this.#speed.setAttribute("aria-label", text("clock.speed"));
    fill(this.#speed, speeds.map((speed) => element("option", { value: speed }, `${speed}×`)));
    this.#skips.forEach((button, index) => {
      const seconds = [60, 300][index];
      fill(button, `+${seconds} s`);
      button.title = text("clock.skip", { seconds });
      button.setAttribute("aria-label", text("clock.skip", { seconds }));
    });
    this.#update();
  }

  #update() {
    const { object: clock, isPaused: paused } = this.clock;
    this.#shown = clock;
    const label = text(paused ? "clock.play" : "clock.pause");
    changeIcon(/** @type {any} */ (this.#pause.firstElementChild), paused ? "play" : "pause");
    setAttribute(this.#pause, "aria-label", label);
    setAttribute(this.#pause, "title", label);
    setAttribute(this.#pause, "data-paused", paused ? "" : null);
    /** @type {HTMLButtonElement} */ (this.#step).disabled = !paused;
    // A report from before a change that is on its way would turn the choice back for a moment.
    if (this.#pending === 0) this.#showSpeed(clock?.spec?.speed ?? 1);
    this.#showPause(paused);
  }

  /** @param {number} speed */
  #showSpeed(speed) {
    if (!speeds.includes(speed) && ![...this.#speed.options].some((one) => Number(one.value) === speed)) {
      this.#speed.append(element("option", { value: speed }, `${speed}×`));
    }
    this.#speed.value = String(speed);
  }

  /** @param {boolean} paused */
  #showPause(paused) {
    if (!paused) return this.banners.hide("paused");
    this.banners.show("paused", {
      kind: "notice",
      text: text("clock.pausedNotice"),
      actions: [
        { label: text("clock.stepShort"), run: () => this.step() },
        { label: text("clock.play"), run: () => this.togglePause() },
      ],
    });
  }

  #drawTime() {
    const time = this.clock.now;
    if (time === null) return;
    setText(this.#time, clockText(time));
    this.#time.setAttribute("datetime", new Date(time).toISOString());
  }
}
