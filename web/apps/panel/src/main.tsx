import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "./app/global.css";
import { MantineProvider } from "@mantine/core";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { ApiFailure } from "@voltkeep/api";
import { createWords } from "@voltkeep/words";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { storedLanguage } from "./app/Preferences";
import { createPanelRouter } from "./app/router";
import { resolver, theme } from "./app/theme";
import { ToastProvider } from "./parts/Toasts";

const passing = new Set(["unreachable", "unavailable", "broken"]);

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: sendToSignIn }),
  mutationCache: new MutationCache({ onError: sendToSignIn }),
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      refetchOnWindowFocus: true,
      retry: (count, error) => count < 2 && error instanceof ApiFailure && passing.has(error.kind),
    },
  },
});
const router = createPanelRouter(client);

/** A session that ended while somebody worked: sign in, then come back to the same place. */
function sendToSignIn(error: Error): void {
  if (!(error instanceof ApiFailure) || error.kind !== "signed-out") return;
  const here = router.state.location;
  if (here.pathname === "/sign-in") return;
  void router.navigate({ to: "/sign-in", search: { next: here.href } }).then(() => client.clear());
}

async function start(): Promise<void> {
  const words = await createWords(storedLanguage());
  const root = document.getElementById("root");
  if (!root) return;
  createRoot(root).render(
    <StrictMode>
      <I18nextProvider i18n={words}>
        <MantineProvider theme={theme} cssVariablesResolver={resolver} defaultColorScheme="auto">
          <QueryClientProvider client={client}>
            <ToastProvider>
              <RouterProvider router={router} />
            </ToastProvider>
          </QueryClientProvider>
        </MantineProvider>
      </I18nextProvider>
    </StrictMode>,
  );
}

void start();
