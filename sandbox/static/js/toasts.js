/* Short notices in a corner: failures, and messages that arrived elsewhere. */
import { byId, h, icon, ICONS } from "./dom.js";

const SHOWN_FOR = 6000;
const MOST = 4;

export function toast(content, { kind = "note", onOpen } = {}) {
  const body = onOpen
    ? h("button", { class: "toast-body", type: "button", onclick: () => { onOpen(); close(); } }, content)
    : h("div", { class: "toast-body" }, content);
  const shut = h("button", { class: "plain", type: "button", "aria-label": "Dismiss", onclick: () => close() }, icon(ICONS.close));
  const node = h("div", { class: `toast toast-${kind}` }, body, shut);
  const close = () => node.remove();
  const all = byId("toasts");
  all.append(node);
  while (all.children.length > MOST) all.firstChild.remove();
  setTimeout(close, SHOWN_FOR);
}

export function failed(words) {
  toast([h("span", { class: "warn", "aria-hidden": "true" }, "!"), words], { kind: "failure" });
}
