import { IconAlertTriangleFilled, IconCircleCheckFilled } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useHealth } from "../data/health";
import { Facts } from "../parts/Facts";
import { Ago, useFormats } from "../parts/formats";
import page from "../parts/Page.module.css";
import { PageHead } from "../parts/PageHead";
import { Panel } from "../parts/Panel";
import { Loaded } from "../parts/States";
import styles from "./HealthPage.module.css";

/** The platform's own state: what answers, which processes run, what waits to be done. */
export function HealthPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const health = useHealth();
  return (
    <>
      <PageHead title={t("nav.health")} />
      <Loaded query={health}>
        {(state) => (
          <div className={page.body}>
            <div className={styles.verdict} data-ok={state.status === "ready"}>
              <Verdict ok={state.status === "ready"} />
              {state.status === "ready" ? t("health.ready") : t("health.notReady")}
            </div>
            <div className={page.columns}>
              <div className={page.stack}>
                <Panel title={t("health.checks")} flush>
                  <ul className={styles.list}>
                    {state.checks.map((check) => (
                      <li key={check.name} className={styles.row}>
                        <Verdict ok={check.ok} />
                        <span className={styles.name}>
                          {t(`check.${check.name}`, { defaultValue: check.name })}
                        </span>
                        <span className={styles.detail}>
                          {check.ok && check.name === "processes" ? "" : check.detail}
                        </span>
                        <span className="vk-quiet">
                          {formats.decimal(check.ms, 1)} {t("unit.ms")}
                        </span>
                      </li>
                    ))}
                  </ul>
                </Panel>
                <Panel title={t("health.roles")} flush>
                  {state.roles.length === 0 && <p className={styles.none}>{t("health.noRoles")}</p>}
                  <ul className={styles.list}>
                    {state.roles.map((role) => (
                      <li key={role.name} className={styles.row}>
                        <Verdict ok={role.state === "ready" || role.state === "running"} />
                        <span className={styles.name}>
                          {t(`check.${role.name}`, { defaultValue: role.name })}
                        </span>
                        <span className={styles.detail}>
                          {role.reason ?? t(`roleState.${role.state}`, { defaultValue: role.state })}
                        </span>
                        <span className="vk-quiet">{t("health.restarts", { count: role.restarts })}</span>
                      </li>
                    ))}
                  </ul>
                </Panel>
              </div>
              <Panel title={t("health.jobs")}>
                <Facts
                  rows={[
                    [t("health.waiting"), formats.count(state.jobs.waiting)],
                    [t("health.running"), formats.count(state.jobs.running)],
                    [t("health.failed"), formats.count(state.jobs.failed)],
                    [t("health.dead"), formats.count(state.jobs.dead)],
                    [t("health.oldest"), state.jobs.oldest_at && <Ago key="o" at={state.jobs.oldest_at} />],
                  ]}
                />
              </Panel>
            </div>
          </div>
        )}
      </Loaded>
    </>
  );
}

function Verdict({ ok }: { ok: boolean }) {
  const { t } = useTranslation();
  return ok ? (
    <IconCircleCheckFilled size={16} className={styles.good} role="img" aria-label={t("health.good")} />
  ) : (
    <IconAlertTriangleFilled size={16} className={styles.bad} role="img" aria-label={t("health.bad")} />
  );
}
