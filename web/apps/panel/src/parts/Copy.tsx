import { UnstyledButton } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "./Copy.module.css";

/** Text with a button that copies it; `shown` is the shortened form of an id. */
export function Copy({ text, shown, strong = false }: { text: string; shown?: string; strong?: boolean }) {
  const { t } = useTranslation();
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLSpanElement>(null);
  const copy = async () => {
    if (!(await copyText(text, field.current))) return;
    setCopied(true);
    setTimeout(() => setCopied(false), 1600);
  };
  return (
    <span className={strong ? `${styles.copy} ${styles.strong}` : styles.copy}>
      <span ref={field} className="vk-mono" title={text}>
        {shown ?? text}
      </span>
      <UnstyledButton className={styles.button} onClick={copy} aria-label={t("common.copy", { what: text })}>
        {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
      </UnstyledButton>
      <span role="status" className="vk-hidden">
        {copied ? t("common.copied") : ""}
      </span>
    </span>
  );
}

/** UUIDs shortened to their random end, the part that differs. */
export function ShortId({ id }: { id: string }) {
  return <Copy text={id} shown={`…${id.slice(-8)}`} />;
}

/** Plain HTTP has no clipboard API: there the text is selected, ready for Ctrl-C. */
async function copyText(text: string, field: HTMLElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (field) getSelection()?.selectAllChildren(field);
    return false;
  }
}
