import { Button, Group, Modal } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Candidate } from "../data/types";
import { useWaiting, useWaitingActs } from "../data/waiting";
import { Confirm } from "../parts/Confirm";
import { Facts } from "../parts/Facts";
import { Ago, useFormats } from "../parts/formats";
import { More } from "../parts/More";
import page from "../parts/Page.module.css";
import { Secret } from "../parts/Secret";
import { Empty, Loaded } from "../parts/States";
import { OnboardingWindow } from "./OnboardingWindow";
import styles from "./WaitingList.module.css";

interface Approved {
  identity: string;
  password: string | null;
}

/** Who knocked without being on the list, with what the handshake showed. */
export function WaitingList() {
  const { t } = useTranslation();
  const waiting = useWaiting();
  const acts = useWaitingActs();
  const [approving, setApproving] = useState<Candidate | null>(null);
  const [dismissing, setDismissing] = useState<Candidate | null>(null);
  const [approved, setApproved] = useState<Approved | null>(null);
  const approve = async (candidate: Candidate) => {
    const made = await acts.approve(candidate.identity);
    setApproved({ identity: candidate.identity, password: made.password });
  };
  return (
    <div className={page.body}>
      <OnboardingWindow />
      <Loaded query={waiting.asQuery}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty title={t("waiting.empty")} hint={t("waiting.emptyHint")} />
          ) : (
            <>
              <ul className={styles.list}>
                {rows.map((candidate) => (
                  <li key={candidate.identity} className={styles.item}>
                    <Evidence candidate={candidate} />
                    <Group gap="xs" wrap="nowrap">
                      <Button variant="default" onClick={() => setDismissing(candidate)}>
                        {t("waiting.dismiss")}
                      </Button>
                      <Button onClick={() => setApproving(candidate)}>{t("waiting.approve")}</Button>
                    </Group>
                  </li>
                ))}
              </ul>
              <More pages={waiting} />
            </>
          )
        }
      </Loaded>
      {approving && (
        <Confirm
          title={t("waiting.approveTitle", { station: approving.identity })}
          verb={t("waiting.approve")}
          onClose={() => setApproving(null)}
          act={() => approve(approving)}
        >
          <p>{t("waiting.approveHint")}</p>
        </Confirm>
      )}
      {dismissing && (
        <Confirm
          title={t("waiting.dismissTitle", { station: dismissing.identity })}
          verb={t("waiting.dismiss")}
          onClose={() => setDismissing(null)}
          act={() => acts.dismiss(dismissing.identity)}
        >
          <p>{t("waiting.dismissHint")}</p>
        </Confirm>
      )}
      {approved && (
        <Modal
          opened
          closeOnClickOutside={false}
          onClose={() => setApproved(null)}
          title={t("stations.passwordTitle", { station: approved.identity })}
          closeButtonProps={{ "aria-label": t("common.close") }}
        >
          <Secret
            secret={approved.password}
            hint={t("stations.passwordOnce")}
            onClose={() => setApproved(null)}
          />
        </Modal>
      )}
    </div>
  );
}

function Evidence({ candidate }: { candidate: Candidate }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={styles.evidence}>
      <h2 className={styles.identity}>{candidate.identity}</h2>
      <p className="vk-quiet">{t(`refusal.${candidate.reason}`, { defaultValue: candidate.reason })}</p>
      <Facts
        rows={[
          [t("waiting.lastSeen"), <Ago key="l" at={candidate.last_seen_at} />],
          [t("waiting.firstSeen"), <Ago key="f" at={candidate.first_seen_at} />],
          [t("waiting.attempts"), formats.count(candidate.attempts)],
          [t("waiting.address"), candidate.address],
          [t("waiting.protocols"), candidate.subprotocols.join(", ")],
          [t("waiting.credentials"), t(`credentials.${candidate.credentials}`)],
          [t("waiting.agent"), candidate.user_agent],
          [t("waiting.boot"), bootWords(candidate.boot)],
        ]}
      />
    </div>
  );
}

/** What the station said of itself, when a window let it speak. */
function bootWords(boot: Candidate["boot"]): string | null {
  if (!boot) return null;
  return Object.entries(boot)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(" · ");
}
