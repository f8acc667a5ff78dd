import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ApiFailure } from "@voltkeep/api";
import { meQuery } from "../data/me";
import { FailureView, RowsSkeleton } from "../parts/States";
import { SignInPage } from "../sign-in/SignInPage";
import { Shell } from "./Shell";
import {
  auditSearch,
  framesSearch,
  sessionsSearch,
  signInSearch,
  stationSearch,
  stationsSearch,
  tokensSearch,
} from "./search";

const root = createRootRouteWithContext<{ client: QueryClient }>()({ component: Outlet });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: signInSearch,
  component: SignInPage,
});

/** Everything below needs a signed-in person; others come back here after signing in. */
const app = createRoute({
  getParentRoute: () => root,
  id: "app",
  component: Shell,
  beforeLoad: async ({ context, location }) => {
    try {
      await context.client.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof ApiFailure) || error.kind !== "signed-out") throw error;
      throw redirect({ to: "/sign-in", search: { next: location.href } });
    }
  },
});

const under = { getParentRoute: () => app } as const;

const overview = createRoute({
  ...under,
  path: "/",
  component: lazyRouteComponent(() => import("../overview/OverviewPage"), "OverviewPage"),
});
const stations = createRoute({
  ...under,
  path: "/stations",
  validateSearch: stationsSearch,
  component: lazyRouteComponent(() => import("../stations/StationsPage"), "StationsPage"),
});
const station = createRoute({
  ...under,
  path: "/stations/$station",
  validateSearch: (search: Record<string, unknown>) => ({
    ...stationSearch(search),
    ...framesSearch(search),
  }),
  component: lazyRouteComponent(() => import("../station/StationPage"), "StationPage"),
});
const sessions = createRoute({
  ...under,
  path: "/sessions",
  validateSearch: sessionsSearch,
  component: lazyRouteComponent(() => import("../sessions/SessionsPage"), "SessionsPage"),
});
const session = createRoute({
  ...under,
  path: "/sessions/$session",
  component: lazyRouteComponent(() => import("../session/SessionPage"), "SessionPage"),
});
const tokens = createRoute({
  ...under,
  path: "/tokens",
  validateSearch: tokensSearch,
  component: lazyRouteComponent(() => import("../tokens/TokensPage"), "TokensPage"),
});
const health = createRoute({
  ...under,
  path: "/health",
  component: lazyRouteComponent(() => import("../health/HealthPage"), "HealthPage"),
});
const audit = createRoute({
  ...under,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(() => import("../audit/AuditPage"), "AuditPage"),
});
const apiTokens = createRoute({
  ...under,
  path: "/api-tokens",
  component: lazyRouteComponent(() => import("../api-tokens/ApiTokensPage"), "ApiTokensPage"),
});
const profile = createRoute({
  ...under,
  path: "/profile",
  component: lazyRouteComponent(() => import("../profile/ProfilePage"), "ProfilePage"),
});

const tree = root.addChildren([
  signIn,
  app.addChildren([
    overview,
    stations,
    station,
    sessions,
    session,
    tokens,
    health,
    audit,
    apiTokens,
    profile,
  ]),
]);

/** The router of the panel over one query cache. */
export function createPanelRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: "intent",
    defaultPendingComponent: () => <RowsSkeleton />,
    defaultErrorComponent: ({ error, reset }) => <FailureView error={error} onRetry={reset} />,
    defaultNotFoundComponent: () => (
      <FailureView error={new ApiFailure({ kind: "not-found", message: "" })} />
    ),
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createPanelRouter>;
  }
}
