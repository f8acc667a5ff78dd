import { expect, it } from "vitest";
import { auditSearch, sessionsSearch, signInSearch, stationSearch, stationsSearch } from "../src/app/search";
import { stationStatus } from "../src/station/summary";

it("keeps what a list can filter by and drops the rest of the address", () => {
  expect(stationsSearch({ status: "faulted", online: "no", search: 42, evil: "<x>" })).toEqual({
    status: "faulted",
    online: "no",
    search: "42",
  });
  expect(stationsSearch({ status: "nonsense", tab: "nowhere", search: "" })).toEqual({});
  expect(stationSearch({ tab: "log", range: "24h" })).toEqual({ tab: "log", range: "24h" });
  expect(sessionsSearch({ tab: "ended", from: "2026-05-01", to: "yesterday" })).toEqual({
    tab: "ended",
    from: "2026-05-01",
  });
  expect(auditSearch({ action: "station.create", from: {} })).toEqual({ action: "station.create" });
});

it("returns only to pages of the panel after signing in", () => {
  expect(signInSearch({ next: "/stations?status=faulted" })).toEqual({ next: "/stations?status=faulted" });
  expect(signInSearch({ next: "//evil.example" })).toEqual({});
  expect(signInSearch({ next: "https://evil.example" })).toEqual({});
});

it("says one word for a station: admission, connection, connectors", () => {
  const connectors = [
    { evse: 0, status: "available" },
    { evse: 1, status: "charging" },
  ];
  expect(stationStatus({ online: true, admission: "approved", connectors })).toBe("charging");
  expect(stationStatus({ online: false, admission: "approved", connectors })).toBe("offline");
  expect(stationStatus({ online: true, admission: "pending", connectors })).toBe("pending");
  expect(stationStatus({ online: false, admission: "suspended", connectors })).toBe("unavailable");
  const broken = [{ evse: 0, status: "faulted" }, ...connectors.slice(1)];
  expect(stationStatus({ online: true, admission: "approved", connectors: broken })).toBe("faulted");
});
