import { IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useTitle } from "./formats";
import styles from "./PageHead.module.css";

interface PageHeadProps {
  title: string;
  /** The list this page belongs to. */
  parent?: { to: "/stations" | "/sessions"; label: string };
  beside?: ReactNode;
  actions?: ReactNode;
  below?: ReactNode;
}

/** The head of every page: where we are, what it is, what can be done. */
export function PageHead({ title, parent, beside, actions, below }: PageHeadProps) {
  const { t } = useTranslation();
  useTitle(title);
  return (
    <header className={styles.head}>
      <div className={styles.row}>
        <div className={styles.titles}>
          {parent && (
            <nav aria-label={t("common.breadcrumbs")} className={styles.crumbs}>
              <Link to={parent.to} className={styles.crumb}>
                {parent.label}
              </Link>
              <IconChevronRight size={14} aria-hidden />
            </nav>
          )}
          <h1 className={styles.title}>{title}</h1>
          {beside}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {below}
    </header>
  );
}
