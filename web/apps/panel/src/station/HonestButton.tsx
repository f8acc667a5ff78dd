import { Button } from "@mantine/core";
import { IconBolt, IconPlayerStop } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useCommandErrorWords } from "../parts/serverWords";
import styles from "./HonestButton.module.css";
import type { Honest } from "./honest";
import { isWaiting } from "./honest";

interface HonestButtonProps {
  honest: Honest;
  /** Whether a start has any chance now: the station is there and the connector in order. */
  possible: boolean;
  label: string;
  onStart: () => void;
  onStop: () => void;
}

/** Start or stop, with what became of it. Says 'charging' only when a transaction was seen. */
export function HonestButton({ honest, possible, label, onStart, onStop }: HonestButtonProps) {
  const { t } = useTranslation();
  const stops = "session" in honest;
  const words = usePhaseWords(honest);
  return (
    <div className={styles.honest}>
      <span className={styles.phase} data-phase={honest.phase} role="status">
        {words}
      </span>
      <Button
        className={styles.button}
        variant={stops ? "default" : "filled"}
        leftSection={stops ? <IconPlayerStop size={14} aria-hidden /> : <IconBolt size={14} aria-hidden />}
        loading={isWaiting(honest)}
        disabled={!possible && !stops}
        aria-label={`${stops ? t("station.stop") : t("station.start")}, ${label}`}
        onClick={stops ? onStop : onStart}
      >
        {stops ? t("station.stop") : t("station.start")}
      </Button>
    </div>
  );
}

/** The phase in words, with the reason where the station gave one. */
export function usePhaseWords(honest: Honest): string {
  const { t } = useTranslation();
  const because = useCommandErrorWords();
  switch (honest.phase) {
    case "idle":
      return "";
    case "start-refused":
    case "stop-refused": {
      const why = t(`commandState.${honest.why}`);
      return honest.command.error ? `${why}: ${because(honest.command.error)}` : why;
    }
    default:
      return t(`honest.${honest.phase}`);
  }
}
