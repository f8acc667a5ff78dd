import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCommands } from "../data/commands";
import type { Command } from "../data/types";
import { ShortId } from "../parts/Copy";
import { Ago, useFormats } from "../parts/formats";
import { More } from "../parts/More";
import page from "../parts/Page.module.css";
import { Panel } from "../parts/Panel";
import { Empty, Loaded } from "../parts/States";
import { useActionWords, useCommandErrorWords, useDetailWords } from "../parts/serverWords";
import styles from "./CommandsTab.module.css";
import { lifeOf } from "./life";

/** Every order given to this station and what became of it. */
export function CommandsTab({ station }: { station: string }) {
  const { t } = useTranslation();
  const commands = useCommands(station);
  return (
    <div className={page.body}>
      <Panel title={t("station.tabs.commands")} flush>
        <Loaded query={commands.asQuery}>
          {(rows) =>
            rows.length > 0 ? (
              <>
                <ul className={styles.list}>
                  {rows.map((command) => (
                    <CommandRow key={command.id} command={command} />
                  ))}
                </ul>
                <More pages={commands} />
              </>
            ) : (
              <Empty title={t("commands.empty")} hint={t("commands.emptyHint")} />
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}

function CommandRow({ command }: { command: Command }) {
  const { t } = useTranslation();
  const action = useActionWords();
  const because = useCommandErrorWords();
  const given = useDetailWords()(command.arguments)
    .map(({ name, value }) => `${name}: ${value}`)
    .join(" · ");
  return (
    <li className={styles.row}>
      <div className={styles.what}>
        <span className={styles.action}>{action(command.action)}</span>
        <span className="vk-quiet">{given}</span>
      </div>
      <div className={styles.who}>
        {command.actor_name} · <Ago at={command.created_at} /> · <ShortId id={command.id} />
      </div>
      <Life command={command} />
      {(command.error || command.answer !== null) && (
        <div className={styles.answer}>
          {command.error && <span>{because(command.error)}</span>}
          {command.answer !== null && command.answer !== undefined && (
            <details>
              <summary>{t("commands.answer")}</summary>
              <pre className="vk-mono">{JSON.stringify(command.answer, null, 2)}</pre>
            </details>
          )}
        </div>
      )}
    </li>
  );
}

/** The steps of a command's life with their times; steps not reached are hollow. */
function Life({ command }: { command: Command }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <ol className={styles.life} aria-label={t("commands.life")}>
      {lifeOf(command).map((step) => (
        <li key={step.state} className={styles.step} data-kind={step.kind}>
          <Badge
            variant="default"
            size="sm"
            radius="sm"
            tt="none"
            fw={500}
            className={styles.badge}
            data-kind={step.kind}
          >
            {t(`commandState.${step.state}`)}
          </Badge>
          {step.at && (
            <time className="vk-quiet" dateTime={step.at}>
              {formats.clock(new Date(step.at))}
            </time>
          )}
        </li>
      ))}
    </ol>
  );
}
