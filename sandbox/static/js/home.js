/* The app's Home and About tabs. */
import { blocksNodes } from "./blocks.js";
import { h, replace } from "./dom.js";
import { Holder } from "./holder.js";
import { avatar } from "./messages.js";
import { store } from "./store.js";

let shown = "";

export function showHome(panel, view) {
  const look = JSON.stringify([store.user, view?.id, view?.version]);
  if (look === shown && panel.querySelector(".home")) return;
  shown = look;
  if (!view) {
    const words = `${store.app.name} hasn't put anything here yet.`;
    panel.replaceChildren(h("div", { class: "home empty" }, h("h2", {}, "This is your Home"), h("p", {}, words)));
    return;
  }
  const home = panel.querySelector(".home:not(.empty)") ?? h("div", { class: "home" });
  replace(home, blocksNodes(new Holder({ view_id: view.id }, view), view.blocks));
  if (!home.isConnected) panel.replaceChildren(home);
}

export function showAbout(panel) {
  const rows = store.commands.map((c) => h("li", {}, h("code", {}, `${c.name} ${c.usage_hint}`.trim()), h("span", { class: "muted" }, c.description)));
  panel.replaceChildren(h("div", { class: "about" },
    avatar({ id: "app", name: store.app.name, kind: "app" }),
    h("h2", {}, store.app.name),
    h("p", {}, store.app.description),
    h("h3", {}, "Commands"),
    h("ul", { class: "commands" }, rows)));
}
