import type { ReactNode } from "react";
import styles from "./Panel.module.css";

interface PanelProps {
  title: string;
  actions?: ReactNode;
  /** Without inner padding, for tables and lists that reach the border. */
  flush?: boolean;
  children: ReactNode;
}

/** A bordered area of a page with its heading. */
export function Panel({ title, actions, flush = false, children }: PanelProps) {
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.head}>
        <h2 className={styles.title}>{title}</h2>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      <div className={flush ? undefined : styles.body}>{children}</div>
    </section>
  );
}
