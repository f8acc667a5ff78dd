import { Link } from "@tanstack/react-router";
import { type Status, statuses, statusOf } from "@voltkeep/tokens";
import { useTranslation } from "react-i18next";
import type { StationsSearch } from "../app/search";
import { useMay } from "../data/me";
import { useSessionCounts, useSessions } from "../data/sessions";
import { useStationCounts, useStations } from "../data/stations";
import type { ConnectorView } from "../data/types";
import { useFormats } from "../parts/formats";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { Panel } from "../parts/Panel";
import { Empty, Loaded, RowsSkeleton } from "../parts/States";
import { StatusIconMark, useStatusWords } from "../parts/StatusMark";
import { useErrorCodeWords } from "../parts/serverWords";
import { LiveRows } from "./LiveRows";
import styles from "./OverviewPage.module.css";
import { Tile } from "./Tile";

/** How everything stands now; each figure opens the list behind it. */
export function OverviewPage() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t("nav.overview")} />
      <div className={page.body}>
        <Tiles />
        <div className={styles.lower}>
          <LivePanel />
          <div className={page.stack}>
            <FaultsPanel />
            <ConnectorsPanel />
          </div>
        </div>
      </div>
    </>
  );
}

function Tiles() {
  const { t } = useTranslation();
  const formats = useFormats();
  const stations = useStationCounts();
  const sessions = useSessionCounts();
  const mayApprove = useMay("station.approve");
  const online = stations.data?.by_presence.online ?? 0;
  const known = stations.data
    ? Object.values(stations.data.by_presence).reduce((sum, one) => sum + one, 0)
    : 0;
  const faults = stations.data?.faulted_stations ?? 0;
  const waiting = stations.data?.waiting ?? 0;
  const success = sessions.data?.start_success;
  return (
    <div className={styles.tiles}>
      <Tile
        name={t("overview.online")}
        to="/stations"
        search={{ online: "no" }}
        value={known > 0 ? formats.share(online / known) : "—"}
        note={t("overview.onlineOf", {
          online: formats.count(online),
          count: known,
          known: formats.count(known),
        })}
        query={stations}
      />
      <Tile
        name={t("overview.faults")}
        to="/stations"
        search={{ status: "faulted" }}
        value={formats.count(faults)}
        tone={faults > 0 ? "faulted" : undefined}
        note={t("overview.faultsNote", { count: faults })}
        query={stations}
      />
      <Tile
        name={t("overview.live")}
        to="/sessions"
        value={formats.count(sessions.data?.live ?? 0)}
        tone={(sessions.data?.live ?? 0) > 0 ? "charging" : undefined}
        note={t("overview.livePower", { power: formats.power(sessions.data?.live_power_w ?? 0) })}
        query={sessions}
      />
      <Tile
        name={t("overview.energy")}
        to="/sessions"
        search={{ tab: "ended", from: dayOf(sessions.data?.day_began_at) }}
        value={formats.energy(sessions.data?.energy_today_wh ?? 0)}
        note={t("overview.energyNote", {
          count: sessions.data?.sessions_today ?? 0,
          shown: formats.count(sessions.data?.sessions_today ?? 0),
        })}
        query={sessions}
      />
      <Tile
        name={t("overview.success")}
        to="/sessions"
        search={{ tab: "problem" }}
        value={success === null || success === undefined ? "—" : formats.share(success)}
        note={t("overview.successNote", {
          count: sessions.data?.starts_24h ?? 0,
          shown: formats.count(sessions.data?.starts_24h ?? 0),
        })}
        query={sessions}
      />
      {mayApprove && (
        <Tile
          name={t("overview.waiting")}
          to="/stations"
          search={{ tab: "waiting" }}
          value={formats.count(waiting)}
          tone={waiting > 0 ? "pending" : undefined}
          note={t("overview.waitingNote", { count: waiting })}
          query={stations}
        />
      )}
    </div>
  );
}

