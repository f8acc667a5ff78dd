/** One live stream a browser: the tab that holds the lock listens and tells the others (HTTP/1.1 allows six connections). */

export type LiveState = "connecting" | "live" | "lost";

export interface LiveNotice {
  readonly type: string;
  readonly id?: string;
  readonly station_id?: string | null;
}

type Word =
  | { readonly kind: "state"; readonly state: LiveState }
  | { readonly kind: "notice"; readonly notice: LiveNotice }
  | { readonly kind: "who" };

export interface LiveListener {
  onState: (state: LiveState) => void;
  onNotice: (notice: LiveNotice) => void;
}

const channelName = "voltkeep-live";
const waitsMs = [1000, 2000, 5000, 10_000, 20_000];

/** Listen until the returned function is called. Where locks don't exist (plain HTTP), each tab has its own stream. */
export function listen(url: string, listener: LiveListener): () => void {
  const channel = new BroadcastChannel(channelName);
  const stop = new AbortController();
  let leading = false;
  let state: LiveState = "connecting";
  const say = (word: Word) => channel.postMessage(word);
  const become = (next: LiveState) => {
    state = next;
    listener.onState(next);
    say({ kind: "state", state: next });
  };
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.kind === "who") {
      if (leading) say({ kind: "state", state });
    } else if (!leading) {
      if (data.kind === "state") listener.onState(data.state);
      else listener.onNotice(data.notice);
    }
  };
  const lead = () => {
    leading = true;
    return follow(url, stop.signal, become, (notice) => {
      listener.onNotice(notice);
      say({ kind: "notice", notice });
    });
  };
  say({ kind: "who" });
  if (navigator.locks) {
    navigator.locks.request(channelName, { signal: stop.signal }, lead).catch(() => {});
  } else {
    channel.onmessage = null;
    void lead();
  }
  return () => {
    stop.abort();
    channel.close();
  };
}

/** Keep one EventSource open, with waits that grow; resolves when `signal` aborts. */
function follow(
  url: string,
  signal: AbortSignal,
  onState: (state: LiveState) => void,
  onNotice: (notice: LiveNotice) => void,
): Promise<void> {
  return new Promise((resolve) => {
    let source: EventSource | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let wasLive = false;
    const open = () => {
      source = new EventSource(url);
      source.onopen = () => {
        failures = 0;
        onState("live");
        if (wasLive) onNotice({ type: "resync" });
        wasLive = true;
      };
      source.onmessage = ({ data }: MessageEvent<string>) => read(data, onNotice);
      source.addEventListener("resync", () => onNotice({ type: "resync" }));
      source.onerror = () => {
        source?.close();
        onState("lost");
        timer = setTimeout(open, waitsMs[Math.min(failures, waitsMs.length - 1)]);
        failures += 1;
      };
    };
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      source?.close();
      resolve();
    });
    open();
  });
}

function read(data: string, onNotice: (notice: LiveNotice) => void): void {
  try {
    const notice: unknown = JSON.parse(data);
    if (isNotice(notice)) onNotice(notice);
  } catch {
    onNotice({ type: "resync" });
  }
}

function isNotice(value: unknown): value is LiveNotice {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}
