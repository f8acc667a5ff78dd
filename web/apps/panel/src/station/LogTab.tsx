import { Button, Select, UnstyledButton } from "@mantine/core";
import {
  IconArrowDownLeft,
  IconArrowUpRight,
  IconChevronDown,
  IconChevronRight,
  IconPlayerPause,
  IconPlayerPlay,
} from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFrames } from "../data/frames";
import type { Frame } from "../data/types";
import { Copy } from "../parts/Copy";
import { useFormats } from "../parts/formats";
import { More } from "../parts/More";
import page from "../parts/Page.module.css";
import { SearchField } from "../parts/SearchField";
import { Empty, Loaded, NoResults } from "../parts/States";
import styles from "./LogTab.module.css";

const actions = [
  "Authorize",
  "BootNotification",
  "ChangeConfiguration",
  "GetConfiguration",
  "Heartbeat",
  "MeterValues",
  "RemoteStartTransaction",
  "RemoteStopTransaction",
  "Reset",
  "StartTransaction",
  "StatusNotification",
  "StopTransaction",
  "TriggerMessage",
];

/** Every frame both ways, as it was on the wire with secrets masked. */
export function LogTab({ station }: { station: string }) {
  const { t } = useTranslation();
  const { direction, action, search } = useSearch({ from: "/app/stations/$station" });
  const navigate = useNavigate({ from: "/stations/$station" });
  const [paused, setPaused] = useState(false);
  const frames = useFrames(station, { direction, action, search }, paused);
  const set = (change: { direction?: "in" | "out"; action?: string; search?: string }) =>
    void navigate({ search: (before) => ({ ...before, ...change }), replace: true });
  const reset = () => set({ direction: undefined, action: undefined, search: undefined });
  return (
    <>
      <div className={page.filters}>
        <SearchField
          label={t("log.search")}
          value={search ?? ""}
          onChange={(next) => set({ search: next || undefined })}
        />
        <Select
          size="xs"
          w={150}
          aria-label={t("log.direction")}
          placeholder={t("log.direction")}
          clearable
          value={direction ?? null}
          onChange={(next) => set({ direction: next === "in" || next === "out" ? next : undefined })}
          data={[
            { value: "in", label: t("log.in") },
            { value: "out", label: t("log.out") },
          ]}
        />
        <Select
          size="xs"
          w={200}
          aria-label={t("log.action")}
          placeholder={t("log.action")}
          clearable
          searchable
          value={action ?? null}
          onChange={(next) => set({ action: next ?? undefined })}
          data={actions}
        />
        <span className={page.grow} />
        <Button
          variant="default"
          leftSection={paused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={() => setPaused(!paused)}
        >
          {paused ? t("log.resume") : t("log.pause")}
        </Button>
      </div>
      <Loaded query={frames.asQuery}>
        {(rows) =>
          rows.length > 0 ? (
            <>
              <ul className={styles.list} aria-label={t("station.tabs.log")}>
                {rows.map((frame) => (
                  <FrameRow key={`${frame.at}-${frame.seq}-${frame.direction}`} frame={frame} />
                ))}
              </ul>
              <More pages={frames} />
            </>
          ) : direction || action || search ? (
            <NoResults onReset={reset} />
          ) : (
            <Empty title={t("log.empty")} hint={t("log.emptyHint")} />
          )
        }
      </Loaded>
    </>
  );
}

function FrameRow({ frame }: { frame: Frame }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  const Arrow = frame.direction === "in" ? IconArrowDownLeft : IconArrowUpRight;
  const at = new Date(frame.at);
  return (
    <li className={styles.item} data-fault={frame.fault ? true : undefined}>
      <UnstyledButton className={styles.row} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden />}
        <time className={styles.time} dateTime={frame.at} title={formats.exact(at)}>
          {formats.clock(at)}
        </time>
        <span className={styles.arrow} data-direction={frame.direction}>
          <Arrow size={14} aria-hidden />
          <span className={styles.way}>{t(`log.${frame.direction}`)}</span>
        </span>
        <span className={styles.action}>{frame.action ?? frame.kind}</span>
        <span className={styles.payload}>{frame.fault ?? frame.payload}</span>
      </UnstyledButton>
      {open && (
        <div className={styles.open}>
          {frame.fault && <p className={styles.fault}>{frame.fault}</p>}
          <div className={styles.facts}>
            <Copy text={frame.payload} shown={t("log.bytes", { count: frame.size })} />
          </div>
          <pre className="vk-mono">{pretty(frame.payload)}</pre>
        </div>
      )}
    </li>
  );
}

/** Indented when it is JSON, else as it came. */
function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
