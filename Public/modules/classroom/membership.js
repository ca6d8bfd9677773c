// What being in a classroom adds to the page: a learner's hand and messages, or the instructor's board.

import { text } from "../language/language.js";
import { noteAttempts, useProgressOf } from "../lesson/progress.js";
import { ask } from "../server/request.js";
import { Attendee } from "./attendee.js";
import { Board } from "./board.js";
import { showProjector } from "./projector.js";
import { Room } from "./room.js";

/** One person's part in the classroom. */
export class Membership {
  /** @type {Room | null} The room, for those who lead or watch it. */
  room = null;
  /** @type {Board | null} */
  #board = null;
  /** @type {Attendee | null} */
  #attendee = null;
  /** @type {(() => void) | null} */
  #projector = null;

  /**
   * @param {import("../server/session.js").Membership} membership
   * @param {HTMLElement} page
   * @param {HTMLElement} slot In the top bar.
   * @param {import("../shell/banners.js").Banners} banners
   * @param {(notice: string) => void} askWhoItIs
   * @param {() => void} onReset Told when a learner's cluster has been made anew.
   */
  constructor(membership, page, slot, banners, askWhoItIs, onReset) {
    this.onReset = onReset;
    this.membership = membership;
    this.page = page;
    this.slot = slot;
    this.banners = banners;
    this.askWhoItIs = askWhoItIs;
  }

  get isLearner() {
    return this.membership.role === "learner";
  }

  /** Whether this person has a cluster to work in. */
  get works() {
    return ["learner", "instructor", "admin"].includes(this.membership.role);
  }

  /**
   * Takes the person's place in the room.
   * @param {(state: import("../server/livestream.js").StreamState) => void} onState Told how the room's stream does.
   */
  async begin(onState) {
    const { role, name = "" } = this.membership;
    useProgressOf(name);
    if (role === "learner") {
      const { attempts } = await ask("GET", "/classroom/progress").catch(() => ({ attempts: [] }));
      noteAttempts(attempts);
      this.#attendee = new Attendee(name, this.slot, this.banners,
        () => this.askWhoItIs(text("attendee.removed")), this.onReset);
      return;
    }
    this.room = new Room(role);
    this.#board = new Board(this.page, this.room);
    this.room.model.onUpdate(() => this.#projector?.());
    this.room.follow(onState);
  }

  /**
   * Shows the room's part of what the address asks for.
   * @param {import("../shell/route.js").View} view
   * @param {string} name
   */
  show(view, name) {
    this.#projector = null;
    this.banners.hide("watch");
    this.#board?.hide();
    if (!this.room || !this.#board) return;
    if (view === "classroom") this.#board.show();
    if (view === "projector") {
      this.#projector = showProjector(this.page, this.room);
      this.#projector();
    }
    if (view === "watch") {
      const nickname = this.room.model.get("learners", { name })?.spec?.nickname ?? name;
      this.banners.show("watch", {
        kind: "notice",
        text: text("watch.banner", { nickname }),
        actions: [{ label: text("watch.back"), run: () => { location.hash = "#/classroom"; } }],
      });
    }
  }

  end() {
    this.#attendee?.stream.close();
    this.room?.close();
  }
}
