import type { ReactNode } from "react";
import styles from "./Facts.module.css";

/** Names and values, two columns; what is unknown shows as a dash. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name} className={styles.row}>
          <dt>{name}</dt>
          <dd>
            {value === null || value === undefined || value === false || value === "" ? (
              <span className="vk-quiet">—</span>
            ) : (
              value
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
