import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { createRefresher } from "./refresh";
import { type LiveState, listen } from "./stream";

interface Live {
  readonly state: LiveState;
  /** When something was last heard, or the stream was last known to be whole. */
  readonly heardAt: number | null;
}

const LiveContext = createContext<Live>({ state: "connecting", heardAt: null });

/** Keeps the cached data fresh from the live stream while somebody is signed in. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [live, setLive] = useState<Live>({ state: "connecting", heardAt: null });
  useEffect(() => {
    const refresher = createRefresher(client);
    const stop = listen("/api/v1/live", {
      onState: (state) => setLive({ state, heardAt: Date.now() }),
      onNotice: refresher.take,
    });
    return () => {
      stop();
      refresher.stop();
    };
  }, [client]);
  const value = useMemo(() => live, [live]);
  return <LiveContext.Provider value={value}>{children}</LiveContext.Provider>;
}

export function useLive(): Live {
  return useContext(LiveContext);
}
