import { Button, Select } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOnboardingActs, useOnboardingWindow } from "../data/waiting";
import { useFormats, useNow } from "../parts/formats";
import { useToasts } from "../parts/Toasts";
import styles from "./WaitingList.module.css";

const lengths = ["15", "60", "240"] as const;

/** While it is open, unknown stations may introduce themselves: their boot is answered 'Pending' and nothing more. */
export function OnboardingWindow() {
  const { t } = useTranslation();
  const formats = useFormats();
  const toasts = useToasts();
  const now = useNow(1);
  const current = useOnboardingWindow();
  const acts = useOnboardingActs();
  const [minutes, setMinutes] = useState<string>("15");
  const [busy, setBusy] = useState(false);
  const open = current.data?.items[0];
  const closesAt = open ? new Date(open.closes_at) : null;
  const left = closesAt ? Math.floor((closesAt.getTime() - now.getTime()) / 1000) : 0;
  const run = async (act: () => Promise<void>) => {
    setBusy(true);
    await act().catch(toasts.failed);
    setBusy(false);
  };
  if (left > 0) {
    return (
      <div className={styles.window} data-open>
        <IconHourglass size={16} aria-hidden />
        <p role="timer">{t("waiting.windowOpen", { left: formats.span(left) })}</p>
        <Button variant="default" loading={busy} onClick={() => run(acts.close)}>
          {t("waiting.windowClose")}
        </Button>
      </div>
    );
  }
  return (
    <div className={styles.window}>
      <p className="vk-quiet">{t("waiting.windowHint")}</p>
      <Select
        size="xs"
        w={140}
        aria-label={t("waiting.windowLength")}
        value={minutes}
        onChange={(value) => setMinutes(value ?? "15")}
        allowDeselect={false}
        data={lengths.map((value) => ({ value, label: t("waiting.minutes", { count: Number(value) }) }))}
      />
      <Button variant="default" loading={busy} onClick={() => run(() => acts.open(Number(minutes)))}>
        {t("waiting.windowOpenVerb")}
      </Button>
    </div>
  );
}
