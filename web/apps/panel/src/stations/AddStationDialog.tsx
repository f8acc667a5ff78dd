import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { newIntent } from "@voltkeep/api";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCreateStation } from "../data/stations";
import { FormFault } from "../parts/Confirm";
import { Secret } from "../parts/Secret";

const allowed = /^[A-Za-z0-9*_=+|@.-]{1,48}$/;

/** Put a station on the list; its password is shown once and goes into the station. */
export function AddStationDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useCreateStation();
  const [intent] = useState(newIntent);
  const [identity, setIdentity] = useState("");
  const [name, setName] = useState("");
  const wrong = identity !== "" && !allowed.test(identity);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    create.mutate({ identity, name: name.trim() || undefined, intent });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      closeOnClickOutside={!create.data}
      title={create.data ? t("stations.passwordTitle", { station: identity }) : t("stations.add")}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {create.data ? (
        <Secret secret={create.data.password} hint={t("stations.passwordOnce")} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              data-autofocus
              label={t("stations.identity")}
              description={t("stations.identityHint")}
              value={identity}
              onChange={(event) => setIdentity(event.currentTarget.value.trim())}
              error={wrong ? t("stations.identityWrong") : undefined}
              required
              withAsterisk={false}
              maxLength={60}
            />
            <TextInput
              label={t("stations.name")}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              maxLength={200}
            />
            {create.isError && <FormFault error={create.error} />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={create.isPending} disabled={identity === "" || wrong}>
                {t("stations.add")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
