/* Asking "are you sure", and looking at a picture closely. */
import { byId, h, icon, ICONS } from "./dom.js";
import { textNodes } from "./mrkdwn.js";

/* Whether the person agrees; yes at once where nothing is asked. */
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  const dialog = byId("confirm");
  const yes = h("button", { class: `button button-${confirm.style ?? "primary"}`, type: "button", value: "yes" }, textNodes(confirm.confirm));
  const no = h("button", { class: "button", type: "button" }, textNodes(confirm.deny));
  dialog.replaceChildren(
    h("div", { class: "modal-head" }, h("h2", { id: "confirm-title" }, textNodes(confirm.title))),
    h("div", { class: "modal-body" }, textNodes(confirm.text)),
    h("div", { class: "modal-foot" }, no, yes),
  );
  return new Promise((resolve) => {
    yes.onclick = () => dialog.close("yes");
    no.onclick = () => dialog.close("");
    dialog.onclose = () => resolve(dialog.returnValue === "yes");
    dialog.returnValue = "";
    dialog.showModal();
    yes.focus();
  });
}

/* As large as the screen allows; a click more shows every pixel. */
export function enlarge(source, alt) {
  const dialog = byId("lightbox");
  const shut = h("button", { class: "lightbox-close", type: "button", "aria-label": "Close", onclick: () => dialog.close() }, icon(ICONS.close));
  const img = h("img", { src: source, alt });
  const zoom = h("button", { class: "zoom", type: "button", "aria-label": "Full size", "aria-pressed": "false" }, img);
  zoom.onclick = () => zoom.setAttribute("aria-pressed", String(zoom.getAttribute("aria-pressed") !== "true"));
  dialog.replaceChildren(shut, zoom, h("p", {}, alt));
  dialog.onclick = (event) => { if (event.target === dialog) dialog.close(); };
  dialog.showModal();
}
