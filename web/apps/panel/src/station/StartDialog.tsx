import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { newIntent } from "@voltkeep/api";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrder } from "../data/commands";
import { tokenChoices } from "../data/tokens";
import { FormFault } from "../parts/Confirm";
import { TokenField } from "./TokenField";

/** Who pays and where: then the station is asked, and the button tells what came of it. */
export function StartDialog({
  station,
  connector,
  onClose,
}: {
  station: string;
  connector: number;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const listed = useQuery(tokenChoices(""));
  const order = useOrder(station);
  const [intent] = useState(newIntent);
  const [token, setToken] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate({ action: "start", arguments: { connector, token }, intent }, { onSuccess: onClose });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("station.startTitle", { station, connector })}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          {listed.data?.length === 0 || listed.isError ? (
            <TextInput
              data-autofocus
              label={t("station.chooseToken")}
              value={token}
              onChange={(event) => setToken(event.currentTarget.value)}
              maxLength={36}
            />
          ) : (
            <TokenField chosen={token} onChoose={setToken} />
          )}
          <p className="vk-quiet">{t("station.startHint")}</p>
          {order.isError && <FormFault error={order.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={order.isPending} disabled={token === ""}>
              {t("station.start")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
