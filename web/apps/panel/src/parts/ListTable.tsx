import { useMediaQuery } from "@mantine/hooks";
import {
  type ColumnDef,
  flexRender,
  getCoreRowModel,
  type RowData,
  useReactTable,
  type VisibilityState,
} from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type Density, rowHeight } from "@voltkeep/tokens";
import { type MouseEvent, useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./ListTable.module.css";

declare module "@tanstack/react-table" {
  interface ColumnMeta<TData extends RowData, TValue> {
    /** A CSS grid track. */
    track: string;
    /** Shown on a phone too. */
    phone?: boolean;
    numeric?: boolean;
  }
}

export interface ListTableProps<Row> {
  label: string;
  columns: ColumnDef<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** All rows there are, if the API told; rows beyond those loaded come while scrolling. */
  total?: number | null;
  hasMore?: boolean;
  loadingMore?: boolean;
  loadMore?: () => void;
  density?: Density;
  /** For rows that need more than the density's height, in px; not on a phone, where fewer columns are shown. */
  heightOf?: (row: Row) => number;
  visibility?: VisibilityState;
  onOpen?: (row: Row) => void;
}

/** A table of any length: only the rows on screen exist in the page, more pages load near the end. */
export function ListTable<Row>(props: ListTableProps<Row>) {
  const { rows, rowId, label, columns, density = "dense", hasMore = false, loadMore, onOpen } = props;
  const { t } = useTranslation();
  const phone = useMediaQuery("(max-width: 48em)") ?? false;
  const scroller = useRef<HTMLElement>(null);
  const visibility = useMemo(
    () => (phone ? phoneColumns(columns) : (props.visibility ?? {})),
    [phone, columns, props.visibility],
  );
  const table = useReactTable<Row>({
    data: rows as Row[],
    columns,
    getRowId: rowId,
    getCoreRowModel: getCoreRowModel(),
    state: { columnVisibility: visibility },
  });
  const height = phone ? rowHeight.comfortable : rowHeight[density];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => {
      const row = rows[index];
      return props.heightOf && row && !phone ? Math.max(height, props.heightOf(row)) : height;
    },
    overscan: 12,
    initialRect: { width: 1200, height: 800 },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row height makes all measured places wrong
  useEffect(() => virtual.measure(), [virtual, height, props.heightOf, rows]);
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !props.loadingMore && lastShown >= rows.length - 60) loadMore?.();
  }, [hasMore, props.loadingMore, lastShown, rows.length, loadMore]);

  const all = table.getRowModel().rows;
  const tracks = table
    .getVisibleLeafColumns()
    .map((column) => column.columnDef.meta?.track ?? "1fr")
    .join(" ");
  const openFrom = (event: MouseEvent, row: Row) => {
    if ((event.target as HTMLElement).closest("a,button,input")) return;
    if (!getSelection()?.toString()) onOpen?.(row);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard (WCAG 2.1.1)
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label={label}>
      {/* biome-ignore-start lint/a11y/useSemanticElements: rows are placed by transform, which table elements can't be */}
      {/* biome-ignore-start lint/a11y/useFocusableInteractive: rows hold links; they aren't stops themselves */}
      {/* biome-ignore-start lint/a11y/useKeyWithClickEvents: each row's link does the same by keyboard */}
      <div
        role="table"
        aria-label={label}
        aria-rowcount={(props.total ?? rows.length) + 1}
        className={styles.table}
        style={{ "--tracks": tracks, "--row": `${height}px` } as React.CSSProperties}
      >
        <div role="rowgroup" className={styles.headgroup}>
          <div role="row" className={styles.headrow} aria-rowindex={1}>
            {table.getFlatHeaders().map((header) => (
              <div
                role="columnheader"
                key={header.id}
                className={styles.headcell}
                data-numeric={header.column.columnDef.meta?.numeric || undefined}
              >
                {flexRender(header.column.columnDef.header, header.getContext())}
              </div>
            ))}
          </div>
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
          {shown.map((item) => {
            const row = all[item.index];
            if (!row) return null;
            return (
              <div
                role="row"
                key={row.id}
                aria-rowindex={item.index + 2}
                className={styles.row}
                data-opens={onOpen ? true : undefined}
                style={{ transform: `translateY(${item.start}px)`, height: item.size }}
                onClick={onOpen ? (event) => openFrom(event, row.original) : undefined}
              >
                {row.getVisibleCells().map((cell) => (
                  <div
                    role="cell"
                    key={cell.id}
                    className={styles.cell}
                    data-numeric={cell.column.columnDef.meta?.numeric || undefined}
                  >
                    {flexRender(cell.column.columnDef.cell, cell.getContext())}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
      {/* biome-ignore-end lint/a11y/useKeyWithClickEvents: as above */}
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: as above */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: as above */}
      {hasMore && <div className={styles.more}>{t("state.loadingMore")}</div>}
    </section>
  );
}

function phoneColumns<Row>(columns: readonly ColumnDef<Row>[]): VisibilityState {
  return Object.fromEntries(columns.map((column) => [column.id ?? "", column.meta?.phone === true]));
}
