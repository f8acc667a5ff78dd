import { Skeleton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { SessionsSearch, StationsSearch } from "../app/search";
import styles from "./OverviewPage.module.css";

interface TileFace {
  name: string;
  value: string;
  note: string;
  tone?: "faulted" | "charging" | "pending";
  query: { isPending: boolean; isError: boolean };
}

type TileProps = TileFace &
  ({ to: "/stations"; search?: StationsSearch } | { to: "/sessions"; search?: SessionsSearch });

/** One figure that opens the list it was counted from. */
export function Tile(props: TileProps) {
  const face = <Face {...props} />;
  if (props.to === "/stations") {
    return (
      <Link to={props.to} search={props.search ?? {}} className={styles.tile} data-tone={props.tone}>
        {face}
      </Link>
    );
  }
  return (
    <Link to={props.to} search={props.search ?? {}} className={styles.tile} data-tone={props.tone}>
      {face}
    </Link>
  );
}

function Face({ name, value, note, query }: TileFace) {
  const { t } = useTranslation();
  return (
    <>
      <span className={styles.tileName}>{name}</span>
      {query.isPending ? (
        <Skeleton height={30} width={72} my={4} />
      ) : (
        <Figure text={query.isError ? "—" : value} />
      )}
      <span className={styles.note}>{query.isError ? t("state.broken") : note}</span>
    </>
  );
}

/** The number large and its unit small; they are told apart by the last space between them. */
function Figure({ text }: { text: string }) {
  const cut = text.search(/\s\D+$/);
  if (cut < 0) return <span className={styles.value}>{text}</span>;
  return (
    <span className={styles.value}>
      {text.slice(0, cut)}
      <span className={styles.unit}>{text.slice(cut)}</span>
    </span>
  );
}
