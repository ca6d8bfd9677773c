// What the instructor is asked before something is done to the room.

import { callsView, patchCalls } from "../base/calls.js";
import { copyButton } from "../base/copy.js";
import { askInDialog, field, showInDialog } from "../base/dialog.js";
import { element, fill } from "../base/dom.js";
import { either, text } from "../language/language.js";
import { addressOf, quoted } from "../server/objects.js";
import { ask } from "../server/request.js";
import { classroom } from "./room.js";

const wishAddress = addressOf(classroom, "classrooms", "classroom");

/** @param {import("./room.js").Room} room */
export function askForMessage(room) {
  const shown = room.classroom?.spec?.message?.text ?? "";
  askInDialog({
    title: text("board.message"),
    body: [
      element("p", { class: "muted" }, text("board.messageAbout")),
      field(text("board.messageText"), element("textarea", { name: "said", rows: 3, maxlength: 500, required: true },
        shown)),
      callsView(patchCalls("classroom", "classroom", wishAddress, { spec: { message: { text: "…", number: 2 } } })),
    ],
    submit: text("board.show"),
    act: ({ said }) => room.say(said.trim()),
  });
}

/** @param {import("./room.js").Room} room */
export async function askForPush(room) {
  const { lessons } = await ask("GET", "/lessons");
  const step = element("select", { name: "step", required: true });
  const lesson = /** @type {HTMLSelectElement} */ (element("select", { name: "lesson", required: true },
    lessons.map((/** @type {any} */ one) => element("option", { value: one.id }, either(one.title)))));
  const fillSteps = () => {
    const { steps } = lessons.find((/** @type {any} */ one) => one.id === lesson.value);
    fill(step, steps.map((/** @type {any} */ one, /** @type {number} */ index) =>
      element("option", { value: one.id }, `${index + 1}. ${either(one.title)}`)));
  };
  lesson.addEventListener("change", fillSteps);
  fillSteps();
  askInDialog({
    title: text("board.push"),
    body: [
      element("p", { class: "muted" }, text("board.pushAbout", { count: room.learners.length })),
      field(text("board.lesson"), lesson), field(text("board.step"), step),
      callsView(patchCalls("classroom", "classroom", wishAddress,
        { spec: { push: { lesson: "rollout", step: "create", number: 2 } } })),
    ],
    submit: text("board.pushNow"),
    act: (values) => room.push(values.lesson, values.step),
  });
}

/**
 * @param {import("./room.js").Room} room
 * @param {string[]} chosen Names of Learners; none means all.
 */
export function askForFault(room, chosen) {
  const type = /** @type {HTMLSelectElement} */ (element("select", { name: "type" },
    ["NodeDown", "ContainerCrash", "SlowPull"].map((name) =>
      element("option", { value: name }, text(/** @type {any} */ (`fault.${name}`))))));
  const details = element("div", { class: "fields" });
  const calls = element("div");
  const fillDetails = () => {
    fill(details, faultFields(type.value));
    const fault = faultOf({ type: type.value, node: "node-1", pod: "web", image: "", factor: "10" });
    fill(calls, callsView(createCalls("incidents", "Incident", { fault, learners: chosen })));
  };
  type.addEventListener("change", fillDetails);
  fillDetails();
  askInDialog({
    title: text("board.fault"),
    body: [
      element("p", { class: "muted" }, chosen.length > 0
        ? text("board.faultChosen", { count: chosen.length }) : text("board.faultAll",
          { count: room.learners.length })),
      field(text("board.faultType"), type), details,
      calls,
    ],
    submit: text("board.inject"),
    danger: true,
    act: (values) => room.inject(faultOf(values), chosen),
  });
}

/**
 * The calls that make one of the classroom's objects.
 * @param {string} resource
 * @param {string} kind
 * @param {Record<string, unknown>} spec
 */
function createCalls(resource, kind, spec) {
  const metadata = { generateName: `${kind.toLowerCase()}-` };
  const body = { apiVersion: "podium.dev/v1", kind, metadata, spec };
  const rest = `POST ${addressOf(classroom, resource)}`;
  return { kubectl: `echo ${quoted(body)} | kubectl create -f -`, rest, body };
}

