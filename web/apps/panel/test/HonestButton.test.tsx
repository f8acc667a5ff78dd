// @vitest-environment jsdom
import { MantineProvider } from "@mantine/core";
import { cleanup, render, screen } from "@testing-library/react";
import { createWords } from "@voltkeep/words";
import { I18nextProvider } from "react-i18next";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { StatusMark } from "../src/parts/StatusMark";
import { HonestButton } from "../src/station/HonestButton";
import type { Honest, Ordered } from "../src/station/honest";

const command: Ordered = {
  id: "c",
  action: "start",
  evse: 1,
  state: "rejected",
  created_at: "2026-05-01T10:00:00Z",
  settled_at: null,
  arguments: {},
  error: "Occupied",
};

beforeAll(() => {
  // jsdom has no media queries; the component library asks for the colour scheme.
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => {},
    removeEventListener: () => {},
  }));
});
afterEach(cleanup);

async function show(content: React.ReactNode): Promise<void> {
  const words = await createWords("en");
  render(
    <I18nextProvider i18n={words}>
      <MantineProvider>{content}</MantineProvider>
    </I18nextProvider>,
  );
}

function button(honest: Honest, possible = true) {
  return (
    <HonestButton
      honest={honest}
      possible={possible}
      label="Connector 1"
      onStart={() => {}}
      onStop={() => {}}
    />
  );
}

it("says accepted, not charging, and can't be pressed while it waits", async () => {
  await show(button({ phase: "start-accepted", command }));
  expect(screen.getByRole("status").textContent).toBe("Accepted, waiting for the car");
  expect(screen.getByRole<HTMLButtonElement>("button").disabled).toBe(true);
});

it("gives the station's reason for a refusal and may be pressed again", async () => {
  await show(button({ phase: "start-refused", command, why: "rejected" }));
  expect(screen.getByRole("status").textContent).toBe("Rejected: the connector is occupied");
  expect(screen.getByRole<HTMLButtonElement>("button").disabled).toBe(false);
});

it("offers no start at a station that is offline", async () => {
  await show(button({ phase: "idle" }, false));
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Start, Connector 1" }).disabled).toBe(true);
});

it("shows a status by words and icon, with the finer words where there are any", async () => {
  await show(<StatusMark word="suspended-ev" />);
  const mark = screen.getByText("Suspended by the car").parentElement;
  expect(mark?.dataset.status).toBe("suspended");
  expect(mark?.querySelector("svg")).not.toBeNull();
});
