/* The workspace's name, who you are, and where you can go. */
import { byId, h, replace } from "./dom.js";
import { avatar } from "./messages.js";
import { plainText } from "./mrkdwn.js";
import { isUnread, store } from "./store.js";

function chooser(choose) {
  const options = store.people.map((p) => {
    const note = p.is_restricted || p.is_ultra_restricted ? " (guest)" : p.is_admin ? " (admin)" : "";
    return h("option", { value: p.id, selected: p.id === store.user }, p.name + note);
  });
  const select = h("select", { class: "person", id: "person", "data-focus": "person", "aria-label": "You are" }, options);
  select.addEventListener("change", () => choose({ user: select.value, channel: "" }));
  return h("label", { class: "who", for: "person" }, h("span", {}, "You are"), select);
}

function entry(conversation, choose) {
  const isApp = conversation.id === store.screen.app_channel;
  const here = conversation.id === store.channel;
  const unread = !here && isUnread(conversation);
  const name = isApp ? store.app.name : conversation.name;
  const mark = isApp ? avatar({ id: "app", name, kind: "app" }) : h("span", { class: "hash", "aria-hidden": "true" }, "#");
  const button = h("button", {
    class: `place${here ? " here" : ""}${unread ? " unread" : ""}`, type: "button",
    "aria-current": here ? "page" : null, "data-focus": `place-${conversation.id}`, "data-place": name,
  }, mark, h("span", { class: "place-name" }, name), isApp && h("span", { class: "badge" }, "APP"),
  unread && h("span", { class: "count", "aria-label": "unread" }, "new"),
  h("span", { class: "place-last" }, plainText(conversation.last_text)));
  button.addEventListener("click", () => choose({ channel: conversation.id, pane: "conversation" }));
  return h("li", {}, button);
}

function group(title, conversations, choose) {
  if (!conversations.length) return null;
  return h("section", {}, h("h2", {}, title), h("ul", {}, conversations.map((c) => entry(c, choose))));
}

export function showSidebar(choose) {
  const all = store.screen.conversations;
  replace(byId("sidebar"),
    h("div", { class: "team" }, h("b", {}, store.team.name), h("span", { class: "local" }, "local sandbox")),
    chooser(choose),
    h("div", { class: "places" },
      group("Channels", all.filter((c) => !c.is_im), choose),
      group("Apps", all.filter((c) => c.is_im), choose)));
}
