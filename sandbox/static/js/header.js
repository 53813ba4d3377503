/* The conversation's name, its topic, and the app's tabs. */
import { byId, h, icon, ICONS, replace } from "./dom.js";
import { avatar } from "./messages.js";
import { isAppConversation, store } from "./store.js";

const TABS = { home: "Home", messages: "Messages", mailbox: "Mailbox", about: "About" };

function current() {
  return store.screen.conversations.find((c) => c.id === store.channel);
}

export function title() {
  return isAppConversation() ? store.app.name : `# ${current()?.name ?? ""}`;
}

export function showHeader(choose) {
  const back = h("button", { class: "plain back", type: "button", "aria-label": "All conversations", "data-focus": "back", onclick: () => choose({ pane: "list" }) }, icon(ICONS.back));
  const channel = current();
  const app = isAppConversation();
  const mark = app ? avatar({ id: "app", name: store.app.name, kind: "app" }) : null;
  const about = app ? null : h("span", { class: "topic" }, [channel?.topic, channel && `${channel.members} members`].filter(Boolean).join(" · "));
  replace(byId("header"), back, mark, h("h1", {}, title()), app && h("span", { class: "badge" }, "APP"), about);
  showTabs(app, choose);
  document.title = `${title()} – ${store.team.name}`;
}

function showTabs(app, choose) {
  const bar = byId("tabs");
  bar.hidden = !app;
  if (!app) return;
  bar.setAttribute("role", "tablist");
  replace(bar, Object.entries(TABS).map(([tab, label]) => h("button", {
    class: "tab", type: "button", role: "tab", "aria-selected": String(store.tab === tab), "data-focus": `tab-${tab}`,
    "aria-controls": "panel", onclick: () => choose({ tab }),
  }, label)));
}
