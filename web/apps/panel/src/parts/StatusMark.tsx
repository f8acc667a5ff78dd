import {
  IconAlertTriangleFilled,
  IconBoltFilled,
  IconCircleFilled,
  IconCircleMinus,
  IconClock,
  IconFlag,
  IconHourglass,
  IconPlayerPauseFilled,
  IconPlug,
  type IconProps,
  IconUnlink,
} from "@tabler/icons-react";
import { type Status, type StatusIcon, statusLook, statusOf } from "@voltkeep/tokens";
import type { ComponentType } from "react";
import { useTranslation } from "react-i18next";
import styles from "./StatusMark.module.css";

const icons: Readonly<Record<StatusIcon, ComponentType<IconProps>>> = {
  circle: IconCircleFilled,
  plug: IconPlug,
  bolt: IconBoltFilled,
  pause: IconPlayerPauseFilled,
  flag: IconFlag,
  clock: IconClock,
  minus: IconCircleMinus,
  triangle: IconAlertTriangleFilled,
  "broken-link": IconUnlink,
  hourglass: IconHourglass,
};

/** The icon alone, where the words stand right beside it. */
export function StatusIconMark({ status, size = 14 }: { status: Status; size?: number }) {
  const look = statusLook[status];
  const Icon = icons[look.icon];
  return (
    <Icon
      aria-hidden
      size={look.icon === "circle" ? size - 4 : size}
      stroke={2}
      className={look.pulses ? styles.pulse : undefined}
      style={{
        color: `var(--vk-status-${status})`,
        flex: "none",
        marginInline: look.icon === "circle" ? 2 : 0,
      }}
    />
  );
}

/** A status as people see it everywhere: icon, words and colour. `word` is what the API said. */
export function StatusMark({ word, pill = false }: { word: string; pill?: boolean }) {
  const status = statusOf(word);
  return (
    <span
      className={pill ? `${styles.mark} ${styles.pill}` : styles.mark}
      style={{ "--mark": `var(--vk-status-${status})` } as React.CSSProperties}
      data-status={status}
    >
      <StatusIconMark status={status} />
      <span>{useStatusWords()(word)}</span>
    </span>
  );
}

/** Words of a status: the finer ones (suspended by the car) where we have them. */
export function useStatusWords(): (word: string) => string {
  const { t } = useTranslation();
  return (word) => {
    if (word === "suspended-ev") return t("status.suspended-ev");
    if (word === "suspended-evse") return t("status.suspended-evse");
    return t(`status.${statusOf(word)}`);
  };
}
