import { type InfiniteData, type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

export interface PageOf<Item> {
  items: Item[];
  next?: string | null;
  total?: number | null;
}

/** All rows that have been loaded of a cursor-paged list, and how to load more. */
export function usePages<Item>(
  key: QueryKey,
  read: (cursor: string | undefined) => Promise<PageOf<Item>>,
  refetchInterval: number | false = false,
) {
  const query = useInfiniteQuery<
    PageOf<Item>,
    Error,
    InfiniteData<PageOf<Item>>,
    QueryKey,
    string | undefined
  >({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
    refetchInterval,
    initialPageParam: undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const data = query.data;
  const rows = useMemo(() => data?.pages.flatMap((page) => page.items), [data]);
  return {
    rows,
    total: data?.pages[0]?.total ?? null,
    hasMore: query.hasNextPage,
    loadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    /** The query as `Loaded` takes it, with the rows as its data. */
    asQuery: {
      data: rows,
      error: query.error,
      isError: query.isError,
      refetch: query.refetch,
      dataUpdatedAt: query.dataUpdatedAt,
    },
  };
}

export type Pages<Item> = ReturnType<typeof usePages<Item>>;

/** The address of a list as a file, under the same filters. */
export function csvUrl(path: string, filters: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) if (value !== undefined) query.set(name, value);
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The instant at which a day (`2026-05-01`) begins here, or the one `daysLater`. */
export function startOfDay(day: string, daysLater: number): string {
  const at = new Date(`${day}T00:00:00`);
  at.setDate(at.getDate() + daysLater);
  return at.toISOString();
}
