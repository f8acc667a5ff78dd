import type { components } from "@voltkeep/api";

/** Short names for what the API document calls its shapes. */
type Shapes = components["schemas"];

export type StationRow = Shapes["StationView"];
export type StationFacts = Shapes["StationView"];
export type ConnectorView = Shapes["ConnectorView"];
export type StatusChange = Shapes["StatusChangeView"];
export type Candidate = Shapes["CandidateView"];
export type Command = Shapes["CommandView"];
export type ParameterView = Shapes["ParameterView"];
export type Session = Shapes["SessionJson"];
export type Moment = Shapes["MomentJson"];
export type Token = Shapes["TokenJson"];
export type Frame = Shapes["FrameView"];
