/* The modal on top of the person's stack. The browser's own dialog keeps the focus inside. */
import { act } from "./api.js";
import { blocksNodes } from "./blocks.js";
import { byId, h, icon, ICONS, replace } from "./dom.js";
import { Holder } from "./holder.js";
import { textNodes } from "./mrkdwn.js";
import { store } from "./store.js";
import { failed } from "./toasts.js";

let shown = { look: "", id: "" };

function close(view, everything) {
  return act("close", { user: store.user, view_id: view.id, everything });
}

async function submit(event, view, holder, button) {
  event.preventDefault();
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const outcome = await act("submit", { user: store.user, view_id: view.id, values: holder.fields() });
  button.removeAttribute("aria-busy");
  if (!outcome.ok && outcome.error !== "invalid_fields") failed(outcome.error);
}

function foot(view, save) {
  const no = h("button", { class: "button", type: "button", onclick: () => close(view, false) }, view.close ? textNodes(view.close) : "Cancel");
  return save || view.close ? h("div", { class: "modal-foot" }, no, save) : null;
}

function head(view, deep) {
  const back = deep ? h("button", { class: "plain", type: "button", "aria-label": "Back", onclick: () => close(view, false) }, icon(ICONS.back)) : null;
  const shut = h("button", { class: "plain", type: "button", "aria-label": "Close", onclick: () => close(view, true) }, icon(ICONS.close));
  return h("div", { class: "modal-head" }, back, h("h2", { id: "modal-title" }, textNodes(view.title)), shut);
}

function build(view, deep) {
  const holder = new Holder({ view_id: view.id }, view);
  holder.errors = view.errors;
  const save = view.submit ? h("button", { class: "button button-primary", type: "submit", "data-focus": "submit", disabled: view.submit_disabled }, textNodes(view.submit)) : null;
  const form = h("form", { class: "modal-form", novalidate: true }, head(view, deep),
    h("div", { class: "modal-body" }, blocksNodes(holder, view.blocks)), foot(view, save));
  form.addEventListener("submit", (event) => submit(event, view, holder, save ?? form));
  return form;
}

function focusFirst(dialog) {
  const wrong = dialog.querySelector("[aria-invalid]");
  const first = wrong ?? dialog.querySelector("[autofocus], .modal-body input, .modal-body textarea, .modal-body select, .modal-body button");
  (first ?? dialog.querySelector("button"))?.focus({ preventScroll: false });
}

export function showModals(stack) {
  const dialog = byId("modal");
  const view = stack.at(-1);
  if (!view) {
    if (dialog.open) dialog.close();
    shown = { look: "", id: "" };
    return;
  }
  const look = JSON.stringify([view.id, view.version, view.errors, stack.length]);
  if (look === shown.look) return;
  const another = view.id !== shown.id;
  const scrolled = dialog.querySelector(".modal-body")?.scrollTop ?? 0;
  shown = { look, id: view.id };
  replace(dialog, build(view, stack.length > 1));
  if (!dialog.open) dialog.showModal();
  const wrong = Object.keys(view.errors).length > 0;
  if (another || wrong) focusFirst(dialog);
  else dialog.querySelector(".modal-body").scrollTop = scrolled;
}

/* Escape closes the view on top, as in Slack, and the app may hear of it. */
export function keepEscape(currentStack) {
  byId("modal").addEventListener("cancel", (event) => {
    event.preventDefault();
    const view = currentStack().at(-1);
    if (view) close(view, false);
  });
}