/** The day of an instant as the person's calendar has it, for the filter of a list. */
function dayOf(at: string | undefined): string | undefined {
  if (!at) return undefined;
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

function LivePanel() {
  const { t } = useTranslation();
  const live = useSessions({ tab: "live" });
  return (
    <Panel
      title={t("overview.live")}
      flush
      actions={
        <Link to="/sessions" className="vk-link">
          {t("common.all")}
        </Link>
      }
    >
      <Loaded query={live.asQuery}>
        {(rows) =>
          rows.length > 0 ? (
            <LiveRows sessions={rows.slice(0, 12)} />
          ) : (
            <Empty title={t("sessions.empty.live")} hint={t("sessions.emptyHint.live")} />
          )
        }
      </Loaded>
    </Panel>
  );
}

function FaultsPanel() {
  const { t } = useTranslation();
  const search: StationsSearch = { status: "faulted" };
  const faulted = useStations(search, 8);
  return (
    <Panel
      title={t("overview.faults")}
      flush
      actions={
        <Link to="/stations" search={search} className="vk-link">
          {t("common.all")}
        </Link>
      }
    >
      <Loaded query={faulted.asQuery} skeleton={<RowsSkeleton rows={3} />}>
        {(rows) =>
          rows.length === 0 ? (
            <p className={styles.none}>{t("overview.noFaults")}</p>
          ) : (
            <ul className={styles.faults}>
              {rows.slice(0, 8).map((station) => {
                const fault = station.connectors.find((one) => one.status === "faulted");
                return (
                  <li key={station.id}>
                    <StatusIconMark status="faulted" />
                    <div className={styles.fault}>
                      <Link
                        to="/stations/$station"
                        params={{ station: station.identity }}
                        className={`vk-link ${styles.line}`}
                        title={station.identity}
                      >
                        {station.identity}
                      </Link>
                      <Fault connector={fault} />
                    </div>
                  </li>
                );
              })}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  );
}

function Fault({ connector }: { connector: ConnectorView | undefined }) {
  const words = useErrorCodeWords();
  const text = [words(connector?.error_code), connector?.vendor_error_code, connector?.info]
    .filter(Boolean)
    .join(" · ");
  return (
    <span className={`vk-quiet ${styles.line}`} title={text}>
      {text}
    </span>
  );
}

function ConnectorsPanel() {
  const { t } = useTranslation();
  const stations = useStationCounts();
  return (
    <Panel title={t("overview.connectors")}>
      <Loaded query={stations} skeleton={<RowsSkeleton rows={4} />}>
        {(counts) => <ConnectorBars counts={counts.connectors_by_status} />}
      </Loaded>
    </Panel>
  );
}

/** How many connectors are in each status, as bars and as numbers. */
function ConnectorBars({ counts }: { counts: Readonly<Record<string, number>> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useStatusWords();
  const sums = new Map<Status, number>();
  for (const [word, count] of Object.entries(counts)) {
    sums.set(statusOf(word), (sums.get(statusOf(word)) ?? 0) + count);
  }
  const total = [...sums.values()].reduce((sum, one) => sum + one, 0);
  if (total === 0) return <p className="vk-quiet">{t("station.noConnectors")}</p>;
  return (
    <>
      <div className={styles.bar} aria-hidden>
        {statuses
          .filter((status) => sums.has(status))
          .map((status) => (
            <span
              key={status}
              style={{ flexGrow: sums.get(status) ?? 0, background: `var(--vk-status-${status})` }}
            />
          ))}
      </div>
      <dl className={styles.bars}>
        {statuses
          .filter((status) => sums.has(status))
          .map((status) => (
            <div key={status}>
              <dt>
                <StatusIconMark status={status} /> {words(status)}
              </dt>
              <dd>{formats.count(sums.get(status) ?? 0)}</dd>
            </div>
          ))}
      </dl>
    </>
  );
}
