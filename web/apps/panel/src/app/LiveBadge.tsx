import { Tooltip } from "@mantine/core";
import { IconPlugConnected, IconPlugConnectedX, IconRefresh } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/LiveProvider";
import { useFormats } from "../parts/formats";
import styles from "./LiveBadge.module.css";

/** Whether what is on the screen follows the stations, and since when not. */
export function LiveBadge() {
  const { t } = useTranslation();
  const formats = useFormats();
  const live = useLive();
  const at = live.heardAt ? formats.clock(new Date(live.heardAt)) : "";
  const hint = live.state === "live" ? t("live.hint") : t("live.since", { at });
  const Icon = { live: IconPlugConnected, connecting: IconRefresh, lost: IconPlugConnectedX }[live.state];
  return (
    <Tooltip label={hint}>
      <span className={styles.badge} data-state={live.state} role="status">
        <Icon size={14} aria-hidden />
        <span className={styles.words}>{t(`live.${live.state}`)}</span>
      </span>
    </Tooltip>
  );
}
