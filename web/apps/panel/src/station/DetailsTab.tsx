import { Button, Group, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMay } from "../data/me";
import { useStationActs } from "../data/stations";
import type { StationFacts } from "../data/types";
import { FormFault } from "../parts/Confirm";
import { ShortId } from "../parts/Copy";
import { Facts } from "../parts/Facts";
import { Ago, useFormats } from "../parts/formats";
import page from "../parts/Page.module.css";
import { Panel } from "../parts/Panel";
import { useToasts } from "../parts/Toasts";

/** What people call the station, and what is on its record. */
export function DetailsTab({ facts }: { facts: StationFacts }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div className={page.body}>
      <div className={page.columns}>
        <NameForm key={facts.revision} facts={facts} />
        <Panel title={t("details.record")}>
          <Facts
            rows={[
              [t("details.id"), <ShortId key="i" id={facts.id} />],
              [t("details.admission"), t(`admission.${facts.admission}`)],
              [t("details.access"), t(`access.${facts.access}`)],
              [t("details.created"), formats.exact(new Date(facts.created_at))],
              [t("details.approved"), <Ago key="a" at={facts.approved_at} />],
              [t("details.revision"), formats.count(facts.revision)],
            ]}
          />
        </Panel>
      </div>
    </div>
  );
}

function NameForm({ facts }: { facts: StationFacts }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const may = useMay("station.configure");
  const acts = useStationActs(facts.identity);
  const [name, setName] = useState(facts.name ?? "");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await acts.edit(facts.revision, { name: name.trim() || null });
      toasts.done(t("details.saved"));
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Panel title={t("station.tabs.details")}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput label={t("stations.identity")} value={facts.identity} readOnly variant="filled" />
          <TextInput
            label={t("stations.name")}
            description={t("details.nameHint")}
            value={name}
            readOnly={!may}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          {error !== null && <FormFault error={error} />}
          {may && (
            <Group>
              <Button type="submit" loading={busy}>
                {t("common.save")}
              </Button>
            </Group>
          )}
        </Stack>
      </form>
    </Panel>
  );
}
