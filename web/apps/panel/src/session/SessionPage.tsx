import { Button } from "@mantine/core";
import { IconPlayerStop } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { newIntent } from "@voltkeep/api";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands, useOrder } from "../data/commands";
import { useSession } from "../data/sessions";
import { useSeries } from "../data/telemetry";
import type { Session } from "../data/types";
import { Confirm } from "../parts/Confirm";
import { ShortId } from "../parts/Copy";
import { Facts } from "../parts/Facts";
import { Ago, Span, useFormats, useNow } from "../parts/formats";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { Panel } from "../parts/Panel";
import { SeriesChart } from "../parts/SeriesChart";
import { Empty, Loaded, RowsSkeleton } from "../parts/States";
import { StatusMark } from "../parts/StatusMark";
import { useChartSeries } from "../parts/useChartSeries";
import { usePhaseWords } from "../station/HonestButton";
import { honestPhase, isWaiting } from "../station/honest";
import { Figures } from "./Figures";
import { Timeline } from "./Timeline";
import { useReasonWords } from "./words";

/** One charging session: its figures, its course and its facts. */
export function SessionPage() {
  const { t } = useTranslation();
  const { session: id } = useParams({ from: "/app/sessions/$session" });
  const session = useSession(id);
  const parent = { to: "/sessions", label: t("nav.sessions") } as const;
  return (
    <Loaded
      query={session}
      skeleton={
        <>
          <PageHead title={`…${id.slice(-8)}`} parent={parent} />
          <RowsSkeleton />
        </>
      }
    >
      {(facts) => (
        <>
          <PageHead
            title={t("session.title", { station: facts.station, connector: facts.evse ?? "?" })}
            parent={parent}
            beside={
              facts.state === "active" ? (
                <StatusMark word="charging" pill />
              ) : (
                <span className="vk-quiet">
                  {t("session.endedAgo")} <Ago at={facts.ended_at} />
                </span>
              )
            }
            actions={facts.state === "active" && <StopButton session={facts} />}
          />
          <div className={page.body}>
            <Figures session={facts} />
            <div className={page.columns}>
              <div className={page.stack}>
                <Course session={facts} />
                <Timeline session={facts} />
              </div>
              <Panel title={t("session.facts")}>
                <SessionFacts session={facts} />
              </Panel>
            </div>
          </div>
        </>
      )}
    </Loaded>
  );
}

function StopButton({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const order = useOrder(session.station);
  const commands = useCommands(session.station);
  const now = useNow(1);
  const mine = (commands.rows ?? []).filter(
    (command) => command.evse === session.evse || command.arguments.session === session.id,
  );
  const honest = honestPhase({ session, commands: mine, nowMs: now.getTime() });
  const words = usePhaseWords(honest);
  return (
    <>
      <span className="vk-quiet" role="status">
        {honest.phase === "charging" ? "" : words}
      </span>
      <Button
        variant="default"
        leftSection={<IconPlayerStop size={14} aria-hidden />}
        loading={isWaiting(honest)}
        onClick={() => setAsking(true)}
      >
        {t("station.stop")}
      </Button>
      {asking && (
        <Confirm
          title={t("station.stopTitle", { connector: session.evse ?? 0 })}
          verb={t("station.stop")}
          onClose={() => setAsking(false)}
          act={() =>
            order.mutateAsync({ action: "stop", arguments: { session: session.id }, intent: newIntent() })
          }
        >
          {t("station.stopHint", { token: session.token ?? "—" })}
        </Confirm>
      )}
    </>
  );
}

// Stations report the battery's level at the outlet or, more often, as the car's own.
const charted = ["power-active-import", "soc", "soc-ev"] as const;

function Course({ session }: { session: Session }) {
  const { t } = useTranslation();
  const read = useSeries({
    station: session.station,
    parameters: charted,
    evse: session.evse ?? undefined,
    from: () => session.started_at,
    to: session.ended_at,
    key: session.id,
  });
  const readAt = read.dataUpdatedAt;
  const drawn = useChartSeries(read.data);
  const span = useMemo(
    () => [Date.parse(session.started_at), session.ended_at ? Date.parse(session.ended_at) : readAt] as const,
    [session.started_at, session.ended_at, readAt],
  );
  const series = useMemo(() => drawn.filter((one) => one.points.length > 0), [drawn]);
  return (
    <Panel title={t("session.course")}>
      <Loaded query={read}>
        {() =>
          series.length > 0 ? (
            <SeriesChart title={t("session.course")} series={series} span={span} />
          ) : (
            <Empty title={t("chart.empty")} hint={session.ended_at ? undefined : t("chart.emptyHint")} />
          )
        }
      </Loaded>
    </Panel>
  );
}

function SessionFacts({ session }: { session: Session }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const reason = useReasonWords();
  const wh = (value: number | null) => (value === null ? null : `${formats.count(value)} ${t("unit.wh")}`);
  return (
    <Facts
      rows={[
        [
          t("session.station"),
          <Link key="s" to="/stations/$station" params={{ station: session.station }} className="vk-link">
            {session.station}
          </Link>,
        ],
        [t("session.connector"), session.evse],
        [t("session.token"), session.token && <span className="vk-mono">{session.token}</span>],
        [
          t("session.authorization"),
          t(`authorization.${session.authorization_status}`, { defaultValue: session.authorization_status }),
        ],
        [t("session.started"), formats.exact(new Date(session.started_at))],
        [t("session.ended"), session.ended_at && formats.exact(new Date(session.ended_at))],
        [t("session.duration"), <Span key="d" from={session.started_at} until={session.ended_at} />],
        [t("session.meterStart"), wh(session.meter_start_wh)],
        [t("session.meterLast"), wh(session.meter_stop_wh ?? session.meter_last_wh)],
        [t("session.reason"), session.state === "ended" ? reason(session.stop_reason) : null],
        [
          t("session.endedBy"),
          session.ended_by && t(`endedBy.${session.ended_by}`, { defaultValue: session.ended_by }),
        ],
        [
          t("session.problems"),
          session.problems.length > 0 &&
            session.problems.map((code) => (
              <div key={code}>{t(`problem.${code}`, { defaultValue: code })}</div>
            )),
        ],
        [t("session.transaction"), session.transaction_id],
        [t("details.id"), <ShortId key="i" id={session.id} />],
        [t("session.lastHeard"), <Ago key="h" at={session.last_heard_at} />],
      ]}
    />
  );
}
