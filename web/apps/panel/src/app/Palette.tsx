import { Modal, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBolt, IconChargingPile, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useFoundSessions } from "../data/sessions";
import { useFoundStations } from "../data/stations";
import styles from "./Palette.module.css";
import { menu } from "./pages";

interface Choice {
  readonly key: string;
  readonly icon: ReactNode;
  readonly name: string;
  readonly hint: string;
  readonly go: () => void;
}

/** Ctrl-K: type a few letters of a page, a station or a session, Enter opens it. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const list = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const choices = useChoices(text);
  const current = choices[Math.min(at, choices.length - 1)];
  const open = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    choice.go();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((now) => (now + step + choices.length) % Math.max(1, choices.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      open(current);
    }
  };
  useEffect(() => {
    if (current) document.getElementById(current.key)?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <Modal
      opened
      onClose={onClose}
      withCloseButton={false}
      padding={0}
      size={560}
      yOffset="12vh"
      centered={false}
      title={t("palette.open")}
      classNames={{ header: "vk-hidden" }}
    >
      <TextInput
        data-autofocus
        size="md"
        variant="unstyled"
        className={styles.input}
        leftSection={<IconSearch size={18} aria-hidden />}
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.open")}
        role="combobox"
        aria-expanded
        aria-controls={list}
        aria-activedescendant={current?.key}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={list} aria-label={t("palette.open")} className={styles.list} tabIndex={-1}>
        {choices.map((choice) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input above handles the keys of this listbox
          <div
            key={choice.key}
            id={choice.key}
            role="option"
            tabIndex={-1}
            aria-selected={choice === current}
            className={styles.choice}
            onClick={() => open(choice)}
          >
            {choice.icon}
            <span className={styles.name}>{choice.name}</span>
            <span className={styles.hint}>{choice.hint}</span>
          </div>
        ))}
      </div>
      {choices.length === 0 && <p className={styles.none}>{t("state.noResults")}</p>}
    </Modal>
  );
}

function useChoices(text: string): Choice[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const wanted = text.trim().toLowerCase();
  const [search] = useDebouncedValue(text.trim(), 150);
  const stations = useFoundStations(search);
  const sessions = useFoundSessions(search);
  const pages = menu
    .flatMap((group) => group.pages)
    .map((page) => ({ page, name: t(`nav.${page.key}`) }))
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ page, name }) => ({
      key: `page-${page.key}`,
      icon: <page.icon size={16} stroke={1.75} aria-hidden />,
      name,
      hint: t("palette.page"),
      go: () => void navigate({ to: page.to }),
    }));
  const found = (stations.data ?? []).map((station) => ({
    key: `station-${station.id}`,
    icon: <IconChargingPile size={16} stroke={1.75} aria-hidden />,
    name: station.identity,
    hint: station.name ?? t("palette.station"),
    go: () => void navigate({ to: "/stations/$station", params: { station: station.identity } }),
  }));
  const charges = (sessions.data ?? []).map((session) => ({
    key: `session-${session.id}`,
    icon: <IconBolt size={16} stroke={1.75} aria-hidden />,
    name: `${session.station} · ${session.token ?? session.id.slice(-8)}`,
    hint: t("palette.session"),
    go: () => void navigate({ to: "/sessions/$session", params: { session: session.id } }),
  }));
  return [...found, ...charges, ...pages];
}
