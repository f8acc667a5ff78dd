import { type InfiniteData, type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

export interface PageOf<Item> {
  items: Item[];
  next?: string | null;
  total?: number | null;
}

/** All rows that have been loaded of a cursor-paged list, and how to load more. */
export function usePages<Item>(key: QueryKey, read: (cursor: string | undefined) => Promise<PageOf<Item>>) {
  const query = useInfiniteQuery<PageOf<Item>, Error, InfiniteData<PageOf<Item>>, QueryKey, string | undefined>({
    queryKey: key,
    queryFn: ({ pageParam }) => read(pageParam),
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

const mostExported = 50_000;

/** Every row of a list, page by page, for a file. */
export async function readAll<Item>(
  read: (cursor: string | undefined) => Promise<PageOf<Item>>,
  onProgress: (count: number) => void,
): Promise<Item[]> {
  const rows: Item[] = [];
  let cursor: string | undefined;
  do {
    const page = await read(cursor);
    rows.push(...page.items);
    onProgress(rows.length);
    cursor = page.next ?? undefined;
  } while (cursor && rows.length < mostExported);
  return rows;
}
