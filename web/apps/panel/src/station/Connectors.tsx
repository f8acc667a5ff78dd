import { Link } from "@tanstack/react-router";
import { newIntent } from "@voltkeep/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useCommands, useOrder } from "../data/commands";
import { useLiveSessions } from "../data/sessions";
import type { ConnectorView, Session, StationFacts } from "../data/types";
import { Confirm } from "../parts/Confirm";
import { Ago, Span, useFormats, useNow } from "../parts/formats";
import { Panel } from "../parts/Panel";
import { Empty } from "../parts/States";
import { StatusMark } from "../parts/StatusMark";
import { useErrorCodeWords } from "../parts/serverWords";
import styles from "./Connectors.module.css";
import { HonestButton } from "./HonestButton";
import { honestPhase } from "./honest";
import { StartDialog } from "./StartDialog";

/** Each connector with its status, its session and the button that starts or stops it. */
export function Connectors({ facts }: { facts: StationFacts }) {
  const { t } = useTranslation();
  const sessions = useLiveSessions(facts.identity);
  const connectors = facts.connectors.filter((one) => one.evse > 0);
  const [starting, setStarting] = useState<number | null>(null);
  const [stopping, setStopping] = useState<Session | null>(null);
  const order = useOrder(facts.identity);
  return (
    <Panel title={t("station.connectors")} flush>
      {connectors.length === 0 && (
        <Empty title={t("station.noConnectors")} hint={t("station.noConnectorsHint")} />
      )}
      <ul className={styles.list}>
        {connectors.map((connector) => (
          <ConnectorRow
            key={`${connector.evse}-${connector.connector}`}
            facts={facts}
            connector={connector}
            session={sessions.data?.find((one) => one.evse === connector.evse)}
            onStart={() => setStarting(connector.evse)}
            onStop={setStopping}
          />
        ))}
      </ul>
      {starting !== null && (
        <StartDialog station={facts.identity} connector={starting} onClose={() => setStarting(null)} />
      )}
      {stopping && (
        <Confirm
          title={t("station.stopTitle", { connector: stopping.evse ?? 0 })}
          verb={t("station.stop")}
          onClose={() => setStopping(null)}
          act={() =>
            order.mutateAsync({ action: "stop", arguments: { session: stopping.id }, intent: newIntent() })
          }
        >
          {t("station.stopHint", { token: stopping.token ?? "—" })}
        </Confirm>
      )}
    </Panel>
  );
}

interface ConnectorRowProps {
  facts: StationFacts;
  connector: ConnectorView;
  session: Session | undefined;
  onStart: () => void;
  onStop: (session: Session) => void;
}

function ConnectorRow({ facts, connector, session, onStart, onStop }: ConnectorRowProps) {
  const { t } = useTranslation();
  const now = useNow(1);
  const commands = useCommands(facts.identity);
  const mine = (commands.rows ?? []).filter((command) => concerns(command, connector.evse, session?.id));
  const honest = honestPhase({ session, commands: mine, nowMs: now.getTime() });
  const name = t("station.connector", { number: connector.evse });
  return (
    <li className={styles.row} data-testid={`connector-${connector.evse}`}>
      <div className={styles.who}>
        <span className={styles.name}>{name}</span>
        <StatusMark word={facts.online ? connector.status : "offline"} />
      </div>
      <div className={styles.what}>
        {session ? <LiveFigures session={session} /> : <Quiet connector={connector} />}
      </div>
      <HonestButton
        honest={honest}
        possible={facts.online && connector.status !== "faulted" && connector.status !== "unavailable"}
        label={name}
        onStart={onStart}
        onStop={() => session && onStop(session)}
      />
    </li>
  );
}

function Quiet({ connector }: { connector: ConnectorView }) {
  const { t } = useTranslation();
  const fault = useErrorCodeWords()(connector.error_code);
  return (
    <span className="vk-quiet">
      {fault && (
        <strong className={styles.fault}>
          {[fault, connector.vendor_error_code, connector.info].filter(Boolean).join(" · ")}{" "}
        </strong>
      )}
      {t("station.sinceStatus")} <Ago at={connector.status_at} />
    </span>
  );
}

function LiveFigures({ session }: { session: Session }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <dl className={styles.figures}>
      <Figure
        name={t("session.power")}
        value={session.power_w === null ? "—" : formats.power(session.power_w)}
      />
      <Figure
        name={t("session.energy")}
        value={session.energy_wh === null ? "—" : formats.energy(session.energy_wh)}
      />
      {session.soc_percent !== null && (
        <Figure name={t("session.soc")} value={formats.percent(session.soc_percent)} />
      )}
      <div className={styles.figure}>
        <dt>{t("session.duration")}</dt>
        <dd>
          <Span from={session.started_at} />
        </dd>
      </div>
      <div className={styles.figure}>
        <dt>{t("session.token")}</dt>
        <dd>
          <Link to="/sessions/$session" params={{ session: session.id }} className="vk-link">
            {session.token ?? t("session.open")}
          </Link>
        </dd>
      </div>
    </dl>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className={styles.figure}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

/** Whether a command is about this connector: by its EVSE, its arguments, or the session it stops. */
function concerns(
  command: { evse: number | null; arguments: Readonly<Record<string, unknown>> },
  evse: number,
  session: string | undefined,
): boolean {
  if (command.evse !== null) return command.evse === evse;
  return (
    command.arguments.connector === evse || (session !== undefined && command.arguments.session === session)
  );
}
