import { Button, Menu, Modal } from "@mantine/core";
import {
  IconArchive,
  IconDots,
  IconKey,
  IconPlayerPause,
  IconPlayerPlay,
  IconRotate,
} from "@tabler/icons-react";
import { newIntent } from "@voltkeep/api";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrder } from "../data/commands";
import { useMay } from "../data/me";
import { useStationActs } from "../data/stations";
import type { StationFacts } from "../data/types";
import { Confirm } from "../parts/Confirm";
import { Secret } from "../parts/Secret";
import { useToasts } from "../parts/Toasts";

type Asking = "reset-soft" | "reset-hard" | "rotate" | "suspend" | "retire";

/** The rarer acts on a station, each behind a confirmation that says what will happen. */
export function StationMenu({ facts }: { facts: StationFacts }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [password, setPassword] = useState<string | null>(null);
  const toasts = useToasts();
  const acts = useStationActs(facts.identity);
  const order = useOrder(facts.identity);
  const mayControl = useMay("station.control");
  const mayConfigure = useMay("station.configure");
  const mayApprove = useMay("station.approve");
  const mayRetire = useMay("station.retire");
  const act: Record<Asking, () => Promise<unknown>> = {
    "reset-soft": () =>
      order.mutateAsync({ action: "reset", arguments: { type: "soft" }, intent: newIntent() }),
    "reset-hard": () =>
      order.mutateAsync({ action: "reset", arguments: { type: "hard" }, intent: newIntent() }),
    rotate: async () => setPassword((await acts.rotatePassword()).password),
    suspend: acts.suspend,
    retire: acts.retire,
  };
  return (
    <>
      <Menu width={240}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDots size={16} />}>
            {t("station.acts")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconRotate size={16} />}
            disabled={!facts.online || !mayControl}
            onClick={() => setAsking("reset-soft")}
          >
            {t("station.ask.reset-soft.verb")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconRotate size={16} />}
            disabled={!facts.online || !mayControl}
            onClick={() => setAsking("reset-hard")}
          >
            {t("station.ask.reset-hard.verb")}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconKey size={16} />}
            disabled={!mayConfigure}
            onClick={() => setAsking("rotate")}
          >
            {t("station.ask.rotate.verb")}
          </Menu.Item>
          {facts.admission === "suspended" ? (
            <Menu.Item
              leftSection={<IconPlayerPlay size={16} />}
              disabled={!mayApprove}
              onClick={() => acts.resume().then(() => toasts.done(t("station.resumed")), toasts.failed)}
            >
              {t("station.resume")}
            </Menu.Item>
          ) : (
            <Menu.Item
              leftSection={<IconPlayerPause size={16} />}
              disabled={!mayApprove}
              onClick={() => setAsking("suspend")}
            >
              {t("station.ask.suspend.verb")}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={<IconArchive size={16} />}
            disabled={!mayRetire}
            onClick={() => setAsking("retire")}
          >
            {t("station.ask.retire.verb")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking && (
        <Confirm
          title={t(`station.ask.${asking}.title`, { station: facts.identity })}
          verb={t(`station.ask.${asking}.verb`)}
          danger={asking !== "rotate"}
          onClose={() => setAsking(null)}
          act={act[asking]}
        >
          {t(`station.ask.${asking}.hint`)}
        </Confirm>
      )}
      {password !== null && (
        <Modal
          opened
          onClose={() => setPassword(null)}
          closeOnClickOutside={false}
          title={t("stations.passwordTitle", { station: facts.identity })}
          closeButtonProps={{ "aria-label": t("common.close") }}
        >
          <Secret secret={password} hint={t("stations.passwordOnce")} onClose={() => setPassword(null)} />
        </Modal>
      )}
    </>
  );
}
