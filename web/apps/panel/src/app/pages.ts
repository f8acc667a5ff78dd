import {
  IconBolt,
  IconChargingPile,
  IconClipboardList,
  IconHeartbeat,
  IconId,
  IconKey,
  IconLayoutDashboard,
  type IconProps,
  IconUserCircle,
} from "@tabler/icons-react";
import type { ComponentType } from "react";

/** One line of the menu; its words are `nav.<key>`. */
export interface MenuPage {
  readonly key:
    | "overview"
    | "stations"
    | "sessions"
    | "tokens"
    | "health"
    | "audit"
    | "apiTokens"
    | "profile";
  readonly to:
    | "/"
    | "/stations"
    | "/sessions"
    | "/tokens"
    | "/health"
    | "/audit"
    | "/api-tokens"
    | "/profile";
  readonly icon: ComponentType<IconProps>;
}

export interface MenuGroup {
  readonly key: "operate" | "business" | "administer";
  readonly pages: readonly MenuPage[];
}

/** The menu, and what the palette can open. */
export const menu: readonly MenuGroup[] = [
  {
    key: "operate",
    pages: [
      { key: "overview", to: "/", icon: IconLayoutDashboard },
      { key: "stations", to: "/stations", icon: IconChargingPile },
      { key: "sessions", to: "/sessions", icon: IconBolt },
    ],
  },
  { key: "business", pages: [{ key: "tokens", to: "/tokens", icon: IconId }] },
  {
    key: "administer",
    pages: [
      { key: "health", to: "/health", icon: IconHeartbeat },
      { key: "audit", to: "/audit", icon: IconClipboardList },
      { key: "apiTokens", to: "/api-tokens", icon: IconKey },
      { key: "profile", to: "/profile", icon: IconUserCircle },
    ],
  },
];
