/* What the page knows, and the only ways to change it. */

export const store = {
  team: null,
  app: null,
  people: [],
  commands: [],
  shortcuts: [],
  user: "",
  channel: "",
  tab: "messages",
  screen: null,
  read: JSON.parse(sessionStorage.getItem("read") ?? "{}"),
};

export function person(id) {
  return store.people.find((p) => p.id === id);
}

export function isAppConversation() {
  return Boolean(store.screen) && store.channel === store.screen.app_channel;
}

/* Remember that this person has seen everything in a conversation up to `ts`. */
export function markRead(channel, ts) {
  const key = `${store.user}:${channel}`;
  if ((store.read[key] ?? "") >= ts) return;
  store.read[key] = ts;
  sessionStorage.setItem("read", JSON.stringify(store.read));
}

export function isUnread(conversation) {
  const seen = store.read[`${store.user}:${conversation.id}`] ?? "";
  const own = conversation.last_author?.id === store.user;
  return !own && conversation.last_ts > seen;
}

/* The address names who and where, so that a reload or a second window keeps its place. */
export function readAddress() {
  const params = new URLSearchParams(location.hash.slice(1));
  store.user = params.get("user") ?? localStorage.getItem("user") ?? "";
  store.channel = params.get("channel") ?? "";
  store.tab = params.get("tab") ?? "messages";
  if (!person(store.user)) store.user = store.people[0]?.id ?? "";
}

export function writeAddress() {
  const params = new URLSearchParams({ user: store.user, channel: store.channel, tab: store.tab });
  history.replaceState(null, "", `#${params}`);
  localStorage.setItem("user", store.user);
}
