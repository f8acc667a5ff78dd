import { ActionIcon, Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { IconPencil, IconRefresh } from "@tabler/icons-react";
import type { ColumnDef } from "@tanstack/react-table";
import { newIntent } from "@voltkeep/api";
import { type FormEvent, useCallback, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useOrder } from "../data/commands";
import { useMay } from "../data/me";
import { useParameters } from "../data/parameters";
import type { ParameterView } from "../data/types";
import { FormFault } from "../parts/Confirm";
import { Ago } from "../parts/formats";
import { ListTable } from "../parts/ListTable";
import page from "../parts/Page.module.css";
import { useQuantities } from "../parts/quantities";
import { SearchField } from "../parts/SearchField";
import { Empty, Loaded, NoResults } from "../parts/States";
import { useCommandErrorWords, useParameterWords } from "../parts/serverWords";
import { useToasts } from "../parts/Toasts";
import styles from "./ConfigurationTab.module.css";

/** What is wanted beside what the station says it has; a change is an order with its own life. */
export function ConfigurationTab({ station, online }: { station: string; online: boolean }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const parameters = useParameters(station);
  const called = useParameterWords();
  const order = useOrder(station);
  const [wanted, setWanted] = useState("");
  const [editing, setEditing] = useState<ParameterView | null>(null);
  const columns = useColumns(setEditing);
  const readAgain = () =>
    order.mutate(
      { action: "read-parameters", arguments: {}, intent: newIntent() },
      { onSuccess: () => toasts.done(t("configuration.asked")), onError: toasts.failed },
    );
  const matches = useCallback(
    (one: ParameterView) =>
      `${one.parameter} ${one.key ?? ""} ${called(one.parameter, one.name)}`
        .toLowerCase()
        .includes(wanted.toLowerCase()),
    [wanted, called],
  );
  return (
    <>
      <div className={page.filters}>
        <SearchField label={t("configuration.search")} value={wanted} onChange={setWanted} />
        <span className={page.grow} />
        <Button
          variant="default"
          leftSection={<IconRefresh size={14} />}
          loading={order.isPending}
          disabled={!online}
          onClick={readAgain}
        >
          {t("configuration.readAgain")}
        </Button>
      </div>
      <Loaded query={parameters}>
        {(all) => {
          const rows = all.filter(matches);
          if (all.length === 0) {
            return <Empty title={t("configuration.empty")} hint={t("configuration.emptyHint")} />;
          }
          if (rows.length === 0) return <NoResults onReset={() => setWanted("")} />;
          return (
            <ListTable
              label={t("station.tabs.configuration")}
              columns={columns}
              rows={rows}
              rowId={(row) => `${row.module}/${row.evse}/${row.parameter}`}
            />
          );
        }}
      </Loaded>
      {editing && <EditDialog station={station} parameter={editing} onClose={() => setEditing(null)} />}
    </>
  );
}

function useColumns(onEdit: (parameter: ParameterView) => void): ColumnDef<ParameterView>[] {
  const { t } = useTranslation();
  const may = useMay("parameter.write");
  const called = useParameterWords();
  const because = useCommandErrorWords();
  return useMemo<ColumnDef<ParameterView>[]>(
    () => [
      {
        id: "parameter",
        header: t("configuration.parameter"),
        cell: ({ row }) => (
          <span title={row.original.key ?? row.original.parameter}>
            {called(row.original.parameter, row.original.name)}
          </span>
        ),
        meta: { track: "minmax(140px, 2.2fr)", phone: true },
      },
      {
        id: "reported",
        header: t("configuration.reported"),
        cell: ({ row }) => <Value parameter={row.original} text={row.original.reported} />,
        meta: { track: "minmax(100px, 1.2fr)", phone: true },
      },
      {
        id: "desired",
        header: t("configuration.desired"),
        cell: ({ row }) => <Value parameter={row.original} text={row.original.desired} />,
        meta: { track: "minmax(100px, 1.2fr)" },
      },
      {
        id: "state",
        header: t("configuration.state"),
        cell: ({ row }) => (
          <span
            className={styles.state}
            data-state={row.original.state}
            title={row.original.error ? because(row.original.error) : undefined}
          >
            {t(`parameterState.${row.original.state}`)}
          </span>
        ),
        meta: { track: "minmax(110px, 160px)" },
      },
      {
        id: "at",
        header: t("configuration.reportedAt"),
        cell: ({ row }) => <Ago at={row.original.reported_at} />,
        meta: { track: "110px" },
      },
      {
        id: "edit",
        header: () => <span className="vk-hidden">{t("common.acts")}</span>,
        cell: ({ row }) =>
          may &&
          row.original.settable && (
            <ActionIcon
              size="sm"
              aria-label={t("configuration.edit", {
                name: called(row.original.parameter, row.original.name),
              })}
              onClick={() => onEdit(row.original)}
            >
              <IconPencil size={16} stroke={1.75} />
            </ActionIcon>
          ),
        meta: { track: "32px", phone: true },
      },
    ],
    [t, may, onEdit, called, because],
  );
}

function Value({ parameter, text }: { parameter: ParameterView; text: string | null }) {
  const { t } = useTranslation();
  const quantities = useQuantities();
  if (parameter.secret) return <span className="vk-quiet">{t("configuration.secret")}</span>;
  if (text === null) return <span className="vk-quiet">—</span>;
  return (
    <span className="vk-mono" title={text}>
      {text}
      {parameter.unit && ` ${quantities.word(parameter.unit)}`}
    </span>
  );
}

function EditDialog({
  station,
  parameter,
  onClose,
}: {
  station: string;
  parameter: ParameterView;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const called = useParameterWords();
  const quantities = useQuantities();
  const order = useOrder(station);
  const [intent] = useState(newIntent);
  const [value, setValue] = useState(parameter.secret ? "" : (parameter.desired ?? parameter.reported ?? ""));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    order.mutate(
      { action: "set-parameters", arguments: { values: { [parameter.parameter]: value } }, intent },
      {
        onSuccess: () => {
          toasts.done(t("configuration.sent"));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={called(parameter.parameter, parameter.name)}
      closeButtonProps={{ "aria-label": t("common.close") }}
    >
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            data-autofocus
            label={t("configuration.newValue")}
            description={t("configuration.nowReported", {
              value: parameter.secret ? "••••" : (parameter.reported ?? "—"),
            })}
            value={value}
            maxLength={500}
            rightSectionWidth={56}
            rightSection={
              parameter.unit ? <span className="vk-quiet">{quantities.word(parameter.unit)}</span> : null
            }
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          {order.isError && <FormFault error={order.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t("common.cancel")}
            </Button>
            <Button type="submit" loading={order.isPending}>
              {t("configuration.send")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
