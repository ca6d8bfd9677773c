// Icons, drawn as strokes on a 16 by 16 grid.

const namespace = "http://www.w3.org/2000/svg";

/** @type {Record<string, string>} */
const paths = {
  apiserver: "M2.5 3h11v4h-11zM2.5 9h11v4h-11zM5 5h.01M5 11h.01",
  journal: "M13 4c0 1.1-2.2 2-5 2s-5-.9-5-2 2.2-2 5-2 5 .9 5 2z"
    + "M3 4v8c0 1.1 2.2 2 5 2s5-.9 5-2V4M3 8c0 1.1 2.2 2 5 2s5-.9 5-2",
  scheduler: "M2.5 3.5h11v10h-11zM2.5 6.5h11M5.5 2v3M10.5 2v3M5.5 10l1.7 1.7 3.3-3.2",
  controllers: "M13 5.5A5.5 5.5 0 0 0 3 6M3 2.8V6h3.2M3 10.5A5.5 5.5 0 0 0 13 10M13 13.2V10H9.8",
  person: "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8zM2.8 14c.4-2.6 2.5-4 5.2-4s4.8 1.4 5.2 4",
  node: "M3 3h10v7H3zM6 13.5h4M8 10v3.5",
  service: "M8 2v4M8 6L4 10M8 6l4 4M4 10v3.5M12 10v3.5",
  deployment: "M8 2l6 3.2L8 8.4 2 5.2zM2 8.2l6 3.2 6-3.2M2 11l6 3.2L14 11",
  pending: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 5v3.2l2 1.6",
  unschedulable: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM3.8 3.8l8.4 8.4",
  scheduled: "M8 14s4.5-4.2 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 9.8 8 14 8 14zM8 8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3z",
  pulling: "M8 2v7.5M4.8 6.5L8 9.7l3.2-3.2M3 13h10",
  creating: "M8 2.5v2.5M8 11v2.5M2.5 8H5M11 8h2.5M4.1 4.1l1.8 1.8M10.1 10.1l1.8 1.8M4.1 11.9l1.8-1.8M10.1 5.9l1.8-1.8",
  running: "M5.5 3.5v9l7-4.5z",
  ready: "M3 8.5l3.3 3.3L13 5",
  failing: "M8 2.2L14.3 13.5H1.7zM8 6.5v3M8 11.6h.01",
  terminating: "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.6 9h5.8l.6-9",
  completed: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM5.3 8.3l1.9 1.9 3.6-3.9",
  lost: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM6.3 6.2A1.8 1.8 0 1 1 8 8.6v.6M8 11.3h.01",
  play: "M5 3.5v9l7.5-4.5z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  step: "M4 3.5v9l6-4.5zM12 3.5v9",
  skip: "M3 3.5v9l5-4.5zM8.5 3.5v9l5-4.5z",
  close: "M4 4l8 8M12 4l-8 8",
  next: "M6 3.5L10.5 8 6 12.5",
  back: "M10 3.5L5.5 8 10 12.5",
  restart: "M3 8a5 5 0 1 0 1.6-3.7L3 5.8M3 2.5v3.3h3.3",
  hint: "M6 12.5h4M6.5 14.5h3M8 1.8a4.2 4.2 0 0 0-2.6 7.5c.5.4.8 1 .8 1.6h3.6c0-.6.3-1.2.8-1.6A4.2 4.2 0 0 0 8 1.8z",
  solution: "M5.5 4L2 8l3.5 4M10.5 4L14 8l-3.5 4",
  lesson: "M2.5 3.5h4c.8 0 1.5.7 1.5 1.5v8c0-.8-.7-1.5-1.5-1.5h-4z"
    + "M13.5 3.5h-4C8.7 3.5 8 4.2 8 5v8c0-.8.7-1.5 1.5-1.5h4z",
  terminal: "M2 3h12v10H2zM4.5 6l2 2-2 2M8.5 10.5h3",
  log: "M3 4h10M3 8h10M3 12h6",
  editor: "M4 2.5h5.5L12.5 5.5v8h-8.5zM9.5 2.5v3h3M6 8.5h4.5M6 11h3",
  hand: "M5.5 8V3.8a1 1 0 0 1 2 0V7M7.5 7V2.8a1 1 0 0 1 2 0V7M9.5 7V3.8a1 1 0 0 1 2 0V10c0 2.5-1.5 4-3.8 4"
    + "-2 0-2.900-1-3.900-3L2.600 8.700a1 1 0 0 1 1.700-1l1.200 1.600",
  people: "M6 7.500a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400zM1.800 13c.3-2.200 2-3.500 4.200-3.500s3.900 1.300 4.200 3.500"
    + "M10.500 3.300a2.200 2.200 0 0 1 0 4M11.800 9.800c1.400.5 2.300 1.600 2.500 3.200",
  message: "M2.500 3.500h11v7.500h-6l-3 2.500v-2.500h-2z",
  download: "M8 2.500v7M5 6.800l3 3 3-3M3 13h10",
  eye: "M1.800 8s2.200-4 6.200-4 6.200 4 6.200 4-2.200 4-6.200 4-6.200-4-6.200-4zM8 9.700a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400z",
  bookmark: "M4.500 2.500h7v11L8 10.800 4.500 13.500z",
  fork: "M5 3.500v9M5 5.500c0 3 6 2 6 5M5 3.500h.01M5 12.500h.01M11 3.500v2.500M11 12.500v-2",
  help: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM6.300 6.200A1.800 1.800 0 1 1 8 8.600v.6M8 11.300h.01",
  fault: "M8.800 1.800L3.500 9h3.700l-.8 5.200L12.500 7H8.500z",
  more: "M3.500 8h.01M8 8h.01M12.500 8h.01",
  cluster: "M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9zM8 1.8v6.2M8 8l5.4-3.1M8 8L2.6 4.9",
  copy: "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
  cordoned: "M4.5 7.5h7v6h-7zM6 7.5v-2a2 2 0 0 1 4 0v2",
  taint: "M8 2s4.5 4.7 4.5 8a4.5 4.5 0 0 1-9 0C3.5 6.7 8 2 8 2z",
  write: "M10.5 2.5l3 3L6 13H3v-3z",
  normal: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 7.5v3.5M8 5h.01",
};

/**
 * An icon in the colour of the text around it; hidden from screen readers, because the text beside it says it.
 * @param {string} name
 * @returns {SVGElement}
 */
export function icon(name) {
  const drawing = document.createElementNS(namespace, "svg");
  drawing.setAttribute("viewBox", "0 0 16 16");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(namespace, "path");
  path.setAttribute("d", paths[name] ?? "");
  drawing.append(path);
  drawing.dataset.icon = name;
  return drawing;
}

/**
 * Makes an icon show another one.
 * @param {SVGElement} drawing
 * @param {string} name
 */
export function changeIcon(drawing, name) {
  if (drawing.dataset.icon === name) return;
  drawing.dataset.icon = name;
  drawing.firstElementChild?.setAttribute("d", paths[name] ?? "");
}
