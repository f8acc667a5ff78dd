import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { newIntent } from "@voltkeep/api";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMakeApiToken } from "../data/access";
import { useMe } from "../data/me";
import { FormFault } from "../parts/Confirm";
import { Secret } from "../parts/Secret";
import styles from "./NewApiTokenDialog.module.css";

const lives = ["30", "90", "365", "never"] as const;

/** Name, rights, life; then the secret, once. */
export function NewApiTokenDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const make = useMakeApiToken();
  const [intent] = useState(newIntent);
  const [name, setName] = useState("");
  const [life, setLife] = useState<string>("90");
  const [chosen, setChosen] = useState<string[]>([]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const expires = life === "never" ? null : new Date(Date.now() + Number(life) * 86_400_000).toISOString();
    make.mutate({ name, permissions: chosen, expires_at: expires, intent });
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("apiTokens.add")}
      closeOnClickOutside={!make.data}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      {make.data ? (
        <Secret secret={make.data.secret} hint={t("apiTokens.once")} onClose={onClose} />
      ) : (
        <form onSubmit={submit}>
          <Stack gap="sm">
            <TextInput
              data-autofocus
              label={t("apiTokens.name")}
              placeholder={t("apiTokens.namePlaceholder")}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              withAsterisk={false}
              maxLength={200}
            />
            <Select
              label={t("apiTokens.expires")}
              value={life}
              onChange={(value) => setLife(value ?? "90")}
              allowDeselect={false}
              data={lives.map((value) => ({
                value,
                label: value === "never" ? t("common.never") : t("apiTokens.days", { count: Number(value) }),
              }))}
            />
            <Checkbox.Group label={t("apiTokens.permissions")} value={chosen} onChange={setChosen}>
              <div className={styles.grid}>
                {(me.data?.permissions ?? []).map((permission) => (
                  <Checkbox
                    key={permission}
                    value={permission}
                    size="xs"
                    label={t(`permission.${permission}`, { defaultValue: permission })}
                    title={permission}
                  />
                ))}
              </div>
            </Checkbox.Group>
            {make.isError && <FormFault error={make.error} />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t("common.cancel")}
              </Button>
              <Button type="submit" loading={make.isPending} disabled={chosen.length === 0}>
                {t("apiTokens.make")}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  );
}
