import { Button, Menu } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconCheck } from "@tabler/icons-react";
import type { ColumnDef, VisibilityState } from "@tanstack/react-table";
import type { Density } from "@voltkeep/tokens";
import { useTranslation } from "react-i18next";
import type { StationRow } from "../data/types";

interface ViewMenuProps {
  columns: readonly ColumnDef<StationRow>[];
  visibility: VisibilityState;
  onVisibility: (next: VisibilityState) => void;
  density: Density;
  onDensity: (next: Density) => void;
}

/** Which columns and how dense; kept on this device. */
export function ViewMenu({ columns, visibility, onVisibility, density, onDensity }: ViewMenuProps) {
  const { t } = useTranslation();
  return (
    <Menu closeOnItemClick={false} width={200}>
      <Menu.Target>
        <Button variant="default" leftSection={<IconAdjustmentsHorizontal size={14} />}>
          {t("table.view")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("table.columns")}</Menu.Label>
        {columns
          .filter((column) => column.enableHiding !== false)
          .map((column) => {
            const id = column.id ?? "";
            const shown = visibility[id] !== false;
            return (
              <Menu.Item
                key={id}
                role="menuitemcheckbox"
                aria-checked={shown}
                rightSection={shown ? <IconCheck size={14} /> : null}
                onClick={() => onVisibility({ ...visibility, [id]: !shown })}
              >
                {typeof column.header === "string" ? column.header : id}
              </Menu.Item>
            );
          })}
        <Menu.Divider />
        <Menu.Label>{t("table.density")}</Menu.Label>
        {(["dense", "comfortable"] as const).map((one) => (
          <Menu.Item
            key={one}
            role="menuitemradio"
            aria-checked={one === density}
            rightSection={one === density ? <IconCheck size={14} /> : null}
            onClick={() => onDensity(one)}
          >
            {t(`table.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