/** @param {string} type */
function faultFields(type) {
  const input = (/** @type {string} */ name, /** @type {string} */ value) =>
    element("input", { type: "text", name, value, required: true, autocomplete: "off", spellcheck: "false" });
  if (type === "NodeDown") {
    return [field(text("fault.node"), element("select", { name: "node" },
      ["node-1", "node-2", "node-3"].map((name) => element("option", { value: name }, name))))];
  }
  if (type === "ContainerCrash") return [field(text("fault.pod"), input("pod", ""), text("fault.podAbout"))];
  return [
    field(text("fault.image"), element("input", { type: "text", name: "image", autocomplete: "off" }),
      text("fault.imageAbout")),
    field(text("fault.factor"), element("input",
      { type: "number", name: "factor", value: 10, min: 1, max: 1000, required: true })),
  ];
}

/**
 * The FaultSpec of a form.
 * @param {Record<string, string>} values
 */
export function faultOf({ type, node, pod, image, factor }) {
  if (type === "NodeDown") return { type, node };
  if (type === "ContainerCrash") return { type, pod: { namespace: "default", name: pod.trim() } };
  return { type, factor: Number(factor), ...(image.trim() && { image: image.trim() }) };
}

/**
 * @param {import("./room.js").Room} room
 * @param {import("./roster.js").Row} row
 */
export function askForReset(room, { name, nickname }) {
  const address = addressOf(classroom, "learners", name);
  askInDialog({
    title: text("board.resetTitle", { nickname }),
    body: [element("p", {}, text("board.resetAbout")),
      callsView(patchCalls("learner", name, address, { spec: { resets: 1 } }))],
    submit: text("board.reset"),
    danger: true,
    act: () => room.reset(name),
  });
}

/**
 * @param {import("./room.js").Room} room
 * @param {import("./roster.js").Row} row
 */
export function askForDismissal(room, { name, nickname }) {
  askInDialog({
    title: text("board.dismissTitle", { nickname }),
    body: [element("p", {}, text("board.dismissAbout")),
      callsView({ kubectl: `kubectl delete learner ${name}`,
        rest: `DELETE ${addressOf(classroom, "learners", name)}` })],
    submit: text("board.dismiss"),
    danger: true,
    act: () => room.dismiss(name),
  });
}

/** @param {import("./roster.js").Row} row */
export function askForNewCode({ name, nickname }) {
  askInDialog({
    title: text("board.codeTitle", { nickname }),
    body: [element("p", {}, text("board.codeAbout"))],
    submit: text("board.codeMake"),
    act: async () => {
      const { personalCode } = await ask("POST", `/classroom/learners/${encodeURIComponent(name)}/code`, { body: {} });
      showInDialog(text("board.codeTitle", { nickname }), [
        element("p", {}, text("board.codeTell")),
        element("p", { class: "personal-code" }, element("code", {}, personalCode), copyButton(() => personalCode)),
      ]);
    },
  });
}

/**
 * Shows who joins with which code, and offers to make new ones.
 * @param {import("./room.js").Room} room
 */
export function askForNewJoinCodes(room) {
  const { joinCode = "", assistantCode = "", observerCode = "" } = room.classroom?.status ?? {};
  const codes = /** @type {const} */ ([["learner", joinCode], ["assistant", assistantCode],
    ["observer", observerCode]]);
  askInDialog({
    title: text("board.codes"),
    body: [
      element("dl", { class: "codes" }, codes.map(([role, code]) => element("div", {},
        element("dt", {}, text(`role.${role}`)),
        element("dd", {}, element("code", {}, code), copyButton(() => code))))),
      element("p", { class: "muted" }, text("board.newCodesAbout")),
    ],
    submit: text("board.newCodes"),
    danger: true,
    act: () => room.renewCodes(),
  });
}

/** @param {import("./room.js").Room} room */
export function askForTitle(room) {
  const title = room.classroom?.spec?.title ?? "";
  askInDialog({
    title: text("board.rename"),
    body: [
      field(text("board.title"), element("input",
        { type: "text", name: "title", value: title, maxlength: 100, required: true })),
      callsView(patchCalls("classroom", "classroom", wishAddress, { spec: { title } })),
    ],
    submit: text("action.save"),
    act: (values) => room.wish({ title: values.title.trim() }),
  });
}
