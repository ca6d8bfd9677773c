// The join code for the room's wall.

import { button } from "../base/button.js";
import { element, fill, setText } from "../base/dom.js";
import { icon } from "../base/icons.js";
import { text } from "../language/language.js";

/**
 * Shows how to join, large.
 * @param {HTMLElement} page
 * @param {import("./room.js").Room} room
 * @returns {() => void} Draws what has changed.
 */
export function showProjector(page, room) {
  const code = element("p", { class: "projector-code" });
  const count = element("p", { class: "projector-count", role: "status" });
  const picture = /** @type {HTMLImageElement} */ (element("img",
    { class: "projector-qr", alt: text("projector.qr") }));
  const locked = element("p", { class: "notice-line", hidden: true }, icon("cordoned"), text("entrance.locked"));
  document.title = `${text("projector.title")} · Podium`;
  fill(page, element("div", { class: "projector" },
    element("div", { class: "projector-text" },
      element("p", { class: "eyebrow" }, room.classroom?.spec?.title ?? ""),
      element("h2", { class: "page-title", tabindex: -1 }, text("projector.title")),
      element("p", { class: "projector-address" }, location.host),
      element("p", { class: "muted" }, text("projector.code")), code, locked, count,
      element("div", { class: "next-actions" },
        element("a", { class: "button secondary", href: "#/classroom" }, icon("back"), text("projector.back")),
        button("quiet", () => document.documentElement.requestFullscreen?.().catch(() => {}), text("projector.full")))),
    picture));
  const address = `/classroom/join.svg?address=${encodeURIComponent(location.origin)}`;
  let shown = "";
  return () => {
    const joinCode = room.classroom?.status?.joinCode ?? "";
    setText(code, joinCode || "…");
    setText(count, text("board.learners", { count: room.learners.length }));
    locked.hidden = room.classroom?.spec?.locked !== true;
    if (joinCode && shown !== joinCode) picture.src = `${address}&code=${encodeURIComponent(joinCode)}`;
    shown = joinCode;
  };
}
