/* Where a button's address leads: one of Slack's own stays in this page, any other opens a window. */
import { store } from "./store.js";

/* The conversation that an address of Slack's own names ("" for the app's), or null. */
export function conversationIn(address) {
  const url = new URL(address);
  const own = url.protocol === "slack:" || `${url.host}${url.pathname}` === "slack.com/app_redirect";
  if (!own) return null;
  return url.searchParams.get(url.protocol === "slack:" ? "id" : "channel") ?? "";
}

export function follow(address) {
  const channel = conversationIn(address);
  if (channel === null) window.open(address, "_blank", "noopener");
  else location.hash = new URLSearchParams({ user: store.user, channel, tab: "messages" });
}
