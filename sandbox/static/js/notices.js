/* What a phone's lock screen would show: the text of messages that arrive where one isn't looking. */
import { h } from "./dom.js";
import { avatar } from "./messages.js";
import { plainText } from "./mrkdwn.js";
import { store } from "./store.js";
import { toast } from "./toasts.js";

let known = { user: "", last: new Map() };

function isVisible(conversation) {
  const looking = conversation.id === store.channel && document.body.dataset.pane !== "list";
  const reading = conversation.id !== store.screen.app_channel || store.tab === "messages";
  return looking && reading && !document.hidden;
}

function notice(conversation, choose) {
  const author = conversation.last_author;
  const where = conversation.is_im ? author.name : `${author.name} in #${conversation.name}`;
  const words = plainText(conversation.last_text) || "New message";
  const open = () => choose({ channel: conversation.id, tab: "messages", pane: "conversation" });
  toast([avatar(author), h("span", {}, h("b", {}, where), h("span", {}, words))], { kind: "message", onOpen: open });
}

export function showNotices(choose) {
  const last = new Map(store.screen.conversations.map((c) => [c.id, c.last_ts]));
  const same = known.user === store.user;
  const before = known.last;
  known = { user: store.user, last };
  if (!same) return;
  for (const conversation of store.screen.conversations) {
    const fresh = conversation.last_ts > (before.get(conversation.id) ?? "");
    const own = conversation.last_author?.id === store.user;
    if (fresh && !own && !isVisible(conversation)) notice(conversation, choose);
  }
}
